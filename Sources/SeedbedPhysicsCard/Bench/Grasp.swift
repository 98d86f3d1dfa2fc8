import Diagnostics
import SeedbedGeometry
import SeedbedPhysics
import SeedbedScene
import SeedbedTrials

/// A thing in the gripper of the robot at its home.
///
/// Gravity goes along the hand's approach direction, so the pads carry the weight by friction whatever the robot's home is
/// (an arm's own weight is compensated). The thing is held up until the fingers have closed.
struct Grasp: ~Copyable {
  let bench: Bench
  var world: World
  let weight: Vector3
  let mass: Double
  var command: RobotCommand
  /// The hand's approach direction at home, and the direction in which the fingers close; world.
  let approach: Vector3, closing: Vector3
  let home: Pose

  private init(
    _ bench: Bench, world: consuming World, home: Pose, mass: Double
  ) {
    self.bench = bench
    self.world = world
    self.home = home
    self.mass = mass
    approach = home.rotate(.unitZ)
    closing = home.rotate(.unitY)
    weight = approach * (bench.g * mass)
    command = bench.stay
    command.opening = Float(min(0, bench.robot.gripper.closedOpening))
  }

  /// Grasps a thing.
  ///
  /// - Parameters: width: between the pads, m. - friction: of pads and thing alike, so also of the pair.
  /// - Throws: why nothing is held.
  static func taking(
    _ bench: Bench, _ shape: BenchShape = .box, width: Double? = nil, height: Double = 0.03, mass: Double,
    friction: Double = 1, gripForce: Double
  ) throws(MeasureError) -> Grasp {
    let width = try bench.width(width)
    var bench = bench
    bench.robot.fingerFriction = friction
    bench.robot.gripper.home = min(bench.robot.gripper.maxOpening, width + 1e-3)
    let model: ArmModel
    do { model = try ArmModel(bench.assets.robot, bench.robot) } catch { throw MeasureError("\(error)") }
    let home = forwardKinematics(model, model.home)
    let thing = BenchShape.thing(
      "thing", shape.instance(width: width, height: height), mass: mass, friction: friction, at: home)
    let gravity = home.rotate(.unitZ) * bench.g
    var grasp = Grasp(
      bench, world: try bench.world(bench.instance([thing], gravity: gravity, gripForce: gripForce)), home: home,
      mass: mass)
    grasp.world.push(object: 0, force: -grasp.weight)
    try grasp.advance(0.6)
    grasp.world.push(object: 0, force: .zero)
    try grasp.mustHold("a thing of \(significant(width * 1e3)) mm is not held")
    return grasp
  }

  /// Throws where no finger, or one alone, presses the thing; what was measured of it then says nothing.
  func mustHold(_ trouble: String = "the thing was lost") throws(MeasureError) {
    let touching = padForces.count { $0 > 0 }
    guard touching < 2 else { return }
    let opening = significant(world.gripperOpening * 1e3)
    throw MeasureError(
      "\(trouble): \(touching == 0 ? "no finger touches" : "only one finger touches") it, the gripper is open by \(opening) mm"
    )
  }

  /// N: what is asked for, or what the gripper has.
  static func force(_ bench: Bench, _ wanted: Double) -> Double { min(wanted, bench.robot.gripper.maxForce) }

  /// kg: what is asked for, or half of what friction (mu = 1) carries.
  static func mass(_ bench: Bench, _ wanted: Double, held force: Double) -> Double { min(wanted, force / bench.g) }

  mutating func advance(_ seconds: Double) throws(MeasureError) {
    for _ in 0..<bench.frames(seconds) { try world.advance(command) }
  }

  /// The thing's pose in the hand.
  var inHand: Pose { world.tcpPose.inverse * world.objectPose(0) }

  /// Movement in the hand since `reference`: m and rad.
  func moved(since reference: Pose) -> (distance: Double, angle: Double) {
    let now = inHand
    return (
      (now.position - reference.position).length,
      (reference.orientation.conjugate * now.orientation).rotationVector.length
    )
  }

  /// What the fingers press the thing with from either side, N: along the closing direction and against it.
  var padForces: [Double] {
    var forces = [0.0, 0.0]
    for contact in world.contacts {
      guard case .link = contact.first, contact.second == .object(0) else { continue }
      forces[contact.normal.dot(closing) > 0 ? 0 : 1] += contact.normalForce
    }
    return forces
  }
}
