import SeedbedGeometry
import URDF

/// Turns link visuals into parts: all visuals of a link that look the same become one mesh in the link's frame.
struct LinkPartBuilder {
  private(set) var parts: [RenderModel.LinkPart] = []
  private let meshes: [String: PreparedMesh]
  private let images: [String: TextureHandle]

  init(meshes: [String: PreparedMesh], images: [String: TextureHandle]) {
    self.meshes = meshes
    self.images = images
  }

  private struct Look: Equatable {
    var color: Vector3
    var texture: String?
    var uvPerCopy: Double
  }

  mutating func add(_ link: Link, index: Int) throws(RenderError) {
    var groups: [(look: Look, mesh: DrawMesh)] = []
    for visual in link.visuals {
      if let alpha = visual.color?.dropFirst(3).first, alpha <= 0 { continue }
      for (look, mesh) in try pieces(of: visual, link: link.name) {
        if let k = groups.firstIndex(where: { $0.look == look }) {
          groups[k].mesh.append(mesh, at: visual.origin)
        } else {
          var moved = DrawMesh()
          moved.append(mesh, at: visual.origin)
          groups.append((look, moved))
        }
      }
    }
    for group in groups {
      var material = SurfaceMaterial.robot(
        color: group.look.color, texture: group.look.texture.flatMap { images[$0] })
      material.scaleU = 1 / group.look.uvPerCopy
      material.scaleV = 1 / group.look.uvPerCopy
      for piece in group.mesh.pieces() where piece.triangleCount > 0 {
        parts.append(
          RenderModel.LinkPart(
            link: index, mesh: try MeshHandle(piece, subject: "link \(link.name)"), material: material))
      }
    }
  }

  private func pieces(of visual: Visual, link: String) throws(RenderError) -> [(Look, DrawMesh)] {
    let color = visual.color.flatMap { $0.count >= 3 ? Vector3($0[0], $0[1], $0[2]) : nil }
    let texture = visual.texture.flatMap { images[$0] == nil ? nil : $0 }
    // A primitive has metric coordinates: one copy of the texture covers its longest edge.
    func plain(_ mesh: DrawMesh, _ longest: Double) -> [(Look, DrawMesh)] {
      let look = Look(
        color: color ?? (texture == nil ? SurfaceMaterial.defaultColor : Vector3(1, 1, 1)), texture: texture,
        uvPerCopy: texture == nil ? 1 : max(1e-3, longest))
      return [(look, mesh)]
    }
    switch visual.geometry {
    case .box(let size): return plain(Tessellation.box(size: size), max(size.x, size.y, size.z))
    case .cylinder(let radius, let length):
      return plain(Tessellation.cylinder(radius: radius, length: length), max(2 * radius, length))
    case .sphere(let radius): return plain(Tessellation.sphere(radius: radius), 2 * radius)
    case .capsule(let radius, let length):
      return plain(Tessellation.capsule(radius: radius, length: length), 2 * radius + length)
    case .mesh(let path, let scale):
      guard let mesh = meshes[path] else { throw RenderError(path, "the mesh of link \(link) was not loaded") }
      return mesh.parts.indices.map { k in
        let part = mesh.parts[k]
        let texture = part.texture.flatMap { resolve($0, besides: path) } ?? texture
        let fallback = texture == nil ? SurfaceMaterial.defaultColor : Vector3(1, 1, 1)
        let look = Look(color: part.color ?? color ?? fallback, texture: texture, uvPerCopy: 1)
        return (look, mesh.drawMesh(part: k, scale: scale, mapping: .own))
      }
    }
  }

  /// The picture that a mesh file names, relative to its own folder.
  private func resolve(_ name: String, besides meshPath: String) -> String? {
    let path = MeshFolder.path(of: name, besides: meshPath)
    return images[path] != nil ? path : images[name] != nil ? name : nil
  }
}

enum MeshFolder {
  /// Logical path of a file that a mesh file names: relative to the mesh's folder, with `.` and inner `..` folded.
  static func path(of name: String, besides meshPath: String) -> String {
    var folded: [Substring] = []
    let folder = meshPath.split(separator: "/", omittingEmptySubsequences: false).dropLast()
    for part in folder + name.split(separator: "/") where part != "." {
      if part == "..", let last = folded.last, last != "..", last != "" {
        folded.removeLast()
      } else {
        folded.append(part)
      }
    }
    return folded.joined(separator: "/")
  }
}
