#pragma STDC FP_CONTRACT OFF
#include <math.h>
#include <string.h>

#include "internal.h"

// Vectors wider than the baseline's registers are passed between inlined functions only: no ABI is involved.
#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wpsabi"
#include "kernels/kernels.h"
#pragma clang diagnostic pop

const Kernels raster_kernels_portable = {draw, draw_shadow, finish_shadow, shade, resolve, rgb_to_i420};
