// Vertices to screen coordinates, and the triangles that are worth rasterising.

/// Screen words of vertices that have no coordinates: the triangle must be clipped.
enum { BEHIND = (int32_t)0x80008000, OUTSIDE = (int32_t)0x80008001 };
/// Marks a triangle of cull_triangles' list that must be clipped.
#define NEEDS_CLIPPING 0x80000000u

/// Writes packed coordinates in 1/16 pixel and the depth value (1/distance in perspective, metres in orthographic).
LANE void transform(RasterContext *context, const RasterMesh *mesh, const Projection *projection, bool perspective) {
  const f32x8 limit = f_splat(COORDINATE_LIMIT), near = f_splat(projection->near);
  for (int32_t i = 0; i < mesh->vertex_count; i += LANES) {
    Vector p = {f_load(mesh->x + i), f_load(mesh->y + i), f_load(mesh->z + i)};
    f32x8 x = v_row(projection->row[0], p), y = v_row(projection->row[1], p), z = v_row(projection->row[2], p);
    i32x8 behind = i_splat(0);
    if (perspective) {
      behind = ~(z >= near);
      z = f_splat(1) / z;
      x *= z;
      y *= z;
    }
    i32x8 inside = (f_abs(x) <= limit) & (f_abs(y) <= limit);
    i32x8 word = (i_rounded(x) & 0xffff) | (i_rounded(y) << 16);
    word = i_select(inside, word, i_splat(OUTSIDE));
    i_store(context->screen + i, i_select(behind, i_splat(BEHIND), word));
    f_store(context->screen_depth + i, z);
  }
}

/// Looks at triangles first..<end, 8 at a time: drops back faces, those that touch no sample (samples lie at low...high
/// within a pixel, in 1/16), and those beyond the picture. Returns how many are in the list.
LANE int cull_triangles(const RasterContext *context, const RasterMesh *mesh, const Projection *projection, int low,
                        int high, int32_t first, int32_t end, uint32_t *list) {
  const i32x8 left = i_splat(8 * projection->width), top = i_splat(8 * projection->height);
  const i32x8 right_pixel = i_splat(projection->width - 1);
  const i32x8 first_row = i_splat(projection->first_row), last_row = i_splat(projection->end_row - 1);
  const int32_t *screen = context->screen;
  int count = 0;
  for (int32_t i = first; i < end; i += LANES) {
    i32x8 p0 = i_gather(screen, i_load(mesh->a + i)), p1 = i_gather(screen, i_load(mesh->b + i)),
          p2 = i_gather(screen, i_load(mesh->c + i));
    i32x8 b0 = p0 == BEHIND, b1 = p1 == BEHIND, b2 = p2 == BEHIND;
    i32x8 clipped = b0 | b1 | b2 | (p0 == OUTSIDE) | (p1 == OUTSIDE) | (p2 == OUTSIDE);
    i32x8 x0 = p0 << 16 >> 16, x1 = p1 << 16 >> 16, x2 = p2 << 16 >> 16;
    i32x8 y0 = p0 >> 16, y1 = p1 >> 16, y2 = p2 >> 16;
    i32x8 area = (x2 - x0) * (y1 - y0) - (x1 - x0) * (y2 - y0);
    i32x8 min_x = i_min(x0, i_min(x1, x2)) + left, max_x = i_max(x0, i_max(x1, x2)) + left;
    i32x8 min_y = i_min(y0, i_min(y1, y2)) + top, max_y = i_max(y0, i_max(y1, y2)) + top;
    i32x8 px0 = i_max((min_x + (15 - high)) >> 4, i_splat(0)), px1 = i_min((max_x - low) >> 4, right_pixel);
    i32x8 py0 = i_max((min_y + (15 - high)) >> 4, first_row), py1 = i_min((max_y - low) >> 4, last_row);
    i32x8 drawn = (area > 0) & (px0 <= px1) & (py0 <= py1);
    i32x8 kept = (drawn | clipped) & ~(b0 & b1 & b2);
    unsigned bits = signs(kept), clip_bits = signs(clipped);
    if (end - i < LANES) bits &= (1u << (end - i)) - 1;
    for (; bits != 0; bits &= bits - 1) {
      int lane = __builtin_ctz(bits);
      list[count++] = (uint32_t)(i + lane) | ((clip_bits >> lane & 1) != 0 ? NEEDS_CLIPPING : 0);
    }
  }
  return count;
}
