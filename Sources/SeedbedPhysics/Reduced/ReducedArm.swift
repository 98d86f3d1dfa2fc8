internal import CODE
internal import SeedbedGeometry
internal import SeedbedScene
internal import URDF

/// The arm in reduced coordinates: one number a driven joint instead of six a body and five constraints between two.
///
/// All joints from the base to the body that carries the fingers are integrated here, each motor's PD law implicitly
/// (stable at every gain and step). The bodies stand in ODE as kinematic ones that go where the joints take them; what
/// touches them is felt by the joints one step later. The hand is a dynamic body of ODE; it and the arm answer to each
/// other within the step (`HandMount`). Mass matrix: composite rigid bodies; bias forces: recursive Newton-Euler (Featherstone 2008, chapters 5
/// and 6), all about one reference point, so that nothing needs shifting.
struct ReducedArm {
  /// Parents before children.
  let links: UnsafeMutablePointer<ReducedLink>
  let states: UnsafeMutablePointer<ReducedState>
  let drives: UnsafeMutablePointer<ReducedDrive>
  let linkCount: Int, driveCount: Int
  /// The link that carries the fingers; the last of its chain.
  let hand: Int
  /// Moments are taken about this point: the robot's base.
  let reference: Vector3
  let gravity: Vector3

  // driveCount² numbers each: the rigid mass matrix, the step's matrix and its factor; driveCount numbers each.
  let massMatrix: UnsafeMutablePointer<Double>, factor: UnsafeMutablePointer<Double>
  /// Factor of the matrix that says how the arm answers to touch.
  let touchFactor: UnsafeMutablePointer<Double>, isTouchReady: UnsafeMutablePointer<Bool>
  /// Factor of the step's matrix without the hand's inertia, and how the hand moves with each coordinate.
  let bareFactor: UnsafeMutablePointer<Double>, handTwists: UnsafeMutablePointer<Twist>
  let bias: UnsafeMutablePointer<Double>, base: UnsafeMutablePointer<Double>, rates: UnsafeMutablePointer<Double>
  /// Reduced link of each body of the tree; -1: none. What the hand carries counts as the hand.
  let linkOfBody: UnsafeMutablePointer<Int>

  /// nil where the body that carries the fingers is not moved by driven joints.
  init?(
    _ robot: RobotDescription, _ instance: RobotInstance, _ tree: RobotTree, gravity: Vector3, in world: inout ODEWorld
  ) {
    guard let fingers = tree.fingers, let handBody = tree.joints[fingers.first].parent else { return nil }
    let carried = tree.outboard(of: handBody).filter { $0 != handBody }
    var numbers = [Int?](repeating: nil, count: tree.joints.count)
    var list: [ReducedLink] = []
    var motors: [ReducedDrive] = []
    var coordinates: [Int: Int] = [:]
    func add(_ j: Int, _ parent: Int, coordinate: Int, ratio: Double, offset: Double) {
      let joint = tree.joints[j]
      numbers[j] = list.count
      list.append(
        ReducedLink(
          body: j, parent: parent, coordinate: coordinate, ratio: ratio, offset: offset, isHinge: joint.isHinge,
          rotation: joint.origin.orientation.matrix, position: joint.origin.position, axis: joint.axis,
          mass: tree.bodies[j].mass))
    }
    for (j, joint) in tree.joints.enumerated() where !carried.contains(j) {
      guard let parent = joint.parent.map({ numbers[$0] }) ?? -1 else { continue }
      switch joint.role {
      case .arm(let i):
        coordinates[j] = motors.count
        add(j, parent, coordinate: motors.count, ratio: 1, offset: 0)
        motors.append(ReducedDrive(instance.arm[i], joint, robot.joints[joint.joint], number: j, arm: i))
      case .follower(let leader, let multiplier, let offset):
        guard let coordinate = coordinates[leader] else { continue }
        add(j, parent, coordinate: coordinate, ratio: multiplier, offset: offset)
      case .finger: continue
      }
    }
    guard let hand = numbers[handBody], !motors.isEmpty else { return nil }
    self.hand = hand
    links = world.keep(list)
    drives = world.keep(motors)
    states = world.keep(list.map { _ in ReducedState() })
    linkOfBody = world.keep(numbers.indices.map { carried.contains($0) ? hand : numbers[$0] ?? -1 })
    linkCount = list.count
    driveCount = motors.count
    reference = instance.pose.position
    self.gravity = gravity
    massMatrix = world.allocate(Double.self, count: driveCount * driveCount)
    factor = world.allocate(Double.self, count: driveCount * driveCount)
    touchFactor = world.allocate(Double.self, count: driveCount * driveCount)
    isTouchReady = world.allocate(Bool.self, count: 1)
    bareFactor = world.allocate(Double.self, count: driveCount * driveCount)
    handTwists = world.allocate(Twist.self, count: driveCount)
    bias = world.allocate(Double.self, count: driveCount)
    base = world.allocate(Double.self, count: driveCount)
    rates = world.allocate(Double.self, count: driveCount)
    place()
    move(isNext: false)
  }

  /// Whether the body of the tree, with its joint, is one of these links.
  @inline(__always) func isLink(_ body: Int) -> Bool { linkOfBody[body] >= 0 && links[linkOfBody[body]].body == body }

  /// Forgets the contacts of the step before.
  func forgetOutside() {
    for i in 0..<linkCount {
      states[i].outsideForce = .zero
      states[i].outsideTorque = .zero
    }
  }

  /// A force at a point of the world and a torque on a body of the tree.
  @inline(__always) func push(_ body: Int, force: Vector3, at point: Vector3, torque: Vector3 = .zero) {
    let i = linkOfBody[body]
    guard i >= 0 else { return }
    states[i].outsideForce += force
    states[i].outsideTorque += (point - reference).cross(force) + torque
  }
}

extension ReducedDrive {
  init(
    _ instance: ArmJointInstance, _ joint: RobotTree.MovingJoint, _ description: Joint, number: Int, arm: Int
  ) {
    self.joint = number
    self.arm = arm
    kp = instance.kp
    kd = instance.kd
    armature = instance.armature
    effort = instance.effort
    // A start a little beyond a stop is let be.
    lower = min(joint.lower ?? -.infinity, joint.start)
    upper = max(joint.upper ?? .infinity, joint.start)
    speed = ArmRig.overspeed * instance.velocity
    damping = instance.damping ?? description.damping
    friction = instance.friction ?? description.friction
    halfPlay = 0.5 * (instance.backlash ?? 0)
    position = joint.start
    target = joint.start
  }
}
