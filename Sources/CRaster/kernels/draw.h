// A mesh into the visibility buffer or the shadow map.

LANE Corner corner_at(const RasterContext *context, int32_t vertex) {
  int32_t word = context->screen[vertex];
  return (Corner){(int16_t)word, word >> 16, context->screen_depth[vertex]};
}

LANE void draw_mesh(RasterContext *context, const RasterMesh *mesh, const Projection *projection, bool perspective,
                    uint32_t surface) {
  uint32_t list[CULL_BLOCK];
  int low = perspective ? 2 : 8, high = perspective ? 14 : 8, stride = (projection->width + 1) & ~1;
  transform(context, mesh, projection, perspective);
  for (int32_t first = 0; first < mesh->triangle_count; first += CULL_BLOCK) {
    int32_t end = first + CULL_BLOCK < mesh->triangle_count ? first + CULL_BLOCK : mesh->triangle_count;
    int count = cull_triangles(context, mesh, projection, low, high, first, end, list);
    for (int k = 0; k < count; k++) {
      int32_t t = (int32_t)(list[k] & ~NEEDS_CLIPPING);
      Corner corners[MAX_CLIPPED];
      int corner_count = 3;
      if ((list[k] & NEEDS_CLIPPING) != 0) {
        corner_count = clip_triangle(mesh, t, projection, perspective, corners);
      } else {
        corners[0] = corner_at(context, mesh->a[t]);
        corners[1] = corner_at(context, mesh->b[t]);
        corners[2] = corner_at(context, mesh->c[t]);
      }
      for (int i = 1; i + 1 < corner_count; i++) {
        Corner p[3] = {corners[0], corners[i], corners[i + 1]};
        if (perspective)
          fill_samples(context, projection, stride, p, surface | (uint32_t)t);
        else
          fill_shadow(&context->shadow, projection, p);
      }
    }
  }
}

static void draw(RasterContext *context, const RasterMesh *mesh, const Projection *projection, uint32_t surface) {
  draw_mesh(context, mesh, projection, true, surface);
}

static void draw_shadow(RasterContext *context, const RasterMesh *mesh, const Projection *projection) {
  draw_mesh(context, mesh, projection, false, 0);
}
