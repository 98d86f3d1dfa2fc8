import Diagnostics
import SeedbedGeometry
import SeedbedMath
import SeedbedPhysics
import SeedbedScene
import URDF

extension Measure {
  /// All joints swing with an empty hand: applied efforts against inverse dynamics, RMS over the motion; the worst joint.
  public static func motionTorque(_ bench: Bench, seconds: Double = 4) throws(MeasureError) -> Measurement {
    let bench = bench.stepwise.lossless
    var world = try bench.world(bench.instance([]))
    var swing = Swing(bench, gravity: Vector3(0, 0, -bench.g))
    for k in 1...bench.frames(seconds) {
      try world.advance(swing.command(k, opening: bench.stay.opening))
      swing.note(world, payload: nil)
    }
    guard let worst = swing.joints.max(by: { $0.error / $0.bound < $1.error / $1.bound }) else {
      throw MeasureError("the arm has no joints")
    }
    return Measurement([
      CardLine(
        "joint efforts over a motion, the worst joint", unit: worst.unit, formula: "rms(tau - inverse dynamics) = 0",
        expected: 0, measured: worst.error, bound: .atMost(worst.bound), note: worst.text)
    ])
  }

  /// The same with a load in the hand, joint by joint.
  public static func loadedMotion(_ bench: Bench, mass: Double = 1, seconds: Double = 4) throws(MeasureError)
    -> Measurement
  {
    let bench = bench.stepwise.lossless
    let told = Grasp.force(bench, 60), width = try bench.width(nil), height = 0.03
    let mass = try bearable(bench, mass, held: told, share: 0.7)
    var grasp = try Grasp.taking(bench, width: width, height: height, mass: mass, gripForce: told)
    try grasp.advance(0.5)
    let side = mass * (width * width + height * height) / 12
    let box = Inertial(
      origin: .identity, mass: mass, inertia: .diagonal(Vector3(side, side, mass * width * width / 6)))
    var swing = Swing(grasp.bench, gravity: grasp.approach * bench.g)
    for k in 1...bench.frames(seconds) {
      try grasp.world.advance(swing.command(k, opening: grasp.command.opening))
      swing.note(grasp.world, payload: box)
    }
    try grasp.mustHold()
    return Measurement(
      swing.joints.map { joint in
        CardLine(
          "effort of \(joint.name) over a motion with \(significant(mass)) kg in the hand", unit: joint.unit,
          formula: "rms(tau - inverse dynamics) = 0", expected: 0, measured: joint.error,
          bound: .atMost(joint.bound),
          note: joint.text)
      })
  }

  /// Of the wanted mass, kg, what the fingers hold by half of their friction and the arm carries at its home with this
  /// share of its joints' limits.
  static func bearable(
    _ bench: Bench, _ wanted: Double, held force: Double, share: Double
  ) throws(MeasureError) -> Double {
    let world = try bench.world(bench.instance([]))
    let dynamics = InverseDynamics(bench.assets.robot, bench.robot)
    let poses = world.linkPoses, tool = world.tcpPose
    func efforts(_ mass: Double) -> [Double] {
      dynamics.efforts(
        before: poses, now: poses, after: poses, h: 1, gravity: tool.rotate(.unitZ) * bench.g,
        payload: .init(mass: mass, at: tool))
    }
    var mass = Grasp.mass(bench, wanted, held: force)
    let own = efforts(0), unit = efforts(1)
    for (i, joint) in bench.robot.arm.enumerated() {
      let room = share * joint.effort - abs(own[i]), need = abs(unit[i] - own[i])
      if need > 1e-9 { mass = min(mass, room / need) }
    }
    guard mass >= 1e-3 else { throw MeasureError("the arm has no strength left to carry a thing") }
    return mass
  }
}

/// A motion of all joints at once, and how far their efforts are from inverse dynamics.
private struct Swing {
  let bench: Bench
  let gravity: Vector3
  private let dynamics: InverseDynamics
  private var links: [[Pose]] = []
  private var thing: [Pose] = []
  private var errors: [Double], sums: [Double]
  private var steps = 0
  private let h: Double

  init(_ bench: Bench, gravity: Vector3) {
    self.bench = bench
    self.gravity = gravity
    dynamics = InverseDynamics(bench.assets.robot, bench.robot)
    errors = [Double](repeating: 0, count: bench.robot.arm.count)
    sums = errors
    h = bench.rates.stepSeconds
  }

  /// From rest: 1 - cos, a little faster from joint to joint.
  func command(_ k: Int, opening: Float) -> RobotCommand {
    var command = bench.stay
    command.opening = opening
    for (i, joint) in bench.robot.arm.enumerated() {
      let rate = 2 * Double.pi * (0.4 + 0.05 * Double(i))
      let angle = rate * Double(k) * h
      command.arm[i] = Float(joint.home + 0.5 * Measure.reach(joint, bench) * (1 - Elementary.cos(angle)))
    }
    return command
  }

  mutating func note(_ world: borrowing World, payload: Inertial?) {
    links.append(world.linkPoses)
    if payload != nil { thing.append(world.objectPose(0)) }
    steps += 1
    guard links.count == 3 else { return }
    defer {
      links.removeFirst()
      if payload != nil { thing.removeFirst() }
    }
    guard Double(steps) * h > 0.5 else { return }
    let expected = dynamics.efforts(
      before: links[0], now: links[1], after: links[2], h: h, gravity: gravity,
      payload: payload.map { .init($0, before: thing[0], now: thing[1], after: thing[2]) })
    for (i, effort) in world.armEfforts.enumerated() {
      errors[i] += (effort - expected[i]) * (effort - expected[i])
      sums[i] += expected[i] * expected[i]
    }
  }

  struct JointError {
    var name: String
    var unit: String
    /// RMS of the error and of the effort.
    var error: Double, size: Double
    var share: Double { error / max(size, 1e-6) }
    /// Nm or N: 3 % of the effort; of a joint that gives almost nothing a share says nothing.
    var bound: Double { max(0.03 * size, 1e-3) }
    var text: String { "\(name): \(significant(100 * share)) % of \(significant(size)) \(unit) (RMS)" }
  }

  var joints: [JointError] {
    let count = Double(max(1, steps - Int(0.5 / h)))
    return bench.robot.arm.indices.map { i in
      let error = (errors[i] / count).squareRoot(), size = (sums[i] / count).squareRoot()
      let name = bench.robot.arm[i].joint
      let joint = bench.assets.robot.jointIndex(name).map { bench.assets.robot.joints[$0] }
      let unit = joint?.kind == .prismatic ? "N" : "Nm"
      return JointError(name: name, unit: unit, error: error, size: size)
    }
  }
}

extension Measure {
  /// How far a joint may swing from home, rad or m, towards the farther of its limits.
  static func reach(_ joint: ArmJointInstance, _ bench: Bench) -> Double {
    guard let limits = bench.assets.robot.joints.first(where: { $0.name == joint.joint }) else { return 0 }
    let most = limits.kind == .prismatic ? 0.05 : 0.5
    let up = (limits.upper ?? 10) - joint.home, down = joint.home - (limits.lower ?? -10)
    return up >= down ? min(most, 0.9 * up) : -min(most, 0.9 * down)
  }
}
