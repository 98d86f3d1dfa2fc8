// Eight lanes of float or int32: compiled once with AVX2 and once with baseline instructions, with the same results.
//
// Arithmetic, comparison and shifts are the vector extension's operators (a comparison gives lanes of all ones or zeros);
// here is what they lack. Every function means the same on both paths, NaN and signed zeros included.
#ifndef RASTER_LANES_H
#define RASTER_LANES_H

#define LANE static inline __attribute__((always_inline, unused))

typedef float f32x8 __attribute__((vector_size(32)));
typedef int32_t i32x8 __attribute__((vector_size(32)));

LANE f32x8 f_splat(float v) { return (f32x8){v, v, v, v, v, v, v, v}; }
LANE i32x8 i_splat(int32_t v) { return (i32x8){v, v, v, v, v, v, v, v}; }
LANE f32x8 f_load(const float *p) { return *(const f32x8 *)p; }
LANE f32x8 f_load_anywhere(const float *p) {
  f32x8 v;
  memcpy(&v, p, sizeof v);
  return v;
}
LANE i32x8 i_load(const int32_t *p) { return *(const i32x8 *)p; }
LANE void f_store(float *p, f32x8 v) { *(f32x8 *)p = v; }
LANE void i_store(int32_t *p, i32x8 v) { *(i32x8 *)p = v; }
LANE f32x8 f_from_i(i32x8 v) { return __builtin_convertvector(v, f32x8); }
/// Towards 0; the value must fit.
LANE i32x8 i_truncated(f32x8 v) { return __builtin_convertvector(v, i32x8); }
LANE f32x8 f_abs(f32x8 v) { return (f32x8)((i32x8)v & 0x7fffffff); }
LANE f32x8 f_and(f32x8 v, i32x8 mask) { return (f32x8)((i32x8)v & mask); }
/// Rounded twice, never fused.
LANE f32x8 f_mad(f32x8 a, f32x8 b, f32x8 c) { return a * b + c; }

#ifdef RASTER_AVX2

LANE f32x8 f_min(f32x8 a, f32x8 b) { return _mm256_min_ps(a, b); }
LANE f32x8 f_max(f32x8 a, f32x8 b) { return _mm256_max_ps(a, b); }
LANE i32x8 i_min(i32x8 a, i32x8 b) { return (i32x8)_mm256_min_epi32((__m256i)a, (__m256i)b); }
LANE i32x8 i_max(i32x8 a, i32x8 b) { return (i32x8)_mm256_max_epi32((__m256i)a, (__m256i)b); }
LANE f32x8 f_select(i32x8 mask, f32x8 a, f32x8 b) { return _mm256_blendv_ps(b, a, (__m256)mask); }
LANE i32x8 i_select(i32x8 mask, i32x8 a, i32x8 b) {
  return (i32x8)_mm256_blendv_epi8((__m256i)b, (__m256i)a, (__m256i)mask);
}
LANE f32x8 f_sqrt(f32x8 v) { return _mm256_sqrt_ps(v); }
LANE f32x8 f_floor(f32x8 v) { return _mm256_floor_ps(v); }
LANE unsigned signs(i32x8 v) { return (unsigned)_mm256_movemask_ps((__m256)v); }
LANE i32x8 i_gather(const int32_t *base, i32x8 index) {
  return (i32x8)_mm256_i32gather_epi32((const int *)base, (__m256i)index, 4);
}
LANE f32x8 f_gather(const float *base, i32x8 index) { return _mm256_i32gather_ps(base, (__m256i)index, 4); }

LANE void f_transpose(f32x8 r[8]) {
  __m256 a0 = _mm256_unpacklo_ps(r[0], r[1]), a1 = _mm256_unpackhi_ps(r[0], r[1]);
  __m256 a2 = _mm256_unpacklo_ps(r[2], r[3]), a3 = _mm256_unpackhi_ps(r[2], r[3]);
  __m256 a4 = _mm256_unpacklo_ps(r[4], r[5]), a5 = _mm256_unpackhi_ps(r[4], r[5]);
  __m256 a6 = _mm256_unpacklo_ps(r[6], r[7]), a7 = _mm256_unpackhi_ps(r[6], r[7]);
  __m256 b0 = _mm256_shuffle_ps(a0, a2, 0x44), b1 = _mm256_shuffle_ps(a0, a2, 0xee);
  __m256 b2 = _mm256_shuffle_ps(a1, a3, 0x44), b3 = _mm256_shuffle_ps(a1, a3, 0xee);
  __m256 b4 = _mm256_shuffle_ps(a4, a6, 0x44), b5 = _mm256_shuffle_ps(a4, a6, 0xee);
  __m256 b6 = _mm256_shuffle_ps(a5, a7, 0x44), b7 = _mm256_shuffle_ps(a5, a7, 0xee);
  r[0] = _mm256_permute2f128_ps(b0, b4, 0x20);
  r[1] = _mm256_permute2f128_ps(b1, b5, 0x20);
  r[2] = _mm256_permute2f128_ps(b2, b6, 0x20);
  r[3] = _mm256_permute2f128_ps(b3, b7, 0x20);
  r[4] = _mm256_permute2f128_ps(b0, b4, 0x31);
  r[5] = _mm256_permute2f128_ps(b1, b5, 0x31);
  r[6] = _mm256_permute2f128_ps(b2, b6, 0x31);
  r[7] = _mm256_permute2f128_ps(b3, b7, 0x31);
}

