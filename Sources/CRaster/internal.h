// What the rasteriser's parts share. Lane-independent: no vector types here.
#ifndef RASTER_INTERNAL_H
#define RASTER_INTERNAL_H

#include "CRaster.h"

enum {
  LANES = 8,
  SAMPLES = 4,
  // Coordinates count 1/16 pixel from the picture's centre. With this bound, edge functions stay below 2^31.
  COORDINATE_LIMIT = 16380,
  INSTANCE_SHIFT = 20,
  TRIANGLE_MASK = (1 << INSTANCE_SHIFT) - 1,
  CULL_BLOCK = 2048,
  BAND_PIXELS = 320 * 1024,
  GROUP_PIXELS = 64 * 1024,
  SHADOW_TILE = 8,
  MAX_SHADOW_TILES = 2048 / SHADOW_TILE,
};

#define NOTHING 0xffffffffu
#define SHADOW_FAR 1e9f

/// What shading and coverage merging need of a triangle; 32 bytes.
typedef struct TriangleRecord {
  int32_t vertex[3];
  float uv_density;  // Area in uv per area in metres.
  float normal[3];   // Unit normal of the front; 0 for a degenerate triangle.
  float curvature;   // Change of the vertex normals per metre.
} TriangleRecord;

struct RasterMesh {
  int32_t vertex_count, triangle_count;
  float *x, *y, *z;               // Padded to a multiple of LANES.
  int32_t *a, *b, *c;             // Padded with degenerate triangles.
  RasterVertex *vertices;
  TriangleRecord *triangles;
  float center[3], radius;        // Bounding sphere.
};

struct RasterTexture {
  uint32_t *texels;               // The levels one after the other, the finest first.
  int32_t log2_size;
};

typedef struct Instance {
  const RasterMesh *mesh;
  RasterMaterial material;
  double pose[12];
  uint16_t id;
  bool casts_shadow, visible;
} Instance;

/// How object coordinates become coordinates of a target: rows for x, y (1/16 pixel from its centre) and depth.
typedef struct Projection {
  float row[3][4];
  float near;                     // Perspective only.
  int width, height;
  int first_row, end_row;         // The rows that are drawn.
} Projection;

/// One surface in one pixel.
typedef struct Job {
  uint32_t surface;               // instance << 20 | triangle
  uint16_t x, y;
  uint16_t weight;                // Samples covered, 1...4.
  uint16_t is_primary;            // Gives the pixel its depth and id.
} Job;

typedef struct ShadowMap {
  int size;
  float *depth;                   // See set_depth_axis; SHADOW_FAR where nothing is.
  float *tile_min, *tile_max;     // Per tile, over the tile and its 8 neighbours.
  float *scratch_min, *scratch_max;
  float row[3][4];                // World to texel x, y and depth.
  float texel;                    // Edge of a texel, metres (the longer one).
  float right[3], down[3];        // The map's axes.
  float slope[2];                 // Change of depth along the axes on a plane across the light is minus this.
  bool valid;
} ShadowMap;

/// The camera as shading needs it.
typedef struct View {
  int width, height;
  int first_row, end_row;         // Rows in the visibility buffer.
  int stride;                     // Pixels per row of the visibility buffer, even.
  double pose[12];
  double focal;
  float near, far;
} View;

typedef struct Kernels {
  void (*draw)(RasterContext *context, const RasterMesh *mesh, const Projection *projection, uint32_t surface);
  void (*draw_shadow)(RasterContext *context, const RasterMesh *mesh, const Projection *projection);
  void (*finish_shadow)(ShadowMap *map);
  void (*shade)(RasterContext *context, const View *view, const Instance *instance, const Job *jobs, int count,
                int group_row);
  void (*resolve)(const uint64_t *colors, uint8_t *rgb, size_t pixels);
  void (*rgb_to_i420)(const uint8_t *rgb, int width, int height, uint8_t *i420);
} Kernels;

extern const Kernels raster_kernels_portable;
#if defined(__x86_64__)
extern const Kernels raster_kernels_avx2;
#endif
const Kernels *raster_kernels(RasterPath path);

struct RasterContext {
  RasterConfiguration configuration;
  const Kernels *kernels;
  Instance *instances;
  int instance_count;
  RasterLighting lighting;
  RasterShadowBox shadow_box;
  ShadowMap shadow;
  // Transformed vertices of one mesh.
  int32_t *screen;                // y << 16 | x & 0xffff, or a marker.
  float *screen_depth;
  int32_t screen_capacity;
  // Visibility of a band of rows: 1/depth (larger is nearer) and surface of each sample.
  float *sample_depth;
  uint32_t *sample_surface;
  size_t sample_capacity;         // Pixels.
  // Shading of a group of rows.
  Job *jobs, *sorted_jobs;
  int job_capacity;
  int32_t *job_end;               // Per instance.
  uint64_t *colors;               // Sums in 1/64: red | green << 16 | blue << 32.
  size_t color_capacity;          // Pixels.
  // Pictures.
  uint8_t *rgb;
  float *depth;
  uint16_t *ids;
};

void *raster_allocate(size_t count, size_t size);

/// Turns rows of the visibility buffer into jobs sorted by instance, from `row` on, as many rows as fit. Writes the
/// background. Returns the first row that is left.
int raster_classify(RasterContext *context, const View *view, int row, int *job_count);

/// c = a b for 3x4 rigid transforms.
void raster_compose(const double a[12], const double b[12], double c[12]);
void raster_invert(const double a[12], double inverse[12]);

#endif
