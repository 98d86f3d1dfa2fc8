public import Diagnostics
import SeedbedGeometry
import SeedbedPhysics
public import SeedbedScene

import URDF

/// What measurements are made with: a robot, its files and the rates. A value; every measurement builds its own worlds.
public struct Bench: Sendable {
  /// For the card: `built-in arm`, or the URDF's or scene's name.
  public var name: String
  public var robot: RobotInstance
  public var assets: SceneAssets
  public var rates: Rates
  /// m/s², of measurements that do not lean it.
  public var g: Double
  /// The robot's, computed once.
  var hulls: CollisionHulls

  public init(name: String, robot: RobotInstance, assets: SceneAssets, rates: Rates, g: Double = 9.81) {
    self.name = name
    self.robot = robot
    self.assets = assets
    self.rates = rates
    self.g = g
    for (path, mesh) in BenchShape.meshes { self.assets.meshes[path] = mesh }
    hulls = CollisionHulls(self.assets, objects: BenchShape.meshObjects)
  }

  /// The program's own arm; needs no file.
  public static func builtIn(rates: Rates = Rates(physics: 240, control: 30)) throws(InputError) -> Bench {
    let description = try parseURDF(Array(BenchArm.urdf.utf8), path: BenchArm.file).robot
    let arm = BenchArm.home.indices.map { i in
      let joint = description.joints[i]
      return ArmJointInstance(
        joint: joint.name, home: BenchArm.home[i], kp: BenchArm.kp[i], kd: BenchArm.kp[i] / 10, armature: 0.1,
        effort: joint.effort ?? 0, velocity: joint.velocity ?? 0)
    }
    let gripper = GripperInstance(
      fingerJoints: ["finger_joint1", "finger_joint2"], closedOpening: 0, maxOpening: 0.08, home: 0.08, maxForce: 70,
      speed: 0.2)
    let robot = RobotInstance(
      urdf: BenchArm.file, pose: .identity, arm: arm, gripper: gripper, tcpLink: "hand",
      tcp: Pose(Vector3(0, 0, 0.1034)), fingerFriction: 1, linkFriction: 0.4)
    return Bench(
      name: "built-in arm", robot: robot,
      assets: SceneAssets(files: [], robot: description, meshes: [:], textures: [:]), rates: rates)
  }

  /// For the card: rate and kind of dynamics.
  var setting: String { Self.setting(rates, robot.dynamics) }

  private static func setting(_ rates: Rates, _ dynamics: ArmDynamics) -> String {
    "\(rates.physics) steps a second, \(dynamics.rawValue) arm"
  }

  /// How far a card of this bench speaks for a dataset that was grown from such an instance.
  public func remark(on instance: SceneInstance) -> String {
    let own = Self.setting(instance.rates, instance.robot.dynamics)
    let rate =
      instance.rates.physics == rates.physics
      ? "" : "Bodies, friction and slopes are measured at the card's rate, not the dataset's. "
    return """
      **The grasps and joint efforts below are those of the \(name) (\(setting)), not of this dataset's robot \
      (`\(instance.robot.urdf)`, \(own)).** \(rate)\
      `seedbed physics-card --scene DATASET` measures with the dataset's own robot, rate and dynamics.
      """
  }

  /// The robot stands far away while other things are looked at.
  var aside: Bench {
    var copy = self
    copy.robot.pose.position += Vector3(-200, 0, 0)
    return copy
  }

  /// The arm's joints rub nothing: at rest dry friction carries an unknown share of what inverse dynamics asks for.
  var lossless: Bench {
    var copy = self
    for i in copy.robot.arm.indices {
      copy.robot.arm[i].damping = 0
      copy.robot.arm[i].friction = 0
    }
    return copy
  }

  /// One frame a physics step: numbers at every step.
  var stepwise: Bench {
    var copy = self
    copy.rates.control = rates.physics
    return copy
  }

  func instance(_ objects: [ObjectInstance], gravity: Vector3? = nil, gripForce: Double = 20) -> SceneInstance {
    SceneInstance(
      seed: 0, episode: 0, rates: rates, gravity: gravity ?? Vector3(0, 0, -g), robot: robot, objects: objects,
      lighting: LightingInstance(ambient: .zero, background: .zero, lights: []), cameras: [],
      task: TaskInstance(
        kind: .pickAndPlace(object: objects.first?.name ?? "", into: ""), timeLimit: 1, dwell: 0, instruction: ""),
      expert: ExpertInstance(
        approachTilt: 0, approachAzimuth: 0, gripForce: gripForce, speed: 1, graspOffset: .zero, transportHeight: 0),
      draws: [])
  }

  /// A world with the robot alone.
  public func emptyScene(with robot: RobotInstance) -> SceneInstance {
    var copy = self
    copy.robot = robot
    return copy.instance([])
  }

  func world(_ instance: SceneInstance) throws(MeasureError) -> World {
    do { return try World(instance, assets: assets, hulls: hulls) } catch { throw MeasureError("\(error)") }
  }

  /// Stay where you are, the gripper open.
  var stay: RobotCommand {
    RobotCommand(arm: robot.arm.map { Float($0.home) }, opening: Float(robot.gripper.home))
  }

  /// Frames of so many seconds.
  func frames(_ seconds: Double) -> Int { Int((seconds * Double(rates.control)).rounded()) }
}

/// Why something cannot be measured.
public struct MeasureError: Error, Sendable, Equatable, CustomStringConvertible {
  public var description: String
  public init(_ description: String) { self.description = description }
}

extension World {
  /// A frame that must go well.
  mutating func advance(_ command: RobotCommand) throws(MeasureError) {
    if case .unstable(let reason) = advanceFrame(command) { throw MeasureError("the world became unstable: \(reason)") }
  }
}
