// The finished shadow map: tile bounds and filtered look-up.

/// Bounds of each tile by itself, 8 tiles at a time.
LANE void bound_tiles(ShadowMap *map) {
  const size_t size = (size_t)map->size, tiles = size / SHADOW_TILE;
  for (size_t tile = 0; tile < tiles * tiles; tile += LANES) {
    const float *first = map->depth + tile / tiles * SHADOW_TILE * size + tile % tiles * SHADOW_TILE;
    f32x8 low[LANES], high[LANES];
    for (size_t k = 0; k < LANES; k++) {
      low[k] = high[k] = f_load(first + k * SHADOW_TILE);
      for (size_t y = 1; y < SHADOW_TILE; y++) {
        f32x8 row = f_load(first + k * SHADOW_TILE + y * size);
        low[k] = f_min(low[k], row);
        high[k] = f_max(high[k], row);
      }
    }
    f_transpose(low);
    f_transpose(high);
    for (int k = 1; k < LANES; k++) {
      low[0] = f_min(low[0], low[k]);
      high[0] = f_max(high[0], high[k]);
    }
    f_store(map->scratch_min + tile, low[0]);
    f_store(map->scratch_max + tile, high[0]);
  }
}

/// Spreads the bounds over each tile's neighbours, where a look-up from the tile may reach.
static void finish_shadow(ShadowMap *map) {
  const int tiles = map->size / SHADOW_TILE;
  bound_tiles(map);
  // A row of bounds with a copy of its ends on both sides.
  _Alignas(32) float low[MAX_SHADOW_TILES + 3 * LANES], high[MAX_SHADOW_TILES + 3 * LANES];
  for (int j = 0; j < tiles; j++) {
    const int above = (j > 0 ? j - 1 : j) * tiles, here = j * tiles, below = (j + 1 < tiles ? j + 1 : j) * tiles;
    for (int i = 0; i < tiles; i += LANES) {
      const float *a = map->scratch_min + i, *b = map->scratch_max + i;
      f_store(low + LANES + i, f_min(f_load(a + here), f_min(f_load(a + above), f_load(a + below))));
      f_store(high + LANES + i, f_max(f_load(b + here), f_max(f_load(b + above), f_load(b + below))));
    }
    low[LANES - 1] = low[LANES];
    high[LANES - 1] = high[LANES];
    low[LANES + tiles] = low[LANES + tiles - 1];
    high[LANES + tiles] = high[LANES + tiles - 1];
    for (int i = 0; i < tiles; i += LANES) {
      const float *a = low + LANES + i, *b = high + LANES + i;
      f_store(map->tile_min + here + i, f_min(f_load(a), f_min(f_load_anywhere(a - 1), f_load_anywhere(a + 1))));
      f_store(map->tile_max + here + i, f_max(f_load(b), f_max(f_load_anywhere(b - 1), f_load_anywhere(b + 1))));
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
