import SeedbedGeometry
public import URDF

/// One number of a sensor's sample.
public struct SensorChannel: Sendable, Equatable {
  public var name: String
  public var unit: String
  public var frame: String
  /// Sign, zero, order: whatever a reader could get wrong.
  public var convention: String
  /// What noise and bias are given for; nil for what is exact.
  public var quantity: String?

  init(_ name: String, _ unit: String, _ frame: String, _ convention: String, _ quantity: String? = nil) {
    self.name = name
    self.unit = unit
    self.frame = frame
    self.convention = convention
    self.quantity = quantity
  }
}

/// The robot that sensors are on: what their channels are named after.
public struct SensedRobot: Sendable {
  /// The driven arm joints, and whether each one slides.
  var joints: [(name: String, slides: Bool)]
  /// The two finger links.
  var fingers: [String]
  /// The link where the tool begins.
  public private(set) var tool: String

  public init(_ robot: RobotDescription, arm: [String], fingerJoints: [String]) {
    joints = arm.map { name in
      (name, robot.jointIndex(name).map { robot.joints[$0].kind == .prismatic } ?? false)
    }
    fingers = fingerJoints.map { name in
      robot.jointIndex(name).map { robot.links[robot.joints[$0].child].name } ?? name
    }
    tool = robot.toolLink(fingerJoints: fingerJoints, arm: arm).map { robot.links[$0].name } ?? ""
  }

  public init(_ description: RobotDescription, _ instance: RobotInstance) {
    self.init(description, arm: instance.arm.map(\.joint), fingerJoints: instance.gripper.fingerJoints)
  }
}

extension SensorKind {
  /// The numbers of one sample, in their order.
  public func channels(_ robot: SensedRobot) -> [SensorChannel] {
    switch self {
    case .jointState:
      let joints = [robot.positions, robot.velocities, robot.efforts, robot.commandedEfforts]
      return joints.flatMap { $0 } + robot.gripper + [.gripForce]
    case .wrench(let link, let axes): return Self.wrench("", of: link, axes)
    case .fingertipForce(let axes): return robot.fingertips(axes)
    case .taxels(let rows, let columns, _):
      return robot.fingers.enumerated().flatMap { number, link in
        (0..<rows).flatMap { row in
          (0..<columns).map { column in
            SensorChannel(
              "finger\(number + 1).\(row).\(column)", "N", "pad of \(link)",
              "normal force on the cell, never negative without noise; row (from the palm to the tip), column (along the pad's y)",
              "force")
          }
        }
      }
    case .contacts(let slots): return Self.contacts(slots)
    case .imu(let link): return Self.imu("sensor frame on \(link)")
    case .lidar(let link, let azimuth, let elevation, let minimum, let maximum):
      let frame = link.map { "sensor frame on \($0)" } ?? "sensor frame in the world"
      let elevations = elevation.values, azimuths = azimuth.values
      return elevations.indices.flatMap { row in
        azimuths.indices.map { column in
          SensorChannel(
            "\(row).\(column)", "m", frame,
            "distance along the beam at azimuth \(azimuths[column]) rad (x forward, y left), elevation \(elevations[row]) rad (z up); "
              + "0 = no return between \(minimum) and \(maximum)", "range")
        }
      }
    case .tcpPose: return Self.tcpPoseChannels
    case .tcpTwist(let axes): return Self.twist(axes)
    case .fullState:
      let joints = [robot.positions, robot.velocities, robot.efforts, robot.commands]
      let tool = [Self.wrench("wrist.", of: robot.tool, .sensor), Self.tcpPoseChannels, Self.twist(.base)]
      let hand = [robot.gripper, robot.fingertips(.sensor), Self.flags]
      return (joints + tool + hand).flatMap { $0 }
    }
  }

  static func axisNames(_ prefix: String) -> [String] { ["x", "y", "z"].map { prefix + $0 } }

  private static func wrench(_ prefix: String, of link: String, _ axes: SensorAxes) -> [SensorChannel] {
    let frame = axes.frame(own: "sensor frame on \(link)")
    let sign = "exerted by \(link) and all it carries on the sensor (at rest: along gravity)"
    let forces = axisNames(prefix + "f").map { SensorChannel($0, "N", frame, "force " + sign, "force") }
    let torques = axisNames(prefix + "t").map {
      SensorChannel($0, "Nm", frame, "torque about the sensor's origin, " + sign, "torque")
    }
    return forces + torques
  }

  private static func imu(_ frame: String) -> [SensorChannel] {
    let force = "specific force (acceleration less gravity): at rest 9.81 upwards"
    let accelerations = axisNames("a").map { SensorChannel($0, "m/s²", frame, force, "acceleration") }
    let rates = axisNames("w").map { SensorChannel($0, "rad/s", frame, "angular velocity", "angularVelocity") }
    return accelerations + rates
  }

