#pragma STDC FP_CONTRACT OFF
#include <stdlib.h>
#include <string.h>

#include "internal.h"

static int log2_exact(int value) {
  for (int k = 0; k < MAX_MIP_LEVELS; k++) {
    if (value == 1 << k) return k;
  }
  return -1;
}

static int level_size(int log2_size, int level) { return level < log2_size ? 1 << (log2_size - level) : 1; }

/// Mean of up to four texels, channel by channel, in linear light.
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

static void shrink(const uint32_t *source, int width, int height, uint32_t *target) {
  int right = width > 1 ? 1 : 0, below = height > 1 ? width : 0;
  int half_width = width > 1 ? width / 2 : 1, half_height = height > 1 ? height / 2 : 1;
  for (int y = 0; y < half_height; y++) {
    for (int x = 0; x < half_width; x++) {
      const uint32_t *s = source + (size_t)(2 * y) * width + 2 * x;
      if (height == 1) s = source + 2 * x;
      if (width == 1) s = source + 2 * y;
      uint32_t texel[4] = {s[0], s[right], s[below], s[below + right]};
      target[(size_t)y * half_width + x] = mean(texel);
    }
  }
}

RasterTexture *raster_texture_create(const uint8_t *rgba, int width, int height) {
  int log2_width = log2_exact(width), log2_height = log2_exact(height);
  if (log2_width < 0 || log2_height < 0) return NULL;
  RasterTexture *texture = calloc(1, sizeof *texture);
  if (!texture) return NULL;
  texture->log2_width = log2_width;
  texture->log2_height = log2_height;
  texture->last_level = log2_width > log2_height ? log2_width : log2_height;
  size_t total = 0;
  for (int level = 0; level <= texture->last_level; level++) {
    texture->offset[level] = (int32_t)total;
    total += (size_t)level_size(log2_width, level) * level_size(log2_height, level);
  }
  texture->texels = raster_allocate(total, sizeof(uint32_t));
  if (!texture->texels) {
    free(texture);
    return NULL;
  }
  for (size_t i = 0; i < (size_t)width * height; i++) {
    const uint8_t *p = rgba + 4 * i;
    texture->texels[i] = (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16;
  }
  for (int level = 1; level <= texture->last_level; level++) {
    shrink(texture->texels + texture->offset[level - 1], level_size(log2_width, level - 1),
           level_size(log2_height, level - 1), texture->texels + texture->offset[level]);
  }
  return texture;
}

void raster_texture_destroy(RasterTexture *texture) {
  if (!texture) return;
  free(texture->texels);
  free(texture);
}
