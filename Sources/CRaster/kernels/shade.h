// Deferred shading of the jobs of one instance, 8 at a time.

/// What all jobs of an instance share.
typedef struct ShadeFrame {
  float object_to_world[3][4];
  float eye[3];        // Object frame.
  float ray[3][4];     // Object-frame ray through (x, y, 1) of the optical frame, by rows.
  float depth[4];      // Optical depth of a point of the object frame.
  float world_eye[3];
  float pixel;         // Width of a pixel at distance 1.
  float center_x, center_y;
  float color[3];      // Linear.
  float metallic, roughness, alpha2;
} ShadeFrame;

LANE ShadeFrame shade_frame(const View *view, const Instance *instance) {
  ShadeFrame f;
  double world_to_object[12], camera_in_object[12], object_in_camera[12];
  raster_invert(instance->pose, world_to_object);
  raster_compose(world_to_object, view->pose, camera_in_object);
  raster_invert(camera_in_object, object_in_camera);
  for (int i = 0; i < 3; i++) {
    for (int j = 0; j < 4; j++) {
      f.object_to_world[i][j] = (float)instance->pose[4 * i + j];
      f.ray[i][j] = (float)camera_in_object[4 * i + j];
    }
    f.eye[i] = (float)camera_in_object[4 * i + 3];
    f.world_eye[i] = (float)view->pose[4 * i + 3];
    float encoded = instance->material.color[i];
    encoded = encoded > 0 ? (encoded < 1 ? encoded : 1) : 0;
    f.color[i] = encoded * encoded;
  }
  for (int j = 0; j < 4; j++) f.depth[j] = (float)object_in_camera[8 + j];
  f.pixel = (float)(1 / view->focal);
  f.center_x = 0.5f * (float)view->width;
  f.center_y = 0.5f * (float)view->height;
  float metallic = instance->material.metallic, roughness = instance->material.roughness;
  f.metallic = metallic > 0 ? (metallic < 1 ? metallic : 1) : 0;
  f.roughness = roughness > 0.1f ? (roughness < 1 ? roughness : 1) : 0.1f;
  f.alpha2 = f.roughness * f.roughness * f.roughness * f.roughness;
  return f;
}

/// The corners of the jobs' triangles.
typedef struct Corners {
  Vector position[3], normal[3];
  f32x8 u[3], v[3];
  Vector face_normal;
  f32x8 uv_density, curvature;
} Corners;

/// Whether all jobs look at one triangle, as in large plain surfaces.
LANE bool is_uniform(const Job *jobs, int count) {
  uint32_t difference = 0;
  for (int k = 1; k < count; k++) difference |= jobs[k].surface ^ jobs[0].surface;
  return difference == 0;
}

LANE void fetch_one_triangle(const RasterMesh *mesh, const TriangleRecord *triangle, Corners *corners) {
  corners->uv_density = f_splat(triangle->uv_density);
  corners->face_normal = v_splat(triangle->normal);
  corners->curvature = f_splat(triangle->curvature);
  for (int c = 0; c < 3; c++) {
    const RasterVertex *vertex = &mesh->vertices[triangle->vertex[c]];
    corners->position[c] = v_splat(vertex->position);
    corners->normal[c] = v_splat(vertex->normal);
    corners->u[c] = f_splat(vertex->uv[0]);
    corners->v[c] = f_splat(vertex->uv[1]);
  }
}

LANE void fetch_triangles(const RasterMesh *mesh, const Job *jobs, int count, Corners *corners) {
  f32x8 r[LANES];
  const TriangleRecord *triangle[LANES];
  for (int k = 0; k < LANES; k++) {
    triangle[k] = &mesh->triangles[jobs[k < count ? k : 0].surface & TRIANGLE_MASK];
    r[k] = f_load((const float *)triangle[k]);
  }
  f_transpose(r);
  corners->uv_density = r[3];
  corners->face_normal = (Vector){r[4], r[5], r[6]};
  corners->curvature = r[7];
  for (int c = 0; c < 3; c++) {
    for (int k = 0; k < LANES; k++) r[k] = f_load((const float *)&mesh->vertices[triangle[k]->vertex[c]]);
    f_transpose(r);
    corners->position[c] = (Vector){r[0], r[1], r[2]};
    corners->normal[c] = (Vector){r[3], r[4], r[5]};
    corners->u[c] = r[6];
    corners->v[c] = r[7];
  }
}

