#pragma STDC FP_CONTRACT OFF
#include <string.h>

#include "internal.h"

// Two triangles of one instance whose normals agree this well count as one surface within a pixel.
static const float same_surface_cosine = 0.85f;

typedef struct Classifier {
  const Instance *instances;
  Job *next_job, *first_job;
  int32_t *job_count;   // Per instance.
  uint64_t background;  // For one sample, as in RasterContext.colors.
} Classifier;

static float dot3(const float a[3], const float b[3]) { return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]; }

static bool is_same(const Classifier *c, uint32_t a, uint32_t b) {
  if (a == b) return true;
  if (a == NOTHING || b == NOTHING || a >> INSTANCE_SHIFT != b >> INSTANCE_SHIFT) return false;
  const TriangleRecord *triangles = c->instances[a >> INSTANCE_SHIFT].mesh->triangles;
  return dot3(triangles[a & TRIANGLE_MASK].normal, triangles[b & TRIANGLE_MASK].normal) > same_surface_cosine;
}

static Job *add_job(Classifier *c, uint32_t surface, int x, int y, int weight, bool is_primary) {
  Job *job = c->next_job++;
  *job = (Job){surface, (uint16_t)x, (uint16_t)y, (uint16_t)weight, is_primary};
  c->job_count[surface >> INSTANCE_SHIFT]++;
  return job;
}

/// A pixel whose samples see different triangles: one job per distinct surface, the one with most samples is primary.
/// Returns the background's part of the colour.
static uint64_t classify_mixed(Classifier *c, const uint32_t surface[SAMPLES], int x, int y) {
  unsigned done = 0;
  int best_weight = 0;
  Job *best_job = NULL;
  uint64_t color = 0;
  for (int s = 0; s < SAMPLES; s++) {
    if (done >> s & 1) continue;
    int weight = 1;
    for (int k = s + 1; k < SAMPLES; k++) {
      if (!(done >> k & 1) && is_same(c, surface[s], surface[k])) {
        weight++;
        done |= 1u << k;
      }
    }
    Job *job = NULL;
    if (surface[s] == NOTHING)
      color += c->background * (uint64_t)weight;
    else
      job = add_job(c, surface[s], x, y, weight, false);
    if (weight > best_weight) {
      best_weight = weight;
      best_job = job;
    }
  }
  if (best_job) best_job->is_primary = 1;
  return color;
}

static void classify_row(Classifier *c, const uint32_t *surface, int width, int y, uint64_t *colors) {
  for (int x = 0; x < width; x++, surface += SAMPLES) {
    uint32_t first = surface[0];
    uint64_t color = 0;
    if (((surface[1] ^ first) | (surface[2] ^ first) | (surface[3] ^ first)) != 0)
      color = classify_mixed(c, surface, x, y);
    else if (first == NOTHING)
      color = c->background * SAMPLES;
    else
      add_job(c, first, x, y, SAMPLES, true);
    colors[x] = color;
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
  Classifier c = {context->instances, context->jobs, context->jobs, context->job_end, 0};
  for (int k = 0; k < 3; k++) {
    float level = context->lighting.background[k];
    level = level > 0 ? (level < 1 ? level : 1) : 0;
    c.background |= (uint64_t)(level * (255 * 16) + 0.5f) << 16 * k;
  }
  memset(context->job_end, 0, (size_t)context->instance_count * sizeof(int32_t));
  int begin = row;
  size_t width = (size_t)view->width;
  while (row < view->end_row && (size_t)(row - begin + 1) * width <= context->color_capacity &&
         (c.next_job - c.first_job) + SAMPLES * view->width <= context->job_capacity) {
    const uint32_t *surface = context->sample_surface + SAMPLES * ((size_t)(row - view->first_row) * (size_t)view->stride);
    memset(context->depth + (size_t)row * width, 0, width * sizeof(float));
    memset(context->ids + (size_t)row * width, 0, width * sizeof(uint16_t));
    classify_row(&c, surface, view->width, row, context->colors + (size_t)(row - begin) * width);
    row++;
  }
  *job_count = (int)(c.next_job - c.first_job);
  sort_jobs(context, *job_count);
  return row;
}
