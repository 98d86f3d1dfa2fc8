/// A deterministic triangle rasteriser for CPUs: RGB, metric depth and instance numbers from one pass.
///
/// Visibility is found with 4 rotated-grid samples per pixel, shading is deferred: once per surface and pixel, blended by
/// coverage. The same input gives the same bytes on every CPU: only IEEE operations, no contraction, no libm.
///
/// Lengths in metres, Z up. A camera looks along +z of its optical frame, x to the right, y down. Colours are encoded
/// with gamma 2 (linear = encoded squared), which stands in for the sRGB curve. Nothing here is thread-safe except that
/// meshes and textures never change after creation and may be shared.
#ifndef CRASTER_H
#define CRASTER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#pragma clang assume_nonnull begin

enum {
  RASTER_MAX_SIZE = 1920,                // Largest width and height of a picture, pixels.
  RASTER_MAX_INSTANCES = 4096,
  RASTER_MAX_TRIANGLES = (1 << 20) - 1,  // In one mesh.
  RASTER_MAX_VERTICES = 3 << 20,         // In one mesh.
  RASTER_MAX_LIGHTS = 16,
  RASTER_MAX_TEXTURE_SIZE = 4096,
};

/// Which of the two compiled paths runs. Both give the same bytes.
typedef enum RasterPath {
  RASTER_PATH_BEST,      ///< AVX2 where the CPU has it.
  RASTER_PATH_PORTABLE,  ///< Baseline instructions only.
} RasterPath;

/// Whether this CPU runs the AVX2 path.
bool raster_has_avx2(void);

// MARK: Meshes and textures

typedef struct RasterVertex {
  float position[3];
  float normal[3];  ///< Need not have length 1; flipped where it looks away from the triangle's front.
  float uv[2];      ///< u to the right, v down; 0...1 is one copy of the texture before the material's scale.
} RasterVertex;

typedef struct RasterMesh RasterMesh;
typedef struct RasterTexture RasterTexture;

/// A mesh of `triangle_count` index triples, counter-clockwise seen from the front; back faces are not drawn.
/// NULL where a count is beyond its maximum, an index is out of range, a number is not finite or memory is short.
RasterMesh *_Nullable raster_mesh_create(const RasterVertex *_Nullable vertices, size_t vertex_count,
                                         const uint32_t *_Nullable indices, size_t triangle_count);
void raster_mesh_destroy(RasterMesh *_Nullable mesh);

/// A square texture from RGBA with 8 bits a channel (alpha is ignored), top row first, with all its mip levels.
/// NULL unless the edge is a power of two up to RASTER_MAX_TEXTURE_SIZE, or where memory is short.
RasterTexture *_Nullable raster_texture_create(const uint8_t *rgba, int size);
void raster_texture_destroy(RasterTexture *_Nullable texture);

// MARK: Scene

typedef struct RasterMaterial {
  float color[3];                           ///< Encoded, 0...1; multiplied with the texture's colour.
  float roughness;                          ///< 0 mirror ... 1 chalk.
  float metallic;                           ///< 0 dielectric ... 1 metal.
  const RasterTexture *_Nullable texture;   ///< Must outlive the context.
  float uv_scale[2];                        ///< Factors from the vertices' uv to copies of the texture.
} RasterMaterial;

typedef struct RasterLight {
  bool is_point;
  float vector[3];  ///< Point: position in the world. Else the unit vector along which the light travels.
  float color[3];   ///< Linear, times intensity: 1 makes a white surface that faces the light white (point: at 1 m).
} RasterLight;

typedef struct RasterLighting {
  float ambient[3];     ///< Linear, for a surface that looks up; one that looks down gets about half.
  float background[3];  ///< Encoded, 0...1.
  int light_count;      ///< Up to RASTER_MAX_LIGHTS.
  RasterLight lights[RASTER_MAX_LIGHTS];
  int shadow_light;     ///< Index of the directional light that throws the shadow; -1 for none.
} RasterLighting;

/// The orthographic box that the shadow map covers; what is outside throws and receives no shadow.
typedef struct RasterShadowBox {
  double center[3];     ///< World.
  double right[3];      ///< Unit vectors of the map's axes; right x down = direction of the light.
  double down[3];
  double half_width;    ///< Half extent along `right`, metres.
  double half_height;   ///< Half extent along `down`, metres.
} RasterShadowBox;

typedef struct RasterCamera {
  int width, height;    ///< 1 ... RASTER_MAX_SIZE, not larger than the context's maximum.
  double focal;         ///< Pixels; the principal point is the picture's centre, pixels are square.
  double near, far;     ///< Metres, 0 < near < far.
  double pose[12];      ///< Optical frame in the world, 3 rows of (rotation | translation).
} RasterCamera;

typedef struct RasterContext RasterContext;

typedef struct RasterConfiguration {
  int max_width, max_height;  ///< Of all pictures.
  int max_instances;
  int shadow_size;            ///< Texels along an edge of the shadow map, a power of two 64...2048; 0: no shadows.
  RasterPath path;
} RasterConfiguration;

/// NULL where a value is out of range or memory is short.
RasterContext *_Nullable raster_create(const RasterConfiguration *configuration);
void raster_destroy(RasterContext *_Nullable context);

/// Adds a mesh to the scene and returns its number, counting from 0; -1 when the scene is full or memory is short.
/// `id` goes into the picture's instance numbers; several instances may share one. Mesh must outlive the context.
int raster_add_instance(RasterContext *context, const RasterMesh *mesh, const RasterMaterial *material, uint16_t id,
                        bool casts_shadow);

/// Places an instance: mesh frame in the world, 3 rows of (rotation | translation). Rotation must be orthonormal.
/// A pose that is not finite hides the instance.
void raster_set_pose(RasterContext *context, int instance, const double pose[_Nonnull 12]);

void raster_set_lighting(RasterContext *context, const RasterLighting *lighting);
void raster_set_shadow_box(RasterContext *context, const RasterShadowBox *box);

// MARK: Pictures

/// Draws the shadow map for the current poses; once per frame, before `raster_render`.
void raster_render_shadow(RasterContext *context);

/// Draws the scene. False where a value of the camera is out of range, except that one whose pose is not finite sees the
/// background. The three pictures stay valid until the next call.
bool raster_render(RasterContext *context, const RasterCamera *camera);

/// Packed RGB, 8 bits a channel, top row first.
const uint8_t *raster_rgb(const RasterContext *context);
/// Metres along the optical axis at the pixel's centre; 0 where nothing is drawn.
const float *raster_depth(const RasterContext *context);
/// Instance id of the surface that covers most of the pixel; 0 where nothing is drawn.
const uint16_t *raster_ids(const RasterContext *context);

/// Bytes of an I420 picture: the Y plane, then U and V of half the size (rounded up).
size_t raster_i420_size(int width, int height);
/// Converts packed RGB to I420, BT.601 with limited range; chroma is the mean of 2x2 pixels.
void raster_rgb_to_i420(RasterPath path, const uint8_t *rgb, int width, int height, uint8_t *i420);

#pragma clang assume_nonnull end

#endif
