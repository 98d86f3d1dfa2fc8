import CRaster
import SeedbedGeometry
import SeedbedScene

/// How a drawn part looks, with its texture kept alive.
struct SurfaceMaterial: Sendable {
  /// sRGB, multiplied with the texture.
  var color: Vector3
  var roughness: Double
  var metallic: Double
  var texture: TextureHandle?
  /// From a mesh's texture coordinates to copies of the texture.
  var scaleU: Double = 1, scaleV: Double = 1

  /// URDF says nothing about gloss: painted metal and plastic lie about here.
  static func robot(color: Vector3, texture: TextureHandle? = nil) -> SurfaceMaterial {
    SurfaceMaterial(color: color, roughness: 0.45, metallic: 0, texture: texture)
  }

  /// Where a URDF and its meshes name no colour.
  static let defaultColor = Vector3(0.75, 0.75, 0.77)

  var raster: RasterMaterial {
    RasterMaterial(
      color: (Float(color.x), Float(color.y), Float(color.z)), roughness: Float(roughness), metallic: Float(metallic),
      texture: texture?.pointer, uv_scale: (Float(scaleU), Float(scaleV)))
  }
}

extension Appearance {
  /// - Parameter images: the scene's pictures by logical path.
  /// - Parameter hasOwnMapping: the mesh brings texture coordinates that count copies of the picture, not metres.
  func material(
    images: [String: TextureHandle], hasOwnMapping: Bool, subject: String
  ) throws(RenderError) -> SurfaceMaterial {
    var material = SurfaceMaterial(color: color, roughness: roughness, metallic: metallic)
    switch texture {
    case nil: break
    case .image(let path, let metresPerTile):
      guard let image = images[path] else { throw RenderError(path, "the texture of \(subject) was not loaded") }
      material.texture = image
      if !hasOwnMapping {
        material.scaleU = Self.perMetre(metresPerTile)
        material.scaleV = Self.perMetre(metresPerTile * image.aspect)
      }
    case .checker(let other, let edge):
      material.texture = try TextureHandle(ProceduralTexture.checker(color, other), aspect: 1, subject: subject)
      material.color = Vector3(1, 1, 1)
      material.scaleU = Self.perMetre(2 * edge)
      material.scaleV = Self.perMetre(2 * edge)
    case .noise(let other, let scale, let stretch, let pattern):
      let image = ProceduralTexture.noise(color, other, stretch: stretch, pattern: pattern)
      material.texture = try TextureHandle(image, aspect: 1, subject: subject)
      material.color = Vector3(1, 1, 1)
      let features = Double(ProceduralTexture.featuresPerTile)
      material.scaleU = Self.perMetre(features * scale * stretch)
      material.scaleV = Self.perMetre(features * scale)
    }
    return material
  }

  private static func perMetre(_ metres: Double) -> Double { 1 / max(1e-4, min(1e4, metres)) }
}