/// Barycentric weights of the ray's hit, moved into the triangle where the pixel's centre lies beside it.
LANE void hit_weights(const Corners *corners, Vector eye, Vector ray, f32x8 weight[3]) {
  Vector e1 = v_sub(corners->position[1], corners->position[0]), e2 = v_sub(corners->position[2], corners->position[0]);
  Vector t = v_sub(eye, corners->position[0]), p = v_cross(ray, e2), q = v_cross(t, e1);
  f32x8 scale = f_splat(1) / v_dot(e1, p);
  f32x8 u = f_clamp01(v_dot(t, p) * scale), v = f_clamp01(v_dot(ray, q) * scale);
  f32x8 over = f_max(u + v, f_splat(1));
  weight[1] = u / over;
  weight[2] = v / over;
  weight[0] = f_splat(1) - (weight[1] + weight[2]);
}

/// Optical depth at the pixel's centre: the ray's cut with the triangle's plane, which also serves where the centre lies in
/// a neighbour of the triangle; within the depths of the corners, for planes seen edge-on.
LANE f32x8 depth_at(const View *view, const ShadeFrame *frame, const Corners *corners, Vector eye, Vector ray) {
  f32x8 z0 = v_row(frame->depth, corners->position[0]), z1 = v_row(frame->depth, corners->position[1]),
        z2 = v_row(frame->depth, corners->position[2]);
  f32x8 nearest = f_max(f_min(z0, f_min(z1, z2)), f_splat(view->near));
  f32x8 farthest = f_min(f_max(z0, f_max(z1, z2)), f_splat(view->far));
  f32x8 cut = v_dot(corners->face_normal, v_sub(corners->position[0], eye)) / v_dot(corners->face_normal, ray);
  return f_min(f_max(cut, nearest), farthest);
}

LANE Vector interpolate(const Vector value[3], const f32x8 weight[3]) {
  return v_mad(value[0], weight[0], v_mad(value[1], weight[1], v_scale(value[2], weight[2])));
}

LANE Vector to_world(const ShadeFrame *frame, Vector d) {
  return (Vector){v_row_direction(frame->object_to_world[0], d), v_row_direction(frame->object_to_world[1], d),
                  v_row_direction(frame->object_to_world[2], d)};
}

/// Linear surface colour.
LANE Vector albedo_of(const ShadeFrame *frame, const RasterMaterial *material, const Corners *corners,
                      const f32x8 weight[3], f32x8 footprint) {
  Vector color = v_splat(frame->color);
  const RasterTexture *texture = material->texture;
  if (!texture) return color;
  float scale_u = material->uv_scale[0], scale_v = material->uv_scale[1];
  f32x8 u = f_mad(corners->u[0], weight[0], f_mad(corners->u[1], weight[1], corners->u[2] * weight[2])) * scale_u;
  f32x8 v = f_mad(corners->v[0], weight[0], f_mad(corners->v[1], weight[1], corners->v[2] * weight[2])) * scale_v;
  float texels = fabsf(scale_u * scale_v) * (float)(1 << 2 * texture->log2_size);
  Vector encoded = texture_at(texture, u, v, corners->uv_density * texels * footprint);
  return v_mul(color, v_mul(encoded, encoded));
}

/// Encoded 0...1: linear light passes a soft shoulder above 0.75 (1 becomes 0.875, infinity 1), then gamma 2.
LANE f32x8 encode(f32x8 v) {
  const f32x8 knee = f_splat(0.75f), room = f_splat(0.25f);
  f32x8 over = f_max(v - knee, f_splat(0));
  f32x8 mapped = f_min(v, knee) + room * over / (over + room);
  return f_sqrt(f_clamp01(mapped));
}

