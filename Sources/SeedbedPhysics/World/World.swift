internal import CODE
internal import SeedbedGeometry
public import SeedbedScene
internal import URDF

/// The physics of one episode: a robot arm with a parallel gripper, its surroundings and the things it handles.
///
/// Rigid bodies in ODE, integrated by its direct solver. A function of the instance, the assets and the commands alone:
/// the same three give the same bits whatever ran before in the process. At most one world should live in a process at
/// a time (a failed assertion inside ODE ends the process, with exit code 70 and the episode's number).
///
/// The arm is either reduced to its joint coordinates (`ReducedArm`) or made of ODE's hinges and sliders, as
/// `RobotInstance.dynamics` says. Not modelled: anything soft. Gravity on the arm is
/// compensated perfectly, and the compensation is part of the reported efforts.
public struct World: ~Copyable {
  /// Physics steps since the start.
  public internal(set) var stepCount = 0
  /// Odd things about the robot that were mended, one sentence each with their place in the URDF.
  public let warnings: [String]
  /// Running FNV-1a over position, quaternion and velocities of every body, mixed in at the end of every frame.
  public internal(set) var stateHash: UInt64 = 0xcbf2_9ce4_8422_2325
  /// How often the direct solver failed in this world; each such step was taken back and solved again.
  public internal(set) var lcpMessages = 0
  /// Steps whose second solution failed too: they were solved more softly or by the iterative solver.
  package internal(set) var roughlySolvedSteps = 0
  var engineNanoseconds = 0
  /// Steps that are still to be solved softly, and by the iterative solver, since the solver failed a short while ago.
  var softSteps = 0, roughSteps = 0

  let ode: ODEWorld
  let tree: RobotTree
  let rates: Rates
  let gravity: Vector3
  let seed: UInt64, episode: Int
  let tcpLink: Int, tcp: Pose
  let linkNames: [String], objectNames: [String]
  /// One a joint of the tree.
  let jointNames: [String]
  /// One a body of the tree.
  let robotBodies: [dBodyID]
  /// One a moving joint: the bodies that it moves.
  let outboard: [[Int]]
  let objects: [ObjectBody]
  /// Articulated objects.
  var mechanisms: [Mechanism]
  /// One a body of an object that the watch looks at: the object.
  let watchedObjects: [Int]
  /// The joints that are ODE's: all, or with a reduced arm those that the hand carries.
  var joints: [MotorJoint]
  var reduced: ReducedRig?
  var arm: ArmRig
  var gripper: GripperRig
  let followers: FollowerRig
  var collider: Collider
  var watch: StateWatch
  /// Forces on objects from outside (see `push`).
  var pushes: [(body: dBodyID, force: Vector3)] = []
  /// nil: no sensor looks at accelerations.
  var motion: MotionTrack?
  /// By link: what wrench sensors weigh.
  let loads: [Int: CarriedLoad]
  /// How much of the frame has passed.
  var frameShare = 1.0
  /// Why the world stands still.
  var failure: String?

