import SeedbedGeometry
import SeedbedMath
import SeedbedPhysics
import SeedbedScene
import URDF

/// Reads one sensor's true numbers from a world.
struct SensorReader {
  private enum Source {
    case jointState
    case wrench(WrenchSource)
    case fingertips(FingertipSource)
    case taxels(TaxelSource)
    case contacts(ContactSource)
    case imu(link: Int)
    case lidar(LidarSource)
    case tcpPose
    case tcpTwist(SensorAxes)
    case fullState(FullStateSource)
  }

  let channels: [SensorChannel]
  private let source: Source
  private var frame: SensedFrame

  init(_ sensor: SensorInstance, _ instance: SceneInstance, _ assets: SceneAssets) throws(SensorProblem) {
    let robot = assets.robot
    func link(_ name: String) throws(SensorProblem) -> Int {
      guard let index = robot.linkIndex(name) else {
        throw SensorProblem(reason: "is on the link \"\(name)\", which the robot does not have")
      }
      return index
    }
    let sensed = SensedRobot(robot, instance.robot)
    channels = sensor.kind.channels(sensed)
    frame = SensedFrame(pose: sensor.pose.normalized, base: instance.robot.pose, gravity: instance.gravity)
    switch sensor.kind {
    case .jointState: source = .jointState
    case .wrench(let name, let axes): source = .wrench(WrenchSource(link: try link(name), axes: axes))
    case .fingertipForce(let axes):
      source = .fingertips(FingertipSource(robot, instance.robot, axes))
    case .taxels(let rows, let columns, let size):
      source = .taxels(try TaxelSource(robot, instance.robot, assets.meshes, rows, columns, size))
    case .contacts(let slots): source = .contacts(ContactSource(slots: slots, links: robot.links.count))
    case .imu(let name): source = .imu(link: try link(name))
    case .lidar(let name, let azimuth, let elevation, let minimum, let maximum):
      var mount: Int?
      if let name { mount = try link(name) }
      source = .lidar(LidarSource(link: mount, azimuth.values, elevation.values, minimum, maximum))
    case .tcpPose: source = .tcpPose
    case .tcpTwist(let axes): source = .tcpTwist(axes)
    case .fullState:
      source = .fullState(
        FullStateSource(
          wrench: WrenchSource(link: try link(sensed.tool), axes: .sensor),
          fingertips: FingertipSource(robot, instance.robot, .sensor)))
    }
  }

  var needsContacts: Bool {
    switch source {
    case .wrench, .fingertips, .taxels, .contacts, .fullState: true
    case .jointState, .imu, .lidar, .tcpPose, .tcpTwist: false
    }
  }

  /// One number a channel. `contacts`: those of the world, where they are needed.
  mutating func read(_ world: borrowing World, _ contacts: [ContactPoint]) -> [Double] {
    switch source {
    case .jointState:
      [
        world.armPositions, world.armVelocities, world.armEfforts, world.armEffortsCommanded,
        [world.gripperOpening, world.gripperVelocity, world.gripForce],
      ].flatMap { $0 }
    case .wrench(let source): source.read(world, contacts, frame)
    case .fingertips(let source): source.read(world, contacts, frame)
    case .taxels(let source): source.read(world, contacts)
    case .contacts(let source): source.read(contacts)
    case .imu(let link): frame.motion(world, link)
    case .lidar(let source): source.read(world, frame)
    case .tcpPose: frame.tcpPose(world)
    case .tcpTwist(let axes): frame.tcpTwist(world, axes)
    case .fullState(let source): source.read(world, contacts, &frame)
    }
  }
}

/// A sensor's own frame and the frames that its numbers may be given in.
struct SensedFrame {
  /// In what carries the sensor.
  let pose: Pose
  /// Of the robot's root link in the world.
  let base: Pose
  let gravity: Vector3
  /// Of the tool centre point in the sample before.
  private var lastTurn: Quaternion?

  init(pose: Pose, base: Pose, gravity: Vector3) {
    (self.pose, self.base, self.gravity) = (pose, base, gravity)
  }

  /// From the world's axes into others; `own`: the sensor's frame in the world.
  func turn(_ world: borrowing World, _ axes: SensorAxes, own: Pose) -> Quaternion {
    switch axes {
    case .sensor: own.orientation.conjugate
    case .base: base.orientation.conjugate
    case .world: .identity
    case .tcp: world.tcpPose.orientation.conjugate
    }
  }

  /// Specific force and angular velocity.
  func motion(_ world: borrowing World, _ link: Int) -> [Double] {
    let own = world.linkPose(link) * pose
    let turn = own.orientation.conjugate
    let force = turn.rotate(world.linkAcceleration(link, at: own.position) - gravity)
    let spin = turn.rotate(world.linkVelocity(link, at: own.position).angular)
    return force.numbers + spin.numbers
  }

  mutating func tcpPose(_ world: borrowing World) -> [Double] {
    let tcp = base.inverse * world.tcpPose
    let q = tcp.orientation.recorded(after: lastTurn)
    lastTurn = q
    return tcp.position.numbers + [q.w, q.x, q.y, q.z]
  }

  func tcpTwist(_ world: borrowing World, _ axes: SensorAxes) -> [Double] {
    let twist = world.tcpTwist
    let turn = turn(world, axes, own: world.tcpPose)
    return turn.rotate(twist.linear).numbers + turn.rotate(twist.angular).numbers
  }
}

extension Vector3 {
  var numbers: [Double] { [x, y, z] }
}

extension Pose {
  var normalized: Pose { Pose(position, orientation.normalized) }
}
