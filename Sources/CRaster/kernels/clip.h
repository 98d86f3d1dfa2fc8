// The slow path for the few triangles that cross the near plane or leave the coordinate range.

typedef struct ClipVertex {
  float x, y, z;  // Projected rows: x, y times depth in perspective.
} ClipVertex;

enum { CLIP_PLANES = 5, MAX_CLIPPED = 3 + CLIP_PLANES };

/// Signed distance to plane k: the near plane, then right, left, bottom, top of the coordinate range.
LANE float clip_distance(const ClipVertex *v, int plane, const Projection *projection, bool perspective) {
  float bound = perspective ? COORDINATE_LIMIT * v->z : COORDINATE_LIMIT;
  switch (plane) {
    case 0: return perspective ? v->z - projection->near : 1;
    case 1: return bound - v->x;
    case 2: return bound + v->x;
    case 3: return bound - v->y;
    default: return bound + v->y;
  }
}

/// The point of the edge on the plane, computed from the inner end, so that both neighbours get the same one.
LANE ClipVertex clip_edge(const ClipVertex *inner, float inner_distance, const ClipVertex *outer,
                          float outer_distance) {
  float t = inner_distance / (inner_distance - outer_distance);
  return (ClipVertex){inner->x + (outer->x - inner->x) * t, inner->y + (outer->y - inner->y) * t,
                      inner->z + (outer->z - inner->z) * t};
}

/// Clips triangle t and writes the polygon's corners; returns how many (0: nothing is left).
static int clip_triangle(const RasterMesh *mesh, int32_t t, const Projection *projection, bool perspective,
                         Corner *corners) {
  ClipVertex buffers[2][MAX_CLIPPED + 1];
  ClipVertex *polygon = buffers[0], *next = buffers[1];
  const int32_t index[3] = {mesh->a[t], mesh->b[t], mesh->c[t]};
  int count = 3;
  for (int k = 0; k < 3; k++) {
    float x = mesh->x[index[k]], y = mesh->y[index[k]], z = mesh->z[index[k]], value[3];
    for (int r = 0; r < 3; r++) {
      const float *row = projection->row[r];
      value[r] = row[0] * x + (row[1] * y + (row[2] * z + row[3]));
    }
    polygon[k] = (ClipVertex){value[0], value[1], value[2]};
  }
  for (int plane = 0; plane < CLIP_PLANES; plane++) {
    int kept = 0;
    for (int i = 0; i < count; i++) {
      const ClipVertex *a = &polygon[i], *b = &polygon[(i + 1) % count];
      float da = clip_distance(a, plane, projection, perspective);
      float db = clip_distance(b, plane, projection, perspective);
      bool a_inside = da >= 0, b_inside = db >= 0;
      if (a_inside && kept < MAX_CLIPPED) next[kept++] = *a;
      if (a_inside != b_inside && kept < MAX_CLIPPED)
        next[kept++] = a_inside ? clip_edge(a, da, b, db) : clip_edge(b, db, a, da);
    }
    ClipVertex *swap = polygon;
    polygon = next;
    next = swap;
    count = kept;
    if (count < 3) return 0;
  }
  for (int i = 0; i < count; i++) {
    float scale = perspective ? 1.0f / polygon[i].z : 1.0f;
    float x = polygon[i].x * scale, y = polygon[i].y * scale;
    // Rounding may have put the point a little beyond the range.
    const float limit = COORDINATE_LIMIT;
    x = x > -limit ? (x < limit ? x : limit) : -limit;
    y = y > -limit ? (y < limit ? y : limit) : -limit;
    corners[i] = (Corner){rounded(x), rounded(y), perspective ? scale : polygon[i].z};
  }
  return count;
}