#else

/// a where the mask is set, else b.
LANE i32x8 i_select(i32x8 mask, i32x8 a, i32x8 b) { return (a & mask) | (b & ~mask); }
LANE f32x8 f_select(i32x8 mask, f32x8 a, f32x8 b) { return (f32x8)i_select(mask, (i32x8)a, (i32x8)b); }
/// b where the two are equal or one is NaN.
LANE f32x8 f_min(f32x8 a, f32x8 b) { return f_select(a < b, a, b); }
LANE f32x8 f_max(f32x8 a, f32x8 b) { return f_select(a > b, a, b); }
LANE i32x8 i_min(i32x8 a, i32x8 b) { return i_select(a < b, a, b); }
LANE i32x8 i_max(i32x8 a, i32x8 b) { return i_select(a > b, a, b); }
LANE f32x8 f_sqrt(f32x8 v) { return __builtin_elementwise_sqrt(v); }
/// The value must fit an int32.
LANE f32x8 f_floor(f32x8 v) {
  f32x8 t = f_from_i(i_truncated(v));
  return t - f_and(f_splat(1), t > v);
}
/// Bit k is lane k's sign.
LANE unsigned signs(i32x8 v) {
  unsigned bits = 0;
  for (int k = 0; k < LANES; k++) bits |= (unsigned)(v[k] < 0) << k;
  return bits;
}
LANE i32x8 i_gather(const int32_t *base, i32x8 index) {
  i32x8 r = i_splat(0);
  for (int k = 0; k < LANES; k++) r[k] = base[index[k]];
  return r;
}
LANE f32x8 f_gather(const float *base, i32x8 index) { return (f32x8)i_gather((const int32_t *)base, index); }

LANE void f_transpose(f32x8 r[8]) {
  f32x8 t[8];
  for (int i = 0; i < LANES; i++) {
    for (int j = 0; j < LANES; j++) t[i][j] = r[j][i];
  }
  for (int i = 0; i < LANES; i++) r[i] = t[i];
}

#endif

LANE f32x8 f_clamp01(f32x8 v) { return f_min(f_max(v, f_splat(0)), f_splat(1)); }
LANE f32x8 f_inverse_sqrt(f32x8 v) { return f_splat(1) / f_sqrt(v); }

static const float rounding_shift = 12582912.0f;  // 1.5 * 2^23: adding it leaves the nearest integer in the low bits.
/// To the nearest, ties to even; |v| < 2^22.
LANE i32x8 i_rounded(f32x8 v) { return (i32x8)(v + rounding_shift) - (i32x8)f_splat(rounding_shift); }
LANE int32_t rounded(float v) {
  float shifted = v + rounding_shift;
  int32_t bits;
  memcpy(&bits, &shifted, sizeof bits);
  return bits - 0x4b400000;
}

/// A vector or a colour in each lane.
typedef struct Vector {
  f32x8 x, y, z;
} Vector;

LANE Vector v_splat(const float v[3]) { return (Vector){f_splat(v[0]), f_splat(v[1]), f_splat(v[2])}; }
LANE Vector v_add(Vector a, Vector b) { return (Vector){a.x + b.x, a.y + b.y, a.z + b.z}; }
LANE Vector v_sub(Vector a, Vector b) { return (Vector){a.x - b.x, a.y - b.y, a.z - b.z}; }
LANE Vector v_scale(Vector a, f32x8 s) { return (Vector){a.x * s, a.y * s, a.z * s}; }
LANE Vector v_mul(Vector a, Vector b) { return (Vector){a.x * b.x, a.y * b.y, a.z * b.z}; }
LANE f32x8 v_dot(Vector a, Vector b) { return f_mad(a.x, b.x, f_mad(a.y, b.y, a.z * b.z)); }
LANE Vector v_cross(Vector a, Vector b) {
  return (Vector){a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x};
}
LANE Vector v_mad(Vector a, f32x8 s, Vector b) {
  return (Vector){f_mad(a.x, s, b.x), f_mad(a.y, s, b.y), f_mad(a.z, s, b.z)};
}
LANE Vector v_mix(Vector a, Vector b, f32x8 t) { return v_mad(v_sub(b, a), t, a); }
/// One row of an affine transform.
LANE f32x8 v_row(const float row[4], Vector p) {
  return f_mad(f_splat(row[0]), p.x, f_mad(f_splat(row[1]), p.y, f_mad(f_splat(row[2]), p.z, f_splat(row[3]))));
}
/// The direction d turned by the left 3x3 part.
LANE f32x8 v_row_direction(const float row[4], Vector d) {
  return f_mad(f_splat(row[0]), d.x, f_mad(f_splat(row[1]), d.y, f_splat(row[2]) * d.z));
}

#endif