LANE void shade_batch(RasterContext *context, const View *view, const Instance *instance, const ShadeFrame *frame,
                      const Job *jobs, int count, int group_row) {
  const f32x8 one = f_splat(1);
  Corners corners;
  _Alignas(32) int32_t position[LANES];
  _Alignas(32) float depth[LANES];
  for (int k = 0; k < LANES; k++) {
    const Job *job = &jobs[k < count ? k : 0];
    position[k] = job->x | job->y << 16;
  }
  if (is_uniform(jobs, count))
    fetch_one_triangle(instance->mesh, &instance->mesh->triangles[jobs[0].surface & TRIANGLE_MASK], &corners);
  else
    fetch_triangles(instance->mesh, jobs, count, &corners);
  f32x8 x = f_from_i(i_load(position) & 0xffff), y = f_from_i(i_load(position) >> 16);
  Vector in_optical = {(x + f_splat(0.5f - frame->center_x)) * frame->pixel,
                       (y + f_splat(0.5f - frame->center_y)) * frame->pixel, one};
  Vector ray = {v_row_direction(frame->ray[0], in_optical), v_row_direction(frame->ray[1], in_optical),
                v_row_direction(frame->ray[2], in_optical)};
  f32x8 weight[3];
  Vector eye = v_splat(frame->eye);
  hit_weights(&corners, eye, ray, weight);
  Vector hit = interpolate(corners.position, weight), normal = interpolate(corners.normal, weight);
  f32x8 z = depth_at(view, frame, &corners, eye, ray);
  f_store(depth, z);

  Surface s;
  s.point = (Vector){v_row(frame->object_to_world[0], hit), v_row(frame->object_to_world[1], hit),
                     v_row(frame->object_to_world[2], hit)};
  i32x8 flipped = (i32x8)v_dot(normal, corners.face_normal) & (int32_t)0x80000000;
  normal = (Vector){(f32x8)((i32x8)normal.x ^ flipped), (f32x8)((i32x8)normal.y ^ flipped),
                    (f32x8)((i32x8)normal.z ^ flipped)};
  normal = to_world(frame, normal);
  s.normal = v_scale(normal, f_inverse_sqrt(f_max(v_dot(normal, normal), f_splat(1e-12f))));
  Vector to_eye = v_sub(v_splat(frame->world_eye), s.point);
  s.to_eye = v_scale(to_eye, f_inverse_sqrt(f_max(v_dot(to_eye, to_eye), f_splat(1e-12f))));
  s.cos_eye = f_max(v_dot(s.normal, s.to_eye), f_splat(1e-3f));
  f32x8 width = z * frame->pixel, slant = one / f_max(s.cos_eye, f_splat(0.15f));
  Vector albedo = albedo_of(frame, &instance->material, &corners, weight, width * width * slant);
  Vector dielectric = {f_splat(0.04f), f_splat(0.04f), f_splat(0.04f)};
  s.specular = v_mix(dielectric, albedo, f_splat(frame->metallic));
  s.diffuse = v_scale(albedo, f_splat(1 - frame->metallic));
  // The normal's variation within the pixel counts as roughness: no glittering of thin round parts.
  f32x8 bend = corners.curvature * width * slant;
  s.alpha2 = f_min(f_splat(frame->alpha2) + f_min(bend * bend * 0.25f, f_splat(0.18f)), one);
  float k = (frame->roughness + 1) * (frame->roughness + 1) * 0.125f;
  s.geometry = f_splat(k);

  Vector light = ambient_of(&context->lighting, &s, frame->roughness);
  add_lights(&context->lighting, &context->shadow, &s, &light);
  // Red and green in one word: the sums of four samples stay below 2^16.
  _Alignas(32) int32_t red_green[LANES], blue[LANES];
  const f32x8 levels = f_splat(255.0f * 16.0f);
  i_store(red_green, i_rounded(encode(light.x) * levels) | i_rounded(encode(light.y) * levels) << 16);
  i_store(blue, i_rounded(encode(light.z) * levels));
  for (int i = 0; i < count; i++) {
    const Job *job = &jobs[i];
    size_t pixel = (size_t)job->y * (size_t)view->width + job->x;
    uint64_t color = (uint64_t)(uint32_t)blue[i] << 32 | (uint32_t)red_green[i];
    context->colors[pixel - (size_t)group_row * (size_t)view->width] += color * job->weight;
    if (!job->is_primary) continue;
    context->depth[pixel] = depth[i];
    context->ids[pixel] = instance->id;
  }
}

static void shade(RasterContext *context, const View *view, const Instance *instance, const Job *jobs, int count,
                  int group_row) {
  ShadeFrame frame = shade_frame(view, instance);
  for (int k = 0; k < count; k += LANES) {
    int batch = count - k < LANES ? count - k : LANES;
    shade_batch(context, view, instance, &frame, jobs + k, batch, group_row);
  }
}
