package import SeedbedGeometry
package import SeedbedScene
package import URDF

extension SolidBound {
  /// An axis-aligned box of the frame.
  package init(_ box: AxisAlignedBox) {
    self.init(form: .box, pose: Pose(box.center), half: box.size * 0.5)
  }

  /// The bound of an object's shape in the object's frame. `meshes`: all assets by path.
  package init(_ shape: ShapeInstance, meshes: [String: MeshAsset]) {
    switch shape {
    case .box(let size), .bin(let size, _): self.init(form: .box, pose: .identity, half: size * 0.5)
    case .cylinder(let r, let l): self.init(form: .cylinder, pose: .identity, half: Vector3(r, r, l / 2))
    case .capsule(let r, let l): self.init(form: .capsule, pose: .identity, half: Vector3(r, r, l / 2))
    case .sphere(let r): self.init(form: .sphere, pose: .identity, half: Vector3(r, r, r))
    case .mesh(let path, let scale): self.init(meshBox(path, scale, meshes))
    // Its links are solids of their own: `Obstacle.all`.
    case .urdf: self.init(form: .sphere, pose: .identity, half: .zero)
    }
  }

  /// The bound of a robot's collision shape in its link's frame.
  package init(_ collision: Collision, meshes: [String: MeshAsset]) {
    let local: SolidBound
    switch collision.geometry {
    case .box(let size): local = SolidBound(form: .box, pose: .identity, half: size * 0.5)
    case .cylinder(let r, let l): local = SolidBound(form: .cylinder, pose: .identity, half: Vector3(r, r, l / 2))
    case .capsule(let r, let l): local = SolidBound(form: .capsule, pose: .identity, half: Vector3(r, r, l / 2))
    case .sphere(let r): local = SolidBound(form: .sphere, pose: .identity, half: Vector3(r, r, r))
    case .mesh(let path, let scale): local = SolidBound(meshBox(path, scale, meshes))
    }
    self = local.placed(in: collision.origin)
  }

  /// The solids of an object in the world: one, or floor and four walls of a bin.
  package static func solids(_ shape: ShapeInstance, at pose: Pose, meshes: [String: MeshAsset]) -> [SolidBound] {
    guard case .bin(let size, let wall) = shape else { return [SolidBound(shape, meshes: meshes).placed(in: pose)] }
    let h = size * 0.5, t = wall / 2
    let parts: [(Vector3, Vector3)] = [
      (Vector3(0, 0, t - h.z), Vector3(h.x, h.y, t)),
      (Vector3(h.x - t, 0, 0), Vector3(t, h.y, h.z)), (Vector3(t - h.x, 0, 0), Vector3(t, h.y, h.z)),
      (Vector3(0, h.y - t, 0), Vector3(h.x, t, h.z)), (Vector3(0, t - h.y, 0), Vector3(h.x, t, h.z)),
    ]
    return parts.map { SolidBound(form: .box, pose: pose * Pose($0.0), half: $0.1) }
  }
}

/// All vertices of a mesh asset, scaled.
func meshVertices(_ path: String, _ scale: Vector3, _ meshes: [String: MeshAsset]) -> [Vector3] {
  (meshes[path]?.parts ?? []).flatMap { $0.mesh.positions.map { $0.scaled(by: scale) } }
}

private func meshBox(_ path: String, _ scale: Vector3, _ meshes: [String: MeshAsset]) -> AxisAlignedBox {
  AxisAlignedBox(containing: meshVertices(path, scale, meshes)) ?? AxisAlignedBox(lower: .zero, upper: .zero)
}
