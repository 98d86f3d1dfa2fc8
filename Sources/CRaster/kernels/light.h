// Reflection of light: Lambert and GGX with Schlick's approximations, in units where a white surface that faces a light of
// intensity 1 reflects 1 (the factor pi of both lobes is in the intensity).

/// A surface point as the lights see it.
typedef struct Surface {
  Vector point, normal;     // World.
  Vector to_eye;            // Unit.
  f32x8 cos_eye;            // normal . to_eye, at least 0.001.
  Vector diffuse;           // Albedo of the diffuse lobe.
  Vector specular;          // Reflectance at normal incidence.
  f32x8 alpha2;             // Roughness to the power 4, widened by the normal's variation within the pixel.
  f32x8 geometry;           // k of Smith's term in Schlick's form.
} Surface;

/// Adds a light's reflection; `reach` is its fraction that arrives (distance, shadow).
LANE void add_light(const Surface *s, Vector to_light, f32x8 cos_light, f32x8 reach, Vector color, Vector *sum) {
  const f32x8 one = f_splat(1), zero = f_splat(0);
  Vector half = v_add(s->to_eye, to_light);
  half = v_scale(half, f_inverse_sqrt(f_max(v_dot(half, half), f_splat(1e-12f))));
  f32x8 cos_half = f_max(v_dot(s->normal, half), zero), cos_between = f_max(v_dot(s->to_eye, half), zero);
  f32x8 d = f_mad(cos_half * cos_half, s->alpha2 - one, one);
  f32x8 rest = one - s->geometry;
  f32x8 mask = f_mad(s->cos_eye, rest, s->geometry) * f_mad(cos_light, rest, s->geometry);
  f32x8 lobe = f_min(s->alpha2 / (d * d * mask * f_splat(4)), f_splat(16));
  f32x8 c = one - cos_between, c2 = c * c, grazing = c2 * c2 * c;
  f32x8 amount = f_max(cos_light, zero) * reach;
  Vector fresnel = {f_mad(one - s->specular.x, grazing, s->specular.x),
                    f_mad(one - s->specular.y, grazing, s->specular.y),
                    f_mad(one - s->specular.z, grazing, s->specular.z)};
  Vector white = {one, one, one};
  Vector reflected = v_add(v_mul(v_sub(white, fresnel), s->diffuse), v_scale(fresnel, lobe));
  *sum = v_add(*sum, v_mul(v_scale(reflected, amount), color));
}

/// The key light's share that reaches the surface. The look-up point is moved along the normal, farther where the surface
/// runs out of the map's planes of equal depth: by what it takes to clear the widest tap.
LANE f32x8 unshadowed(const ShadowMap *map, const Surface *s, f32x8 cos_light) {
  f32x8 along_right = f_mad(cos_light, f_splat(-map->slope[0]), v_dot(s->normal, v_splat(map->right)));
  f32x8 along_down = f_mad(cos_light, f_splat(-map->slope[1]), v_dot(s->normal, v_splat(map->down)));
  f32x8 incline = f_sqrt(f_mad(along_right, along_right, along_down * along_down));
  f32x8 offset = f_splat(map->texel) * f_mad(incline, f_splat(2.2f), f_splat(0.3f));
  return shadow_at(map, v_mad(s->normal, offset, s->point));
}

LANE void add_lights(const RasterLighting *lighting, const ShadowMap *map, const Surface *s, Vector *sum) {
  const f32x8 zero = f_splat(0);
  for (int i = 0; i < lighting->light_count; i++) {
    const RasterLight *light = &lighting->lights[i];
    Vector to_light, color = v_splat(light->color);
    f32x8 reach = f_splat(1);
    if (light->is_point) {
      to_light = v_sub(v_splat(light->vector), s->point);
      f32x8 distance2 = f_max(v_dot(to_light, to_light), f_splat(1e-4f));
      to_light = v_scale(to_light, f_inverse_sqrt(distance2));
      reach = f_splat(1) / distance2;
    } else {
      to_light = v_splat(light->vector);
      to_light = (Vector){-to_light.x, -to_light.y, -to_light.z};
    }
    f32x8 cos_light = v_dot(s->normal, to_light);
    i32x8 lit = cos_light > zero;
    if (signs(lit) == 0) continue;
    if (i == lighting->shadow_light && map->valid) {
      reach = unshadowed(map, s, cos_light);
      if (signs(lit & (reach > zero)) == 0) continue;
    }
    add_light(s, to_light, f_max(cos_light, zero), reach, color, sum);
  }
}

/// Light from everywhere: full from above, 0.55 of it from below. What Fresnel's share mirrors sees a room with a bright
/// ceiling, a dark floor and a glow on the key light's side, which gives metals their shape.
LANE Vector ambient_of(const RasterLighting *lighting, const Surface *s, float roughness) {
  const f32x8 one = f_splat(1), zero = f_splat(0);
  f32x8 twice = f_splat(2) * v_dot(s->normal, s->to_eye);
  Vector mirrored = v_sub(v_scale(s->normal, twice), s->to_eye);
  f32x8 from_normal = f_mad(s->normal.z, f_splat(0.225f), f_splat(0.775f));
  f32x8 from_mirror = f_min(f_max(f_mad(mirrored.z, f_splat(0.8f), f_splat(0.8f)), f_splat(0.3f)), f_splat(1.5f));
  if (lighting->shadow_light >= 0) {
    f32x8 towards = f_max(zero - v_dot(mirrored, v_splat(lighting->lights[lighting->shadow_light].vector)), zero);
    from_mirror = f_mad(towards * towards, f_splat(1.2f), from_mirror);
  }
  f32x8 c = one - s->cos_eye, c2 = c * c, grazing = c2 * c2 * c;
  f32x8 smooth = f_splat(1 - roughness);
  Vector mirror = {f_mad(f_max(smooth, s->specular.x) - s->specular.x, grazing, s->specular.x),
                   f_mad(f_max(smooth, s->specular.y) - s->specular.y, grazing, s->specular.y),
                   f_mad(f_max(smooth, s->specular.z) - s->specular.z, grazing, s->specular.z)};
  Vector sum = v_add(v_scale(s->diffuse, from_normal), v_scale(mirror, from_mirror));
  return v_mul(sum, v_splat(lighting->ambient));
}
