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

/// Bilinear look-up in one level per lane; 0...255.
LANE Vector texture_level(const RasterTexture *texture, i32x8 level, f32x8 u, f32x8 v) {
  i32x8 zero = i_splat(0);
  i32x8 log2_width = i_max(i_splat(texture->log2_width) - level, zero);
  i32x8 width = i_splat(1) << log2_width;
  i32x8 height = i_splat(1) << i_max(i_splat(texture->log2_height) - level, zero);
  f32x8 x = f_mad(u, f_from_i(width), f_splat(-0.5f)), y = f_mad(v, f_from_i(height), f_splat(-0.5f));
  f32x8 fx = f_floor(x), fy = f_floor(y);
  f32x8 ax = x - fx, ay = y - fy;
  i32x8 x0 = i_truncated(fx), y0 = i_truncated(fy);
  i32x8 x1 = (x0 + 1) & (width - 1), y1 = (y0 + 1) & (height - 1);
  x0 &= width - 1;
  y0 &= height - 1;
  i32x8 base = i_gather(texture->offset, level);
  i32x8 upper = base + (y0 << log2_width), lower = base + (y1 << log2_width);
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
  f32x8 detail = f_min(f_max(rough_log2(area) * 0.5f, f_splat(0)), f_splat((float)texture->last_level));
  f32x8 whole = f_floor(detail), part = detail - whole;
  i32x8 level = i_truncated(whole);
  Vector color = texture_level(texture, level, u, v);
  if (signs(part > f_splat(0)) != 0) {
    i32x8 coarser = i_min(level + 1, i_splat(texture->last_level));
    color = v_mix(color, texture_level(texture, coarser, u, v), part);
  }
  return v_scale(color, f_splat(1.0f / 255.0f));
}
