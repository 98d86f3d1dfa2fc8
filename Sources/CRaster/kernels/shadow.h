// The finished shadow map: tile bounds and filtered look-up.

static void finish_shadow(ShadowMap *map) {
  int tiles = map->size / SHADOW_TILE;
  for (int j = 0; j < tiles; j++) {
    for (int i = 0; i < tiles; i++) {
      const float *texel = map->depth + (size_t)j * SHADOW_TILE * (size_t)map->size + (size_t)i * SHADOW_TILE;
      f32x8 low = f_load(texel), high = low;
      for (int y = 1; y < SHADOW_TILE; y++) {
        f32x8 row = f_load(texel + (size_t)y * (size_t)map->size);
        low = f_min(low, row);
        high = f_max(high, row);
      }
      float least = low[0], most = high[0];
      for (int k = 1; k < LANES; k++) {
        least = low[k] < least ? low[k] : least;
        most = high[k] > most ? high[k] : most;
      }
      map->scratch_min[j * tiles + i] = least;
      map->scratch_max[j * tiles + i] = most;
    }
  }
  for (int j = 0; j < tiles; j++) {
    for (int i = 0; i < tiles; i++) {
      float least = SHADOW_FAR, most = -SHADOW_FAR;
      for (int y = j > 0 ? j - 1 : 0; y <= (j < tiles - 1 ? j + 1 : j); y++) {
        for (int x = i > 0 ? i - 1 : 0; x <= (i < tiles - 1 ? i + 1 : i); x++) {
          float a = map->scratch_min[y * tiles + x], b = map->scratch_max[y * tiles + x];
          least = a < least ? a : least;
          most = b > most ? b : most;
        }
      }
      map->tile_min[j * tiles + i] = least;
      map->tile_max[j * tiles + i] = most;
    }
  }
}

/// How much of the shadow light reaches the points, 0...1: 4x4 comparisons, weighted as a box of 3 texels.
LANE f32x8 shadow_at(const ShadowMap *map, Vector point) {
  f32x8 size = f_splat((float)map->size), half = f_splat(0.5f);
  f32x8 x = v_row(map->row[0], point), y = v_row(map->row[1], point), z = v_row(map->row[2], point);
  i32x8 inside = (x >= f_splat(0)) & (x <= size) & (y >= f_splat(0)) & (y <= size);
  x = f_min(f_max(x, f_splat(0)), size) - half;
  y = f_min(f_max(y, f_splat(0)), size) - half;
  f32x8 fx = f_floor(x), fy = f_floor(y);
  f32x8 ax = x - fx, ay = y - fy;
  i32x8 column = i_truncated(fx), row = i_truncated(fy), zero = i_splat(0), last = i_splat(map->size - 1);
  int tiles = map->size / SHADOW_TILE;
  i32x8 tile = (i_min(i_max(row, zero), last) >> 3) * tiles + (i_min(i_max(column, zero), last) >> 3);
  i32x8 lit = (z <= f_gather(map->tile_min, tile)) | ~inside, dark = z > f_gather(map->tile_max, tile);
  if (signs(lit | dark) == 255) return f_and(f_splat(1), lit);
  f32x8 one = f_splat(1), total = f_splat(0);
  const f32x8 weight_x[4] = {one - ax, one, one, ax}, weight_y[4] = {one - ay, one, one, ay};
  i32x8 columns[4];
  for (int i = 0; i < 4; i++) columns[i] = i_min(i_max(column + (i - 1), zero), last);
  for (int j = 0; j < 4; j++) {
    i32x8 line = i_min(i_max(row + (j - 1), zero), last) * map->size;
    f32x8 sum = f_splat(0);
    for (int i = 0; i < 4; i++) sum += f_and(weight_x[i], z <= f_gather(map->depth, line + columns[i]));
    total = f_mad(sum, weight_y[j], total);
  }
  return f_select(lit, one, total * (1.0f / 9.0f));
}
