#pragma STDC FP_CONTRACT OFF
#if defined(__x86_64__)
#include <immintrin.h>
#include <math.h>
#include <string.h>

#include "internal.h"

#define RASTER_AVX2 1
#pragma clang attribute push(__attribute__((target("avx2"))), apply_to = function)
#include "kernels/kernels.h"
#pragma clang attribute pop

const Kernels raster_kernels_avx2 = {draw, draw_shadow, finish_shadow, shade, resolve, rgb_to_i420};
#endif
