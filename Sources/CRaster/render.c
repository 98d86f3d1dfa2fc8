#pragma STDC FP_CONTRACT OFF
#include <math.h>
#include <string.h>

#include "internal.h"

// MARK: Bounding spheres

/// The instance's bounding sphere in a frame given by world_to_frame.
static void sphere_in(const Instance *instance, const double world_to_frame[12], double center[3]) {
  double in_frame[12];
  raster_compose(world_to_frame, instance->pose, in_frame);
  const float *c = instance->mesh->center;
  for (int i = 0; i < 3; i++) {
    const double *row = in_frame + 4 * i;
    center[i] = row[0] * c[0] + row[1] * c[1] + row[2] * c[2] + row[3];
  }
}

/// Whether a sphere lies beyond the plane through the eye that appears at `limit` pixels from the centre along an axis.
/// `side` is 1 for a right or lower limit, -1 for a left or upper one.
static bool is_beyond(double along, double depth, double radius, double limit, double focal, double side) {
  double distance = side * (along * focal - depth * limit) / sqrt(focal * focal + limit * limit);
  return distance > radius;
}

static bool is_in_view(const Instance *instance, const double world_to_camera[12], const RasterCamera *camera,
                       int first_row, int end_row) {
  double c[3], r = instance->mesh->radius, f = camera->focal;
  sphere_in(instance, world_to_camera, c);
  if (c[2] + r < camera->near || c[2] - r > camera->far) return false;
  double half_width = 0.5 * camera->width + 1, half_height = 0.5 * camera->height;
  return !is_beyond(c[0], c[2], r, half_width, f, 1) && !is_beyond(c[0], c[2], r, -half_width, f, -1) &&
         !is_beyond(c[1], c[2], r, end_row - half_height + 1, f, 1) &&
         !is_beyond(c[1], c[2], r, first_row - half_height - 1, f, -1);
}

// MARK: Shadow map

static Projection shadow_projection(const ShadowMap *map, const double world_to_light[12], const Instance *instance,
                                    const RasterShadowBox *box) {
  double in_light[12];
  raster_compose(world_to_light, instance->pose, in_light);
  double scale[3] = {8.0 * map->size / box->half_width, 8.0 * map->size / box->half_height, 1};
  Projection projection = {.width = map->size, .height = map->size, .first_row = 0, .end_row = map->size};
  for (int i = 0; i < 3; i++) {
    for (int j = 0; j < 4; j++) projection.row[i][j] = (float)(in_light[4 * i + j] * scale[i]);
  }
  return projection;
}

/// Depth in the map is the distance along the light behind a horizontal plane rather than behind one across the light.
/// Level ground then has one depth throughout: no self-shadowing there, and whole tiles are decided at once. A light near
/// the horizon would stretch this too far and gets the plain distance.
static void set_depth_axis(ShadowMap *map, const double right[3], const double down[3], const double light[3],
                           double axis[3]) {
  static const double steepest = -0.3;
  bool is_level = light[2] < steepest;
  for (int k = 0; k < 3; k++) axis[k] = is_level ? (k == 2 ? 1 / light[2] : 0) : light[k];
  map->slope[0] = (float)-(axis[0] * right[0] + axis[1] * right[1] + axis[2] * right[2]);
  map->slope[1] = (float)-(axis[0] * down[0] + axis[1] * down[1] + axis[2] * down[2]);
  for (int k = 0; k < 3; k++) {
    map->right[k] = (float)right[k];
    map->down[k] = (float)down[k];
  }
}

void raster_render_shadow(RasterContext *context) {
  ShadowMap *map = &context->shadow;
  const RasterShadowBox *box = &context->shadow_box;
  map->valid = map->size > 0 && context->lighting.shadow_light >= 0 && box->half_width > 0 && box->half_height > 0;
  if (!map->valid) return;
  const double *r = box->right, *d = box->down;
  double light[3] = {r[1] * d[2] - r[2] * d[1], r[2] * d[0] - r[0] * d[2], r[0] * d[1] - r[1] * d[0]};
  double depth[3];
  set_depth_axis(map, r, d, light, depth);
  const double *axes[3] = {r, d, depth};
  double world_to_light[12];
  for (int i = 0; i < 3; i++) {
    const double *a = axes[i];
    for (int j = 0; j < 3; j++) world_to_light[4 * i + j] = a[j];
    world_to_light[4 * i + 3] = -(a[0] * box->center[0] + a[1] * box->center[1] + a[2] * box->center[2]);
  }
  double texels[3] = {0.5 * map->size / box->half_width, 0.5 * map->size / box->half_height, 1};
  for (int i = 0; i < 3; i++) {
    for (int j = 0; j < 4; j++) map->row[i][j] = (float)(world_to_light[4 * i + j] * texels[i]);
    if (i < 2) map->row[i][3] = (float)(world_to_light[4 * i + 3] * texels[i] + 0.5 * map->size);
  }
  map->texel = (float)(1 / (texels[0] < texels[1] ? texels[0] : texels[1]));
  for (size_t i = 0; i < (size_t)map->size * map->size; i++) map->depth[i] = SHADOW_FAR;
  for (int i = 0; i < context->instance_count; i++) {
    const Instance *instance = &context->instances[i];
    if (!instance->casts_shadow || !instance->visible) continue;
    double c[3], radius = instance->mesh->radius;
    sphere_in(instance, world_to_light, c);
    if (fabs(c[0]) > box->half_width + radius || fabs(c[1]) > box->half_height + radius) continue;
    Projection projection = shadow_projection(map, world_to_light, instance, box);
    context->kernels->draw_shadow(context, instance->mesh, &projection);
  }
  context->kernels->finish_shadow(map);
}

