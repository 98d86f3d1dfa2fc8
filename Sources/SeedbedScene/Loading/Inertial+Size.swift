import Diagnostics
import SeedbedGeometry
import URDF

extension Inertial {
  /// Why a link whose shapes are of this size (m, from corner to corner) cannot have this inertia, as the end of a sentence:
  /// its radius of gyration is more than ten times the size, or less than a thousandth of it. nil where it can, and where the
  /// link has no shapes.
  func misfit(toSize size: Double) -> String? {
    guard implausibility == nil, size > 0, size <= 1e3, mass >= Self.leastMovingMass else { return nil }
    let radius = radiusOfGyration
    guard radius > 10 * size || radius < 1e-3 * size else { return nil }
    return
      "is that of \(significant(mass, 3)) kg at \(significant(radius, 2)) m from their centre, but its shapes measure "
      + "\(significant(size, 2)) m"
  }
}

extension Link {
  /// m, from corner to corner of the box around all its shapes; 0 where it has none.
  func size(_ meshes: [String: MeshAsset]) -> Double {
    let shapes = collisions.map { ($0.origin, $0.geometry) } + visuals.map { ($0.origin, $0.geometry) }
    let corners = shapes.flatMap { origin, geometry in geometry.corners(meshes).map { origin.apply($0) } }
    return AxisAlignedBox(containing: corners)?.size.length ?? 0
  }
}

extension Geometry {
  /// Of the box around it.
  fileprivate func corners(_ meshes: [String: MeshAsset]) -> [Vector3] {
    guard case .mesh = self else { return outline(meshes) }
    return AxisAlignedBox(containing: outline(meshes)).map { box in
      boxCorners(box.size * 0.5).map { box.center + $0 }
    } ?? []
  }
}
