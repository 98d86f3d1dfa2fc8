// Filling of single triangles: into the visibility samples of a picture, or into a shadow map.

typedef struct Corner {
  int32_t x, y;  // 1/16 pixel from the picture's centre.
  float depth;
} Corner;

/// Edge functions a x + b y + c of a triangle, positive inside, and the pixels it may touch.
typedef struct Setup {
  int32_t a[3], b[3];
  int32_t value[3];  // At the centre of pixel (x0, y0).
  int32_t area;      // Twice the area.
  int x0, x1, y0, y1;
} Setup;

/// False where there is nothing to fill. Samples lie at low...high within a pixel; x0 is rounded down to a multiple of
/// `step` pixels.
LANE bool set_up(const Corner p[3], const Projection *projection, int low, int high, int step, Setup *s) {
  int left = 8 * projection->width, top = 8 * projection->height;
  int32_t min_x = p[0].x, max_x = p[0].x, min_y = p[0].y, max_y = p[0].y;
  for (int k = 1; k < 3; k++) {
    if (p[k].x < min_x) min_x = p[k].x;
    if (p[k].x > max_x) max_x = p[k].x;
    if (p[k].y < min_y) min_y = p[k].y;
    if (p[k].y > max_y) max_y = p[k].y;
  }
  s->x0 = (min_x + left + 15 - high) >> 4;
  s->x1 = (max_x + left - low) >> 4;
  s->y0 = (min_y + top + 15 - high) >> 4;
  s->y1 = (max_y + top - low) >> 4;
  if (s->x0 < 0) s->x0 = 0;
  if (s->y0 < projection->first_row) s->y0 = projection->first_row;
  if (s->x1 >= projection->width) s->x1 = projection->width - 1;
  if (s->y1 >= projection->end_row) s->y1 = projection->end_row - 1;
  if (s->x0 > s->x1 || s->y0 > s->y1) return false;
  s->x0 &= ~(step - 1);
  int32_t x = s->x0 * 16 + 8 - left, y = s->y0 * 16 + 8 - top;
  for (int k = 0; k < 3; k++) {
    const Corner *q = &p[(k + 1) % 3], *r = &p[(k + 2) % 3];
    s->a[k] = r->y - q->y;
    s->b[k] = q->x - r->x;
    s->value[k] = s->a[k] * (x - q->x) + s->b[k] * (y - q->y);
  }
  s->area = s->a[1] * (p[1].x - p[2].x) + s->b[1] * (p[1].y - p[2].y);
  return s->area > 0;
}

/// Two pixels with 4 samples each at a time; keeps the larger depth value (1/distance).
LANE void fill_samples(RasterContext *context, const Projection *projection, int stride, const Corner p[3],
                       uint32_t surface) {
  Setup s;
  if (!set_up(p, projection, 2, 14, 2, &s)) return;
  // A sample exactly on an edge belongs to one of its two triangles only.
  i32x8 tie[3], row[3], step_x[3], step_y[3];
  const i32x8 sample_x = {-2, 6, -6, 2, 14, 22, 10, 18}, sample_y = {-6, -2, 2, 6, -6, -2, 2, 6};
  for (int k = 0; k < 3; k++) {
    tie[k] = i_splat(s.a[k] > 0 || (s.a[k] == 0 && s.b[k] > 0) ? 0 : -1);
    row[k] = i_splat(s.value[k]) + (i_splat(s.a[k]) * sample_x + i_splat(s.b[k]) * sample_y);
    step_x[k] = i_splat(s.a[k] * 32);
    step_y[k] = i_splat(s.b[k] * 16);
  }
  float scale = 1.0f / (float)s.area;
  f32x8 z0 = f_splat(p[0].depth), dz1 = f_splat((p[1].depth - p[0].depth) * scale),
        dz2 = f_splat((p[2].depth - p[0].depth) * scale);
  i32x8 id = i_splat((int32_t)surface);
  for (int y = s.y0; y <= s.y1; y++) {
    i32x8 e0 = row[0], e1 = row[1], e2 = row[2];
    size_t at = ((size_t)(y - projection->first_row) * (size_t)stride + (size_t)s.x0) * SAMPLES;
    for (int x = s.x0; x <= s.x1; x += 2, at += LANES) {
      i32x8 outside = (e0 + tie[0]) | (e1 + tie[1]) | (e2 + tie[2]);
      if (signs(outside) != 255) {
        f32x8 z = z0 + (f_from_i(e1) * dz1 + f_from_i(e2) * dz2);
        f32x8 old = f_load(context->sample_depth + at);
        i32x8 nearer = (z > old) & ~(outside >> 31);
        i32x8 *surfaces = (i32x8 *)(context->sample_surface + at);
        f_store(context->sample_depth + at, f_select(nearer, z, old));
        *surfaces = i_select(nearer, id, *surfaces);
      }
      e0 += step_x[0];
      e1 += step_x[1];
      e2 += step_x[2];
    }
    for (int k = 0; k < 3; k++) row[k] += step_y[k];
  }
}

/// Eight texels with one sample in their centre at a time; keeps the smaller depth.
LANE void fill_shadow(ShadowMap *map, const Projection *projection, const Corner p[3]) {
  Setup s;
  if (!set_up(p, projection, 8, 8, 8, &s)) return;
  const i32x8 sample_x = {0, 16, 32, 48, 64, 80, 96, 112};
  i32x8 row[3], step_x[3], step_y[3];
  for (int k = 0; k < 3; k++) {
    row[k] = i_splat(s.value[k]) + i_splat(s.a[k]) * sample_x;
    step_x[k] = i_splat(s.a[k] * 128);
    step_y[k] = i_splat(s.b[k] * 16);
  }
  float scale = 1.0f / (float)s.area;
  f32x8 z0 = f_splat(p[0].depth), dz1 = f_splat((p[1].depth - p[0].depth) * scale),
        dz2 = f_splat((p[2].depth - p[0].depth) * scale);
  for (int y = s.y0; y <= s.y1; y++) {
    i32x8 e0 = row[0], e1 = row[1], e2 = row[2];
    size_t at = (size_t)y * (size_t)map->size + (size_t)s.x0;
    for (int x = s.x0; x <= s.x1; x += LANES, at += LANES) {
      i32x8 outside = (e0 | e1 | e2) >> 31;
      if (signs(outside) != 255) {
        f32x8 z = z0 + (f_from_i(e1) * dz1 + f_from_i(e2) * dz2);
        f32x8 old = f_load(map->depth + at);
        f_store(map->depth + at, f_select(outside, old, f_min(old, z)));
      }
      e0 += step_x[0];
      e1 += step_x[1];
      e2 += step_x[2];
    }
    for (int k = 0; k < 3; k++) row[k] += step_y[k];
  }
}