// MARK: Pictures

static bool is_valid(const RasterContext *context, const RasterCamera *c) {
  if (c->width < 1 || c->height < 1 || c->width > context->configuration.max_width ||
      c->height > context->configuration.max_height)
    return false;
  return c->focal > 1e-3 && c->focal < 1e6 && c->near >= 1e-4 && c->far > c->near && c->far <= 1e6;
}

static bool is_placed(const RasterCamera *c) {
  for (int k = 0; k < 12; k++) {
    if (!(fabs(c->pose[k]) < 1e6)) return false;
  }
  return true;
}

/// The visibility of a band starts with the far plane, so that nothing behind it is drawn.
static void clear_band(RasterContext *context, size_t pixels, float far_inverse) {
  for (size_t i = 0; i < pixels * SAMPLES; i++) context->sample_depth[i] = far_inverse;
  memset(context->sample_surface, 0xff, pixels * SAMPLES * sizeof(uint32_t));
}

static void draw_band(RasterContext *context, const RasterCamera *camera, const View *view,
                      const double world_to_camera[12]) {
  clear_band(context, (size_t)view->stride * (size_t)(view->end_row - view->first_row), (float)(1 / camera->far));
  double scale[3] = {16 * camera->focal, 16 * camera->focal, 1};
  if (!is_placed(camera)) return;
  for (int i = 0; i < context->instance_count; i++) {
    const Instance *instance = &context->instances[i];
    if (!instance->visible || instance->mesh->triangle_count == 0) continue;
    if (!is_in_view(instance, world_to_camera, camera, view->first_row, view->end_row)) continue;
    double in_camera[12];
    raster_compose(world_to_camera, instance->pose, in_camera);
    Projection projection = {.near = (float)camera->near, .width = camera->width, .height = camera->height,
                             .first_row = view->first_row, .end_row = view->end_row};
    for (int r = 0; r < 3; r++) {
      for (int j = 0; j < 4; j++) projection.row[r][j] = (float)(in_camera[4 * r + j] * scale[r]);
    }
    context->kernels->draw(context, instance->mesh, &projection, (uint32_t)i << INSTANCE_SHIFT);
  }
}

static void shade_band(RasterContext *context, const View *view) {
  for (int row = view->first_row; row < view->end_row;) {
    int count = 0, begin = row;
    row = raster_classify(context, view, begin, &count);
    int from = 0;
    for (int i = 0; i < context->instance_count && from < count; i++) {
      int end = context->job_end[i];
      if (end > from)
        context->kernels->shade(context, view, &context->instances[i], context->sorted_jobs + from, end - from, begin);
      from = end;
    }
    size_t first = (size_t)begin * (size_t)view->width, pixels = (size_t)(row - begin) * (size_t)view->width;
    context->kernels->resolve(context->colors, context->rgb + 3 * first, pixels);
  }
}

bool raster_render(RasterContext *context, const RasterCamera *camera) {
  if (!is_valid(context, camera)) return false;
  double world_to_camera[12];
  raster_invert(camera->pose, world_to_camera);
  View view = {.width = camera->width, .height = camera->height, .stride = (camera->width + 1) & ~1,
               .focal = camera->focal, .near = (float)camera->near, .far = (float)camera->far};
  memcpy(view.pose, camera->pose, sizeof view.pose);
  int rows = (int)(context->sample_capacity / (size_t)view.stride);
  for (int row = 0; row < camera->height; row = view.end_row) {
    view.first_row = row;
    view.end_row = row + rows < camera->height ? row + rows : camera->height;
    draw_band(context, camera, &view, world_to_camera);
    shade_band(context, &view);
  }
  return true;
}
