#pragma STDC FP_CONTRACT OFF
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "internal.h"

static bool all_finite(const float *values, int count) {
  for (int i = 0; i < count; i++) {
    if (!isfinite(values[i])) return false;
  }
  return true;
}

static bool is_valid(const RasterVertex *vertices, size_t vertex_count, const uint32_t *indices,
                     size_t triangle_count) {
  if (vertex_count > RASTER_MAX_VERTICES || triangle_count > RASTER_MAX_TRIANGLES) return false;
  for (size_t i = 0; i < vertex_count; i++) {
    if (!all_finite(vertices[i].position, 3) || !all_finite(vertices[i].normal, 3) || !all_finite(vertices[i].uv, 2))
      return false;
  }
  for (size_t i = 0; i < 3 * triangle_count; i++) {
    if (indices[i] >= vertex_count) return false;
  }
  return true;
}

static double length3(const double v[3]) { return sqrt(v[0] * v[0] + v[1] * v[1] + v[2] * v[2]); }

static double distance3(const float a[3], const float b[3]) {
  double d[3] = {(double)a[0] - b[0], (double)a[1] - b[1], (double)a[2] - b[2]};
  return length3(d);
}

/// Largest change of direction between two corners' normals per metre.
static double curvature(const RasterVertex *corner[3]) {
  double largest = 0;
  for (int i = 0; i < 3; i++) {
    const RasterVertex *p = corner[i], *q = corner[(i + 1) % 3];
    double edge = distance3(p->position, q->position);
    double change = distance3(p->normal, q->normal);
    if (edge > 1e-9 && change / edge > largest) largest = change / edge;
  }
  return largest < 1e6 ? largest : 1e6;
}

static TriangleRecord record_of(const RasterVertex *vertices, const uint32_t *index) {
  const RasterVertex *corner[3] = {&vertices[index[0]], &vertices[index[1]], &vertices[index[2]]};
  double e1[3], e2[3];
  for (int k = 0; k < 3; k++) {
    e1[k] = (double)corner[1]->position[k] - corner[0]->position[k];
    e2[k] = (double)corner[2]->position[k] - corner[0]->position[k];
  }
  double normal[3] = {e1[1] * e2[2] - e1[2] * e2[1], e1[2] * e2[0] - e1[0] * e2[2], e1[0] * e2[1] - e1[1] * e2[0]};
  double area = length3(normal);
  double du1 = (double)corner[1]->uv[0] - corner[0]->uv[0], dv1 = (double)corner[1]->uv[1] - corner[0]->uv[1];
  double du2 = (double)corner[2]->uv[0] - corner[0]->uv[0], dv2 = (double)corner[2]->uv[1] - corner[0]->uv[1];
  double uv_area = fabs(du1 * dv2 - dv1 * du2);
  TriangleRecord record = {{(int32_t)index[0], (int32_t)index[1], (int32_t)index[2]}, 1, {0, 0, 0}, 0};
  if (area > 0) {
    double density = uv_area / area;
    record.uv_density = (float)(density < 1e12 ? density : 1e12);
    for (int k = 0; k < 3; k++) record.normal[k] = (float)(normal[k] / area);
    record.curvature = (float)curvature(corner);
  }
  return record;
}

/// Centre of the bounding box and the distance of the farthest vertex from it.
static void set_bounds(RasterMesh *mesh) {
  double lower[3] = {0, 0, 0}, upper[3] = {0, 0, 0};
  for (int32_t i = 0; i < mesh->vertex_count; i++) {
    for (int k = 0; k < 3; k++) {
      double p = mesh->vertices[i].position[k];
      if (i == 0 || p < lower[k]) lower[k] = p;
      if (i == 0 || p > upper[k]) upper[k] = p;
    }
  }
  for (int k = 0; k < 3; k++) mesh->center[k] = (float)(0.5 * (lower[k] + upper[k]));
  double radius = 0;
  for (int32_t i = 0; i < mesh->vertex_count; i++) {
    double d = distance3(mesh->vertices[i].position, mesh->center);
    if (d > radius) radius = d;
  }
  mesh->radius = (float)(radius * 1.0001);
}

RasterMesh *raster_mesh_create(const RasterVertex *vertices, size_t vertex_count, const uint32_t *indices,
                               size_t triangle_count) {
  if (!is_valid(vertices, vertex_count, indices, triangle_count)) return NULL;
  RasterMesh *mesh = calloc(1, sizeof *mesh);
  if (!mesh) return NULL;
  mesh->vertex_count = (int32_t)vertex_count;
  mesh->triangle_count = (int32_t)triangle_count;
  size_t padded_vertices = vertex_count + LANES, padded_triangles = triangle_count + LANES;
  float **columns[3] = {&mesh->x, &mesh->y, &mesh->z};
  int32_t **corners[3] = {&mesh->a, &mesh->b, &mesh->c};
  bool complete = true;
  for (int k = 0; k < 3; k++) {
    *columns[k] = raster_allocate(padded_vertices, sizeof(float));
    *corners[k] = raster_allocate(padded_triangles, sizeof(int32_t));
    complete = complete && *columns[k] && *corners[k];
  }
  mesh->vertices = raster_allocate(padded_vertices, sizeof(RasterVertex));
  mesh->triangles = raster_allocate(padded_triangles, sizeof(TriangleRecord));
  if (!complete || !mesh->vertices || !mesh->triangles) {
    raster_mesh_destroy(mesh);
    return NULL;
  }
  if (vertex_count > 0) memcpy(mesh->vertices, vertices, vertex_count * sizeof(RasterVertex));
  for (size_t i = 0; i < vertex_count; i++) {
    mesh->x[i] = vertices[i].position[0];
    mesh->y[i] = vertices[i].position[1];
    mesh->z[i] = vertices[i].position[2];
  }
  for (size_t i = 0; i < triangle_count; i++) {
    mesh->a[i] = (int32_t)indices[3 * i];
    mesh->b[i] = (int32_t)indices[3 * i + 1];
    mesh->c[i] = (int32_t)indices[3 * i + 2];
    mesh->triangles[i] = record_of(vertices, indices + 3 * i);
  }
  set_bounds(mesh);
  return mesh;
}

void raster_mesh_destroy(RasterMesh *mesh) {
  if (!mesh) return;
  free(mesh->x);
  free(mesh->y);
  free(mesh->z);
  free(mesh->a);
  free(mesh->b);
  free(mesh->c);
  free(mesh->vertices);
  free(mesh->triangles);
  free(mesh);
}
