#pragma STDC FP_CONTRACT OFF
#include <stdlib.h>
#include <string.h>

#include "internal.h"

/// Zeroed memory at a multiple of 64 bytes, with one vector of slack at the end; NULL where it is short.
void *raster_allocate(size_t count, size_t size) {
  size_t bytes;
  if (__builtin_mul_overflow(count, size, &bytes) || bytes > SIZE_MAX - 128) return NULL;
  bytes = (bytes + 32 + 63) & ~(size_t)63;
  void *memory = aligned_alloc(64, bytes);
  if (memory) memset(memory, 0, bytes);
  return memory;
}

void raster_compose(const double a[12], const double b[12], double c[12]) {
  for (int i = 0; i < 3; i++) {
    for (int j = 0; j < 4; j++) {
      c[4 * i + j] = a[4 * i] * b[j] + a[4 * i + 1] * b[4 + j] + a[4 * i + 2] * b[8 + j] + (j == 3 ? a[4 * i + 3] : 0);
    }
  }
}

void raster_invert(const double a[12], double inverse[12]) {
  for (int i = 0; i < 3; i++) {
    for (int j = 0; j < 3; j++) inverse[4 * i + j] = a[4 * j + i];
    inverse[4 * i + 3] = -(a[i] * a[3] + a[4 + i] * a[7] + a[8 + i] * a[11]);
  }
}