  /// Builds the world at its start: the arm at home, the gripper at its home opening, the objects at their poses.
  ///
  /// Every number is checked before it enters ODE. `hulls`: those of a run's robot, computed once; without them they
  /// are computed here.
  public init(_ instance: SceneInstance, assets: SceneAssets, hulls: CollisionHulls? = nil) throws(WorldError) {
    var problems = InstanceCheck.problems(instance, assets)
    guard problems.isEmpty else { throw WorldError(problems) }
    let robot = assets.robot
    var hulls = hulls ?? CollisionHulls(assets)
    hulls.addMissing(assets, objects: instance.objects)
    let tree = RobotTree(robot, instance.robot, hulls, problems: &problems)
    let solids = SolidSet(
      robot, instance, tree, hulls, mechanisms: assets.mechanisms, problems: &problems)
    guard problems.isEmpty, let tcpLink = robot.linkIndex(instance.robot.tcpLink), let fingers = tree.fingers else {
      throw WorldError(problems)
    }

    ODELibrary.begin(seed: instance.seed, episode: instance.episode)
    let h = instance.rates.stepSeconds
    var ode = ODEWorld(gravity: instance.gravity)
    let robotBodies = tree.bodies.map { ode.makeBody($0.mass, weightless: true) }
    let reduced =
      instance.robot.dynamics == .hybrid
      ? ReducedArm(robot, instance.robot, tree, gravity: instance.gravity, in: &ode) : nil
    joints = MotorJoint.build(tree, robot, instance.robot, robotBodies, besides: reduced, in: &ode)
    tree.place(robotBodies, tree.joints.map(\.start))
    for i in joints.indices { joints[i].read(at: tree.joints[joints[i].number].start) }
    self.reduced = reduced.map { ReducedRig($0, tree, robotBodies, in: &ode) }
    var objects: [ObjectBody] = []
    var mechanisms: [Mechanism] = []
    var watched: [(object: Int, body: dBodyID)] = []
    for (i, solid) in solids.objects.enumerated() {
      if let tree = solid.mechanism {
        let mechanism = Mechanism(object: i, tree, h: h, in: &ode)
        mechanisms.append(mechanism)
        watched += mechanism.bodies.map { (i, $0) }
        objects.append(tree.rootBody(of: mechanism, at: solid.pose))
      } else {
        let object = solid.makeBody(in: &ode)
        objects.append(object)
        if let body = object.body { watched.append((i, body)) }
      }
    }

    arm = ArmRig(instance.robot, tree, joints, reduced, rates: instance.rates)
    followers = FollowerRig(tree, joints, reduced, h: h)
    let slots = (
      joints.firstIndex { $0.number == fingers.first } ?? 0, joints.firstIndex { $0.number == fingers.second } ?? 0
    )
    let grip = min(max(instance.expert.gripForce, 0), instance.robot.gripper.maxForce)
    gripper = GripperRig(
      instance.robot.gripper, fingers: slots, smallest: instance.robot.gripper.smallestOpening(robot), gripForce: grip,
      tree, joints, bodies: robotBodies, rates: instance.rates, in: &ode)
    var warnings = tree.warnings
    let rules = MaterialRules(instance.materialPairs ?? [])
    collider = Collider.build(
      solids, tree, robotBodies, objects, mechanisms, reduced, rules, gravity: instance.gravity, h: h,
      sleeping: instance.sleeping ?? true,
      own: {
        CollisionPair.within($0, $1, tree, reduced, rules, robot, instance.robot.selfCollision ?? SelfCollision())
      },
      name: { participant in
        switch participant {
        case .link(let i): "The link \"\(robot.links[i].name)\""
        case .object(let i): "the object \"\(instance.objects[i].name)\""
        }
      }, warnings: &warnings, in: &ode)

    watch = StateWatch(
      robotBodies, watched.map(\.body), others: self.reduced.map { [$0.flange] } ?? [],
      gravity: instance.gravity, in: &ode)
    motion = instance.sensesMotion ? MotionTrack(robotBodies) : nil
    loads = CarriedLoad.weighed(instance, robot, tree, hulls)
    self.warnings = warnings
    self.ode = ode
    self.tree = tree
    outboard = tree.joints.indices.map { tree.outboard(of: $0) }
    self.tcpLink = tcpLink
    tcp = instance.robot.tcp.normalized
    rates = instance.rates
    gravity = instance.gravity
    seed = instance.seed
    episode = instance.episode
    linkNames = robot.links.map(\.name)
    jointNames = tree.joints.map { robot.joints[$0.joint].name }
    objectNames = instance.objects.map(\.name)
    self.robotBodies = robotBodies
    self.objects = objects
    self.mechanisms = mechanisms
    watchedObjects = watched.map(\.object)
  }
}
