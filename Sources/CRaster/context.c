#pragma STDC FP_CONTRACT OFF
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "internal.h"

bool raster_has_avx2(void) {
#if defined(__x86_64__)
  return __builtin_cpu_supports("avx2");
#else
  return false;
#endif
}

const Kernels *raster_kernels(RasterPath path) {
#if defined(__x86_64__)
  if (path == RASTER_PATH_BEST && raster_has_avx2()) return &raster_kernels_avx2;
#endif
  (void)path;
  return &raster_kernels_portable;
}

static bool is_valid(const RasterConfiguration *c) {
  bool shadow = c->shadow_size == 0 ||
                (c->shadow_size >= 64 && c->shadow_size <= 2048 && (c->shadow_size & (c->shadow_size - 1)) == 0);
  return c->max_width >= 1 && c->max_width <= RASTER_MAX_SIZE && c->max_height >= 1 &&
         c->max_height <= RASTER_MAX_SIZE && c->max_instances >= 0 && c->max_instances <= RASTER_MAX_INSTANCES &&
         shadow;
}

static bool allocate_shadow(ShadowMap *map, int size) {
  size_t texels = (size_t)size * size, tiles = texels / (SHADOW_TILE * SHADOW_TILE);
  map->size = size;
  if (size == 0) return true;
  map->depth = raster_allocate(texels, sizeof(float));
  map->tile_min = raster_allocate(tiles, sizeof(float));
  map->tile_max = raster_allocate(tiles, sizeof(float));
  map->scratch_min = raster_allocate(tiles, sizeof(float));
  map->scratch_max = raster_allocate(tiles, sizeof(float));
  return map->depth && map->tile_min && map->tile_max && map->scratch_min && map->scratch_max;
}

RasterContext *raster_create(const RasterConfiguration *configuration) {
  if (!is_valid(configuration)) return NULL;
  RasterContext *context = calloc(1, sizeof *context);
  if (!context) return NULL;
  context->configuration = *configuration;
  context->kernels = raster_kernels(configuration->path);
  context->lighting.shadow_light = -1;
  size_t width = (size_t)configuration->max_width, pixels = width * (size_t)configuration->max_height;
  size_t stride = (width + 1) & ~(size_t)1, band = stride * (size_t)configuration->max_height;
  context->sample_capacity = band < BAND_PIXELS ? band : BAND_PIXELS;
  context->color_capacity = pixels < GROUP_PIXELS ? pixels : GROUP_PIXELS;
  context->job_capacity = (int)(GROUP_PIXELS + SAMPLES * width);
  context->instances = raster_allocate((size_t)configuration->max_instances, sizeof(Instance));
  context->job_end = raster_allocate((size_t)configuration->max_instances, sizeof(int32_t));
  context->sample_depth = raster_allocate(context->sample_capacity, SAMPLES * sizeof(float));
  context->sample_surface = raster_allocate(context->sample_capacity, SAMPLES * sizeof(uint32_t));
  context->jobs = raster_allocate((size_t)context->job_capacity, sizeof(Job));
  context->sorted_jobs = raster_allocate((size_t)context->job_capacity, sizeof(Job));
  context->colors = raster_allocate(context->color_capacity, sizeof(uint64_t));
  context->rgb = raster_allocate(pixels, 3);
  context->depth = raster_allocate(pixels, sizeof(float));
  context->ids = raster_allocate(pixels, sizeof(uint16_t));
  bool complete = context->instances && context->job_end && context->sample_depth && context->sample_surface &&
                  context->jobs && context->sorted_jobs && context->colors && context->rgb && context->depth &&
                  context->ids && allocate_shadow(&context->shadow, configuration->shadow_size);
  if (complete) return context;
  raster_destroy(context);
  return NULL;
}

void raster_destroy(RasterContext *context) {
  if (!context) return;
  void *owned[] = {
      context->instances,        context->job_end,         context->sample_depth, context->sample_surface,
      context->jobs,             context->sorted_jobs,     context->colors,       context->rgb,
      context->depth,            context->ids,             context->screen,       context->screen_depth,
      context->shadow.depth,     context->shadow.tile_min, context->shadow.tile_max,
      context->shadow.scratch_min, context->shadow.scratch_max,
  };
  for (size_t i = 0; i < sizeof owned / sizeof *owned; i++) free(owned[i]);
  free(context);
}

static bool reserve_screen(RasterContext *context, int32_t vertices) {
  if (vertices <= context->screen_capacity) return true;
  int32_t *screen = raster_allocate((size_t)vertices + LANES, sizeof(int32_t));
  float *depth = raster_allocate((size_t)vertices + LANES, sizeof(float));
  if (!screen || !depth) {
    free(screen);
    free(depth);
    return false;
  }
  free(context->screen);
  free(context->screen_depth);
  context->screen = screen;
  context->screen_depth = depth;
  context->screen_capacity = vertices;
  return true;
}

int raster_add_instance(RasterContext *context, const RasterMesh *mesh, const RasterMaterial *material, uint16_t id,
                        bool casts_shadow) {
  if (context->instance_count >= context->configuration.max_instances) return -1;
  if (!reserve_screen(context, mesh->vertex_count)) return -1;
  static const double identity[12] = {1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0};
  Instance *instance = &context->instances[context->instance_count];
  instance->mesh = mesh;
  instance->material = *material;
  instance->id = id;
  instance->casts_shadow = casts_shadow;
  instance->visible = true;
  memcpy(instance->pose, identity, sizeof identity);
  return context->instance_count++;
}

void raster_set_pose(RasterContext *context, int index, const double pose[12]) {
  if (index < 0 || index >= context->instance_count) return;
  Instance *instance = &context->instances[index];
  instance->visible = true;
  for (int k = 0; k < 12; k++) {
    if (!(fabs(pose[k]) < 1e6)) instance->visible = false;
    instance->pose[k] = pose[k];
  }
}

void raster_set_lighting(RasterContext *context, const RasterLighting *lighting) {
  context->lighting = *lighting;
  RasterLighting *own = &context->lighting;
  if (own->light_count < 0) own->light_count = 0;
  if (own->light_count > RASTER_MAX_LIGHTS) own->light_count = RASTER_MAX_LIGHTS;
  if (own->shadow_light >= own->light_count) own->shadow_light = -1;
  if (own->shadow_light >= 0 && own->lights[own->shadow_light].is_point) own->shadow_light = -1;
}

void raster_set_shadow_box(RasterContext *context, const RasterShadowBox *box) { context->shadow_box = *box; }

const uint8_t *raster_rgb(const RasterContext *context) { return context->rgb; }
const float *raster_depth(const RasterContext *context) { return context->depth; }
const uint16_t *raster_ids(const RasterContext *context) { return context->ids; }

size_t raster_i420_size(int width, int height) {
  size_t w = (size_t)width, h = (size_t)height;
  return w * h + 2 * ((w + 1) / 2) * ((h + 1) / 2);
}

void raster_rgb_to_i420(RasterPath path, const uint8_t *rgb, int width, int height, uint8_t *i420) {
  raster_kernels(path)->rgb_to_i420(rgb, width, height, i420);
}
