import SeedbedGeometry
import SeedbedScene

/// Something that moves with an object of the scene.
struct ObjectPart {
  /// Index into `SceneInstance.objects`.
  var object: Int
  /// Of an articulated object the link that it moves with.
  var link: Int?
  var mesh: MeshHandle
  var material: SurfaceMaterial
  /// Fixed things of room size (floors, walls) only receive shadows.
  var castsShadow: Bool

  /// Radius up to which a fixed object throws a shadow, metres.
  private static let largestFixedCaster = 1.6

  static func parts(of object: ObjectInstance, index: Int, model: RenderModel) throws(RenderError) -> [ObjectPart] {
    if case .urdf(let path) = object.shape { return try linkParts(of: object, path, index: index, model: model) }
    var parts: [ObjectPart] = []
    for surface in try surfaces(of: object, model: model) {
      for piece in surface.mesh.pieces() where piece.triangleCount > 0 {
        let handle = try MeshHandle(piece, subject: object.name)
        let casts = !object.isFixed || handle.bounds.radius <= largestFixedCaster
        parts.append(ObjectPart(object: index, mesh: handle, material: surface.material, castsShadow: casts))
      }
    }
    return parts
  }

  /// The links as their URDF draws them, tinted by the scene's colour (white leaves them). A texture of the scene covers
  /// links that have none.
  private static func linkParts(
    of object: ObjectInstance, _ path: String, index: Int, model: RenderModel
  ) throws(RenderError) -> [ObjectPart] {
    guard let links = model.mechanismParts[path] else { throw RenderError(path, "the URDF was not loaded") }
    var parts: [ObjectPart] = []
    for part in links {
      var look = object.appearance
      look.color = look.color.scaled(by: part.material.color)
      if part.material.texture != nil { look.texture = nil }
      var material = try look.material(images: model.images, hasOwnMapping: false, subject: object.name)
      if let texture = part.material.texture {
        material.texture = texture
        (material.scaleU, material.scaleV) = (part.material.scaleU, part.material.scaleV)
      }
      parts.append(
        ObjectPart(
          object: index, link: part.link, mesh: part.mesh, material: material,
          castsShadow: !object.isFixed || part.mesh.bounds.radius <= largestFixedCaster))
    }
    return parts
  }

  private static func surfaces(
    of object: ObjectInstance, model: RenderModel
  ) throws(RenderError) -> [(mesh: DrawMesh, material: SurfaceMaterial)] {
    let mesh: DrawMesh
    switch object.shape {
    case .urdf(let path): throw RenderError(path, "its links are drawn one by one")
    case .box(let size): mesh = Tessellation.box(size: size)
    case .cylinder(let radius, let length): mesh = Tessellation.cylinder(radius: radius, length: length)
    case .sphere(let radius): mesh = Tessellation.sphere(radius: radius)
    case .capsule(let radius, let length): mesh = Tessellation.capsule(radius: radius, length: length)
    case .bin(let size, let wall): mesh = Tessellation.bin(size: size, wall: wall)
    case .mesh(let path, let scale):
      let prepared = try model.preparedMesh(path)
      var result: [(mesh: DrawMesh, material: SurfaceMaterial)] = []
      for k in prepared.parts.indices {
        let (appearance, hasOwnMapping) = object.appearance.applied(to: prepared.parts[k], of: path, model: model)
        let material = try appearance.material(
          images: model.images, hasOwnMapping: hasOwnMapping, subject: object.name)
        result.append((prepared.drawMesh(part: k, scale: scale, mapping: hasOwnMapping ? .own : .metres), material))
      }
      return result
    }
    return [(mesh, try object.appearance.material(images: model.images, hasOwnMapping: false, subject: object.name))]
  }
}

extension Appearance {
  /// The look of a part of a mesh file: its own picture where the scene names none, its own colour tinted by the scene's
  /// (white leaves it). A picture uses the part's own texture coordinates where it has them.
  fileprivate func applied(
    to part: PreparedMesh.Part, of path: String, model: RenderModel
  ) -> (appearance: Appearance, hasOwnMapping: Bool) {
    var result = self
    let hasCoordinates = !part.mesh.textureCoordinates.isEmpty
    if texture == nil, hasCoordinates, let name = part.texture {
      let picture = MeshFolder.path(of: name, besides: path)
      if model.images[picture] != nil { result.texture = .image(path: picture, metresPerTile: 1) }
    }
    if let own = part.color, texture == nil { result.color = color.scaled(by: own) }
    if case .image = result.texture { return (result, hasCoordinates) }
    return (result, false)
  }
}