  private static func contacts(_ slots: Int) -> [SensorChannel] {
    let number = "number of the body, see the feature's summary; -1 = empty slot"
    var channels = [SensorChannel("count", "1", "none", "pairs of bodies that touch, also beyond the slots")]
    func vector(_ prefix: String, _ unit: String, _ convention: String) {
      for name in axisNames(prefix) { channels.append(SensorChannel(name, unit, "world", convention)) }
    }
    for slot in 0..<slots {
      for which in ["first", "second"] { channels.append(SensorChannel("\(slot).\(which)", "1", "none", number)) }
      vector("\(slot).p", "m", "force-weighted middle of the pair's contact points")
      vector("\(slot).n", "1", "unit normal, from second into first")
      vector("\(slot).f", "N", "force on first from second, friction included")
      channels.append(
        SensorChannel("\(slot).normal_force", "N", "none", "sum of the normal forces, never negative"))
    }
    return channels
  }

  private static var tcpPoseChannels: [SensorChannel] {
    let frame = "robot base (root link)", what = "tool centre point (z out of the hand, y closing direction)"
    let turn = "orientation of the \(what), unit quaternion, scalar first; \(Quaternion.recordedSign)"
    let places = axisNames("tcp.").map { SensorChannel($0, "m", frame, "position of the \(what)") }
    let turns = ["qw", "qx", "qy", "qz"].map { SensorChannel("tcp.\($0)", "1", frame, turn) }
    return places + turns
  }

  private static func twist(_ axes: SensorAxes) -> [SensorChannel] {
    let frame = axes.frame(own: "tool centre point")
    let velocity = "velocity of the tool centre point relative to the world"
    let linear = axisNames("tcp.v").map { SensorChannel($0, "m/s", frame, velocity, "linear") }
    let angular = axisNames("tcp.w").map {
      SensorChannel($0, "rad/s", frame, "angular velocity of the tool", "angular")
    }
    return linear + angular
  }

  private static var flags: [SensorChannel] {
    [
      SensorChannel(
        "pads_touch", "1", "gripper", "1 where each finger feels a force of at least 0.1 N, else 0"),
      SensorChannel(
        "grip_holds", "1", "gripper",
        "1 where the gripper squeezes with at least half its grip force, slower than 5 mm/s and at least 1 mm wider than "
          + "commanded, else 0"),
    ]
  }
}

extension SensedRobot {
  fileprivate var positions: [SensorChannel] {
    joints.map {
      SensorChannel($0.name + ".pos", $0.slides ? "m" : "rad", "joint", "URDF sign and zero, absolute", "position")
    }
  }
  fileprivate var velocities: [SensorChannel] {
    joints.map { SensorChannel($0.name + ".vel", $0.slides ? "m/s" : "rad/s", "joint", "URDF sign", "velocity") }
  }
  fileprivate var efforts: [SensorChannel] {
    joints.map {
      SensorChannel(
        $0.name + ".effort", $0.slides ? "N" : "Nm", "joint", "applied; " + ArmJointInstance.effortConvention, "effort")
    }
  }
  fileprivate var commandedEfforts: [SensorChannel] {
    joints.map {
      SensorChannel(
        $0.name + ".effort_commanded", $0.slides ? "N" : "Nm", "joint",
        "as effort, also on the link side, but what the servo asked for before its limit")
    }
  }
  fileprivate var commands: [SensorChannel] {
    joints.map {
      SensorChannel(
        $0.name + ".command", $0.slides ? "m" : "rad", "joint",
        "position that the controller is told to have at this instant: the command before this frame's action")
    }
  }
  fileprivate var gripper: [SensorChannel] {
    [
      SensorChannel("gripper.opening", "m", "gripper", "distance between the pads; 0 = closed", "opening"),
      SensorChannel("gripper.vel", "m/s", "gripper", "positive = opening", "openingVelocity"),
    ]
  }
  fileprivate func fingertips(_ axes: SensorAxes) -> [SensorChannel] {
    fingers.enumerated().flatMap { number, link in
      SensorKind.axisNames("finger\(number + 1).f").map {
        SensorChannel(
          $0, "N", axes.frame(own: "link \(link)"), "force on the finger from all that it touches", "fingertipForce")
      }
    }
  }
}

extension SensorChannel {
  fileprivate static let gripForce = SensorChannel(
    "gripper.force", "N", "gripper", "positive = squeezing", "gripForce")
}

extension SensorAxes {
  fileprivate func frame(own: String) -> String {
    switch self {
    case .sensor: own
    case .base: "robot base (root link)"
    case .world: "world"
    case .tcp: "tool centre point"
    }
  }
}
