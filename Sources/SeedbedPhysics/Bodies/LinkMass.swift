internal import Diagnostics
internal import SeedbedGeometry
internal import URDF

/// A link's mass properties as its URDF gives them, mended where no rigid body could have them.
///
/// Real URDFs are full of zero or impossible inertias; refusing them would refuse a third of all robots. What is mended
/// is said in a warning.
enum LinkMass {
  /// kg; the mass of a moving body none of whose links has one.
  static let fallbackMass = 0.01

  /// In the link's frame; nil where the link has no mass of its own.
  static func properties(_ link: Link, _ hulls: CollisionHulls, warnings: inout [String]) -> MassProperties? {
    guard let inertial = link.inertial else { return nil }
    guard inertial.mass > 0, inertial.mass < 1e6 else {
      warnings.append(warning(link, "has the mass \(inertial.mass) kg, which is ignored"))
      return nil
    }
    let origin = inertial.origin.normalized
    guard origin.isFinite else {
      warnings.append(warning(link, "has an inertial origin that is not finite; its mass is ignored"))
      return nil
    }
    let m = inertial.inertia
    let symmetric = (m + m.transposed) * 0.5
    let isCredible = inertial.radiusOfGyration >= Inertial.credibleRadii.lowerBound
    switch isCredible ? InertiaCheck.verdict(symmetric) : .notPositiveDefinite {
    case .good:
      return MassProperties(mass: inertial.mass, center: .zero, inertia: symmetric).transformed(by: origin)
    case .triangle(let mended):
      warnings.append(
        warning(link, "has a principal moment of inertia above the sum of the other two; all three are raised"))
      return MassProperties(mass: inertial.mass, center: .zero, inertia: mended).transformed(by: origin)
    case .notPositiveDefinite:
      warnings.append(warning(link, "has an inertia that is not positive definite; it is estimated from its shape"))
      var estimate = solid(link, hulls, mass: inertial.mass)
      estimate.center = origin.position
      return estimate
    }
  }

  /// For a moving body without any mass.
  static func fallback(_ link: Link, _ hulls: CollisionHulls, warnings: inout [String]) -> MassProperties {
    warnings.append(warning(link, "moves but has no mass; it is given \(fallbackMass) kg"))
    return solid(link, hulls, mass: fallbackMass)
  }

  /// A box of the mass around the link's collision shapes; a ball of 2 cm radius where it has none.
  private static func solid(_ link: Link, _ hulls: CollisionHulls, mass: Double) -> MassProperties {
    var corners: [Vector3] = []
    for collision in link.collisions where collision.origin.isFinite {
      let box: AxisAlignedBox
      switch collision.geometry {
      case .box(let size): box = around(size * 0.5)
      case .cylinder(let radius, let length): box = around(Vector3(radius, radius, 0.5 * length))
      case .capsule(let radius, let length): box = around(Vector3(radius, radius, 0.5 * length + radius))
      case .sphere(let radius): box = around(Vector3(radius, radius, radius))
      case .mesh(let path, let scale):
        guard let hull = hulls.hull(path, scale: scale), let bounds = AxisAlignedBox(containing: hull.vertices) else {
          continue
        }
        box = bounds
      }
      guard box.lower.isFinite, box.upper.isFinite else { continue }
      let frame = collision.origin.normalized
      for x in [box.lower.x, box.upper.x] {
        for y in [box.lower.y, box.upper.y] {
          for z in [box.lower.z, box.upper.z] { corners.append(frame.apply(Vector3(x, y, z))) }
        }
      }
    }
    guard let box = AxisAlignedBox(containing: corners), box.size.length > 1e-3 else {
      return .sphere(mass: mass, radius: 0.02)
    }
    let size = Vector3(max(box.size.x, 1e-3), max(box.size.y, 1e-3), max(box.size.z, 1e-3))
    return MassProperties.box(mass: mass, size: size).transformed(by: Pose(box.center))
  }

  private static func around(_ half: Vector3) -> AxisAlignedBox { AxisAlignedBox(lower: -half, upper: half) }

  private static func warning(_ link: Link, _ text: String) -> String {
    Diagnostic(.warning, at: link.location, "the link \"\(link.name)\" \(text).", remedy: "").description
  }
}
