package import SeedbedGeometry

/// Mass, centre of mass and inertia of a rigid thing, in one frame.
package struct MassProperties: Sendable, Equatable {
  /// kg.
  package var mass: Double
  /// In the frame, m.
  package var center: Vector3
  /// About the centre of mass, axes of the frame, kg m².
  package var inertia: Matrix3

  package init(mass: Double, center: Vector3, inertia: Matrix3) {
    self.mass = mass
    self.center = center
    self.inertia = inertia
  }

  static let none = MassProperties(mass: 0, center: .zero, inertia: .zero)

  /// The same thing seen from the frame in which this frame has the pose.
  package func transformed(by pose: Pose) -> MassProperties {
    let r = pose.orientation.matrix
    return MassProperties(mass: mass, center: pose.apply(center), inertia: r * inertia * r.transposed)
  }

  /// The same shape and distribution with another mass.
  func scaled(toMass target: Double) -> MassProperties {
    MassProperties(mass: target, center: center, inertia: inertia * (target / mass))
  }

  /// Below a gyration radius of 2 mm a moment is a placeholder, and it would make the solver's matrix stiff: raised to that.
  var withCredibleMoments: MassProperties {
    let floor = 4e-6 * mass - inertia.symmetricEigenvalues.x
    guard floor > 0 else { return self }
    return MassProperties(mass: mass, center: center, inertia: inertia + .diagonal(Vector3(floor, floor, floor)))
  }

  /// Both together, rigidly joined (Steiner's theorem).
  package static func + (a: MassProperties, b: MassProperties) -> MassProperties {
    let mass = a.mass + b.mass
    guard mass > 0 else { return .none }
    let center = (a.center * a.mass + b.center * b.mass) / mass
    return MassProperties(
      mass: mass, center: center,
      inertia: a.inertia + pointInertia(a.mass, a.center - center) + b.inertia
        + pointInertia(b.mass, b.center - center))
  }

  /// Inertia of a point mass at d.
  static func pointInertia(_ mass: Double, _ d: Vector3) -> Matrix3 {
    .diagonal(Vector3(1, 1, 1)) * (mass * d.squaredLength) + outer(d, d) * -mass
  }

  static func outer(_ a: Vector3, _ b: Vector3) -> Matrix3 { Matrix3(rows: b * a.x, b * a.y, b * a.z) }
}

// Homogeneous solids about their centre.
extension MassProperties {
  package static func box(mass: Double, size: Vector3) -> MassProperties {
    let s = size.scaled(by: size) * (mass / 12)
    return MassProperties(
      mass: mass, center: .zero, inertia: .diagonal(Vector3(s.y + s.z, s.x + s.z, s.x + s.y)))
  }

  package static func sphere(mass: Double, radius: Double) -> MassProperties {
    let i = 0.4 * mass * radius * radius
    return MassProperties(mass: mass, center: .zero, inertia: .diagonal(Vector3(i, i, i)))
  }

  package static func cylinder(mass: Double, radius: Double, length: Double) -> MassProperties {
    let i = mass * (3 * radius * radius + length * length) / 12
    return MassProperties(mass: mass, center: .zero, inertia: .diagonal(Vector3(i, i, 0.5 * mass * radius * radius)))
  }

  package static func capsule(mass: Double, radius: Double, length: Double) -> MassProperties {
    let middle = Double.pi * radius * radius * length
    let caps = 4.0 / 3.0 * Double.pi * radius * radius * radius
    let m1 = mass * middle / (middle + caps), m2 = mass * caps / (middle + caps)
    let across =
      m1 * (radius * radius / 4 + length * length / 12)
      + m2 * (0.4 * radius * radius + length * length / 4 + 0.375 * length * radius)
    let along = radius * radius * (0.5 * m1 + 0.4 * m2)
    return MassProperties(mass: mass, center: .zero, inertia: .diagonal(Vector3(across, across, along)))
  }

  /// Boxes of one density, joined.
  static func boxes(mass: Double, _ boxes: [(size: Vector3, center: Vector3)]) -> MassProperties {
    var sum = MassProperties.none
    for b in boxes {
      sum = sum + MassProperties.box(mass: b.size.x * b.size.y * b.size.z, size: b.size).transformed(by: Pose(b.center))
    }
    return sum.scaled(toMass: mass)
  }
}
