import SeedbedEpisodes
import SeedbedScene
import URDF

/// What a scene's sensors give: one feature a sensor, its samples of a frame one after the other.
func sensorFeatures(_ instance: SceneInstance, _ description: RobotDescription) -> [Feature] {
  let robot = SensedRobot(description, instance.robot)
  return (instance.sensors ?? []).map { sensor in
    let count = sensor.samplesPerFrame(instance.rates)
    let channels = sensor.kind.channels(robot)
    let dimensions = (0..<count).flatMap { sample in
      channels.map { channel in
        Dimension(
          name: count == 1 ? channel.name : "\(channel.name)@\(sample)", unit: channel.unit, frame: channel.frame,
          convention: channel.convention)
      }
    }
    return Feature(
      name: sensor.featureName, dataType: .float32, dimensions: dimensions,
      summary: [
        sensor.kind.summary(description, instance), timing(sensor, count, channels.count, instance.rates),
        errors(sensor),
      ].compactMap { $0 }.joined(separator: " "))
  }
}

/// Which instants a block covers.
private func timing(_ sensor: SensorInstance, _ count: Int, _ width: Int, _ rates: Rates) -> String {
  guard count > 1 else { return "Sampled at the frame's timestamp, before the action acts." }
  return "\(sensor.rate) samples a second, \(count) a frame, sample after sample (\(width) numbers each, reshape to "
    + "[\(count), \(width)]): NAME@j is the sample (\(count - 1) - j) / \(sensor.rate) s before the frame's timestamp, "
    + "NAME@\(count - 1) that at the timestamp itself. In an episode's first frame all repeat the sample at 0 s."
}

private func errors(_ sensor: SensorInstance) -> String? {
  sensor.errors.isEmpty && sensor.delay == 0 && sensor.dropout == 0
    ? nil
    : "With noise, bias, delay or dropouts: their sizes stand under `sensors` in each episode's instance, and where "
      + "they are drawn in the columns draw.sensors/\(sensor.name)/... of meta/episodes."
}

extension SensorKind {
  fileprivate func summary(_ robot: RobotDescription, _ instance: SceneInstance) -> String {
    switch self {
    case .jointState: "Joint positions, velocities and efforts, and the gripper."
    case .wrench(let link, _):
      "Force-torque sensor between \(link) and what carries it: the wrench that the load exerts on the sensor."
    case .fingertipForce: "Force on each finger from all that it touches."
    case .taxels(let rows, let columns, _):
      "Normal forces on a grid of \(rows) by \(columns) cells on each finger's pad; the cells of a pad add up to the normal "
        + "force on its front."
    case .contacts(let slots):
      "The \(slots) strongest contacts, strongest first, all points of a pair of bodies taken together; force and point over the "
        + "last physics step. Bodies: " + names(robot, instance) + "."
    case .imu(let link): "Inertial measurement unit on \(link)."
    case .lidar(let link, _, _, _, _):
      "Lidar " + (link.map { "on \($0)" } ?? "fixed in the world")
        + ": distances to the shapes that collide, without those of its own link."
    case .tcpPose: "Pose of the tool centre point in the robot's base frame."
    case .tcpTwist: "Velocity and angular velocity of the tool centre point."
    case .fullState: "Everything that a robot with a force-torque sensor and tactile fingers knows of itself."
    }
  }

  private func names(_ robot: RobotDescription, _ instance: SceneInstance) -> String {
    (robot.links.map(\.name) + instance.objects.map(\.name)).enumerated().map { "\($0) = \($1)" }
      .joined(separator: ", ")
  }
}
