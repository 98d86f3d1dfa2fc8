#pragma STDC FP_CONTRACT OFF
#include <stdlib.h>
#include <string.h>

#include "internal.h"

static int log2_exact(int value) {
  for (int k = 0; 1 << k <= RASTER_MAX_TEXTURE_SIZE; k++) {
    if (value == 1 << k) return k;
  }
  return -1;
}

/// Mean of four texels, channel by channel, in linear light.
static uint32_t mean(const uint32_t texel[4]) {
  uint32_t result = 0;
  for (int shift = 0; shift < 24; shift += 8) {
    uint32_t sum = 0;
    for (int k = 0; k < 4; k++) {
      uint32_t value = texel[k] >> shift & 255;
      sum += value * value;
    }
    uint32_t root = 0;
    for (uint32_t bit = 128; bit > 0; bit >>= 1) {
      uint32_t next = root | bit;
      if (4 * next * next < sum + 4 * next) root = next;  // (next - 1/2)^2 < sum / 4: rounds to nearest.
    }
    result |= root << shift;
  }
  return result;
}

static void shrink(const uint32_t *source, int size, uint32_t *target) {
  int half = size / 2;
  for (int y = 0; y < half; y++) {
    for (int x = 0; x < half; x++) {
      const uint32_t *s = source + (size_t)(2 * y) * (size_t)size + 2 * x;
      uint32_t texel[4] = {s[0], s[1], s[size], s[size + 1]};
      target[(size_t)y * (size_t)half + (size_t)x] = mean(texel);
    }
  }
}

RasterTexture *raster_texture_create(const uint8_t *rgba, int size) {
  int log2_size = log2_exact(size);
  if (log2_size < 0) return NULL;
  RasterTexture *texture = calloc(1, sizeof *texture);
  if (!texture) return NULL;
  texture->log2_size = log2_size;
  size_t finest = (size_t)size * (size_t)size, total = 0;
  for (int level = 0; level <= log2_size; level++) total += finest >> 2 * level;
  texture->texels = raster_allocate(total, sizeof(uint32_t));
  if (!texture->texels) {
    free(texture);
    return NULL;
  }
  for (size_t i = 0; i < finest; i++) {
    const uint8_t *p = rgba + 4 * i;
    texture->texels[i] = (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16;
  }
  uint32_t *level = texture->texels;
  for (int edge = size; edge > 1; edge /= 2) {
    uint32_t *next = level + (size_t)edge * (size_t)edge;
    shrink(level, edge, next);
    level = next;
  }
  return texture;
}

void raster_texture_destroy(RasterTexture *texture) {
  if (!texture) return;
  free(texture->texels);
  free(texture);
}
