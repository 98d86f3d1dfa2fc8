internal import CODE
internal import SeedbedGeometry

/// A uniform rod that swings on a hinge at its end, under gravity: the engine's own hinge and step, with nothing else.
///
/// A robot cannot show it: its gravity is compensated.
package struct SwingingRod: ~Copyable {
  private let ode: ODEWorld
  private var hinge: MotorJoint
  private let h: Double

  /// - Parameters:
  ///   - length: m. - mass: kg. - gravity: m/s², downwards. - angle: at the start, at rest, rad from hanging.
  ///   - h: the step, s.
  package init(length: Double, mass: Double, gravity: Double, angle: Double, h: Double) {
    ODELibrary.begin(seed: 0, episode: 0)
    self.h = h
    var ode = ODEWorld(gravity: Vector3(0, 0, -gravity))
    let body = ode.makeBody(.box(mass: mass, size: Vector3(0.01 * length, 0.01 * length, length)), weightless: false)
    ODEValue.setBodyPose(body, Pose(Vector3(0, 0, -0.5 * length)))
    hinge = MotorJoint(
      &ode, number: 0, child: body, parent: nil, anchor: .zero, axis: .unitY, isHinge: true, zero: 0, lower: nil,
      upper: nil)
    self.ode = ode
    let turn = Quaternion(axis: .unitY, angle: angle)
    ODEValue.setBodyPose(body, Pose(turn.rotate(Vector3(0, 0, -0.5 * length)), turn))
    hinge.read()
  }

  /// Moment of inertia about the hinge, kg m².
  package static func inertia(length: Double, mass: Double) -> Double {
    mass * length * length * (1.0 / 3 + 1e-4 / 12)
  }

  /// rad from hanging, and its rate.
  package var angle: Double { hinge.position }
  package var rate: Double { hinge.velocity }

  package mutating func step() {
    dRandSetSeed(0)
    dWorldStep(ode.id, h)
    hinge.read()
  }
}
