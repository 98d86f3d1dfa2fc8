// Trilinear texture look-up.

/// log2 with an error below 0.01, enough to choose a mip level; v > 0.
LANE f32x8 rough_log2(f32x8 v) {
  i32x8 bits = (i32x8)v;
  f32x8 exponent = f_from_i((bits >> 23) - 127);
  f32x8 f = (f32x8)((bits & 0x7fffff) | 0x3f800000) - f_splat(1);
  return exponent + f * f_mad(f, f_splat(-0.3465f), f_splat(1.3465f));
}

LANE Vector unpack_texel(i32x8 t) {
  return (Vector){f_from_i(t & 255), f_from_i(t >> 8 & 255), f_from_i(t >> 16 & 255)};
}

/// Texels before a level: those of all finer ones. A sum of powers of 4 is every other bit.
LANE i32x8 level_offset(int32_t log2_size, i32x8 log2_edge) {
  const int32_t pattern = 0x55555555;
  int32_t all = pattern & (int32_t)((1u << 2 * (log2_size + 1)) - 1);
  i32x8 rest = i_splat(pattern) & ((i_splat(4) << (log2_edge << 1)) - 1);
  return i_splat(all) - rest;
}

/// Bilinear look-up in one level per lane; 0...255.
LANE Vector texture_level(const RasterTexture *texture, i32x8 level, f32x8 u, f32x8 v) {
  i32x8 log2_edge = i_splat(texture->log2_size) - level, edge = i_splat(1) << log2_edge, wrap = edge - 1;
  f32x8 edges = f_from_i(edge);
  f32x8 x = f_mad(u, edges, f_splat(-0.5f)), y = f_mad(v, edges, f_splat(-0.5f));
  f32x8 fx = f_floor(x), fy = f_floor(y);
  f32x8 ax = x - fx, ay = y - fy;
  i32x8 x0 = i_truncated(fx), y0 = i_truncated(fy), x1 = (x0 + 1) & wrap, y1 = (y0 + 1) & wrap;
  x0 &= wrap;
  y0 &= wrap;
  i32x8 base = level_offset(texture->log2_size, log2_edge);
  i32x8 upper = base + (y0 << log2_edge), lower = base + (y1 << log2_edge);
  const int32_t *texels = (const int32_t *)texture->texels;
  Vector a = v_mix(unpack_texel(i_gather(texels, upper + x0)), unpack_texel(i_gather(texels, upper + x1)), ax);
  Vector b = v_mix(unpack_texel(i_gather(texels, lower + x0)), unpack_texel(i_gather(texels, lower + x1)), ax);
  return v_mix(a, b, ay);
}

/// Encoded colour, 0...1. `texels_per_pixel`: area of a pixel's footprint in texels of the finest level.
LANE Vector texture_at(const RasterTexture *texture, f32x8 u, f32x8 v, f32x8 texels_per_pixel) {
  const f32x8 bound = f_splat(1e5f);
  u = f_min(f_max(u, -bound), bound);
  v = f_min(f_max(v, -bound), bound);
  u -= f_floor(u);
  v -= f_floor(v);
  f32x8 area = f_min(f_max(texels_per_pixel, f_splat(1)), f_splat(1e12f));
  f32x8 detail = f_min(f_max(rough_log2(area) * 0.5f, f_splat(0)), f_splat((float)texture->log2_size));
  f32x8 whole = f_floor(detail), part = detail - whole;
  i32x8 level = i_truncated(whole);
  Vector color = texture_level(texture, level, u, v);
  if (signs(part > f_splat(0)) != 0) {
    i32x8 coarser = i_min(level + 1, i_splat(texture->log2_size));
    color = v_mix(color, texture_level(texture, coarser, u, v), part);
  }
  return v_scale(color, f_splat(1.0f / 255.0f));
}
