#pragma STDC FP_CONTRACT OFF
#include <string.h>

#include "internal.h"

// Two triangles of one instance whose normals agree this well count as one surface within a pixel.
static const float same_surface_cosine = 0.85f;

typedef struct Classifier {
  RasterContext *context;
  uint16_t background[3];  // In 1/16 of a level, for one sample.
  int job_count;
} Classifier;

static float dot3(const float a[3], const float b[3]) { return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]; }

static const TriangleRecord *triangle_of(const RasterContext *context, uint32_t surface) {
  return &context->instances[surface >> INSTANCE_SHIFT].mesh->triangles[surface & TRIANGLE_MASK];
}

static bool is_same(const RasterContext *context, uint32_t a, uint32_t b) {
  if (a == b) return true;
  if (a == NOTHING || b == NOTHING || a >> INSTANCE_SHIFT != b >> INSTANCE_SHIFT) return false;
  return dot3(triangle_of(context, a)->normal, triangle_of(context, b)->normal) > same_surface_cosine;
}

static int add_job(Classifier *c, uint32_t surface, int x, int y, int weight) {
  Job *job = &c->context->jobs[c->job_count];
  job->surface = surface;
  job->x = (uint16_t)x;
  job->y = (uint16_t)y;
  job->weight = (uint16_t)weight;
  job->is_primary = 0;
  c->context->job_end[surface >> INSTANCE_SHIFT]++;
  return c->job_count++;
}

static void add_background(const Classifier *c, uint16_t *color, int weight) {
  for (int k = 0; k < 3; k++) color[k] = (uint16_t)(color[k] + c->background[k] * weight);
}

/// A pixel whose samples see different triangles: one job per distinct surface, the one with most samples is primary.
static void classify_mixed(Classifier *c, const uint32_t surface[SAMPLES], int x, int y, uint16_t *color) {
  unsigned done = 0;
  int best_weight = 0, best_job = -1;
  for (int s = 0; s < SAMPLES; s++) {
    if (done >> s & 1) continue;
    int weight = 1;
    for (int k = s + 1; k < SAMPLES; k++) {
      if (!(done >> k & 1) && is_same(c->context, surface[s], surface[k])) {
        weight++;
        done |= 1u << k;
      }
    }
    int job = -1;
    if (surface[s] == NOTHING)
      add_background(c, color, weight);
    else
      job = add_job(c, surface[s], x, y, weight);
    if (weight > best_weight) {
      best_weight = weight;
      best_job = job;
    }
  }
  if (best_job >= 0) c->context->jobs[best_job].is_primary = 1;
}

static void classify_row(Classifier *c, const View *view, int y, uint16_t *colors) {
  RasterContext *context = c->context;
  const uint32_t *surface =
      context->sample_surface + SAMPLES * ((size_t)(y - view->first_row) * (size_t)view->stride);
  size_t row = (size_t)y * (size_t)view->width;
  memset(colors, 0, (size_t)view->width * 4 * sizeof *colors);
  memset(context->depth + row, 0, (size_t)view->width * sizeof(float));
  memset(context->ids + row, 0, (size_t)view->width * sizeof(uint16_t));
  for (int x = 0; x < view->width; x++, surface += SAMPLES, colors += 4) {
    uint32_t first = surface[0];
    if (((surface[1] ^ first) | (surface[2] ^ first) | (surface[3] ^ first)) != 0)
      classify_mixed(c, surface, x, y, colors);
    else if (first == NOTHING)
      add_background(c, colors, SAMPLES);
    else
      context->jobs[add_job(c, first, x, y, SAMPLES)].is_primary = 1;
  }
}

/// Counting sort by instance; leaves the end of each instance's run in job_end.
static void sort_jobs(RasterContext *context, int count) {
  int32_t sum = 0;
  for (int i = 0; i < context->instance_count; i++) {
    int32_t jobs = context->job_end[i];
    context->job_end[i] = sum;
    sum += jobs;
  }
  for (int k = 0; k < count; k++) {
    const Job *job = &context->jobs[k];
    context->sorted_jobs[context->job_end[job->surface >> INSTANCE_SHIFT]++] = *job;
  }
}

int raster_classify(RasterContext *context, const View *view, int row, int *job_count) {
  Classifier c = {.context = context};
  for (int k = 0; k < 3; k++) {
    float level = context->lighting.background[k];
    level = level > 0 ? (level < 1 ? level : 1) : 0;
    c.background[k] = (uint16_t)(level * (255 * 16) + 0.5f);
  }
  memset(context->job_end, 0, (size_t)context->instance_count * sizeof(int32_t));
  int begin = row;
  size_t width = (size_t)view->width;
  while (row < view->end_row && (size_t)(row - begin + 1) * width <= context->color_capacity &&
         c.job_count + SAMPLES * view->width <= context->job_capacity) {
    classify_row(&c, view, row, context->colors + 4 * (size_t)(row - begin) * width);
    row++;
  }
  sort_jobs(context, c.job_count);
  *job_count = c.job_count;
  return row;
}
