import Diagnostics
import SeedbedRandomness
import URDF

/// What the sensors of a scene refer to.
struct SensorContext {
  let robot: RobotDescription
  let plan: RobotPlan
  let rates: Rates

  var sensed: SensedRobot {
    SensedRobot(robot, arm: plan.arm.map(\.joint), fingerJoints: plan.gripper.fingerJoints)
  }
}

extension Decoder {
  static let sensorKinds = [
    "jointState", "wrench", "fingertipForce", "taxels", "contacts", "imu", "lidar", "tcpPose", "tcpTwist", "fullState",
    "state57",
  ]
  private static let sensorKeys = ["name", "rate", "noise", "bias", "delay", "dropout"] + sensorKinds
  /// Feature names of the dataset that are taken.
  private static let takenNames = [
    "state", "velocity", "effort", "ee_pose", "images", "image", "environment_state", "language", "object_poses",
    "object_contact_forces", "object_joint_positions", "object_joint_velocities", "camera_poses", "phase",
  ]
  /// Numbers that a sensor may record in a frame.
  static let largestBlock = 4096

  /// The list of sensors, with unique names.
  func sensors(_ value: YAMLNode?, _ context: SensorContext) -> [SensorDescription] {
    guard let value, let items = list(value, "sensors", atMost: 64) else { return [] }
    var sensors: [SensorDescription] = []
    for item in items {
      if let word = item.text, !item.isNull, !Self.sensorKinds.contains(word) {
        error(item, "`\(word.prefix(40))` is no kind of sensor.", suggestion(word, Self.sensorKinds))
        continue
      }
      guard let fields = map(named(item), "a sensor", keys: Self.sensorKeys),
        let sensor = sensor(fields, context, taken: Set(sensors.map(\.name)))
      else { continue }
      sensors.append(sensor)
    }
    return sensors
  }

  /// A sensor that is written as the word for its kind has that word as its name (`joint_state` of `jointState`) and no
  /// further settings.
  private func named(_ item: YAMLNode) -> YAMLNode {
    guard let word = item.text, Self.sensorKinds.contains(word) else { return item }
    let snakeCase = word.map { $0.isUppercase ? "_" + $0.lowercased() : String($0) }.joined()
    func entry(_ key: String, _ content: YAMLNode.Content) -> YAMLNode.Entry {
      .init(key: key, keyLocation: item.location, value: YAMLNode(content: content, location: item.location))
    }
    return YAMLNode(
      content: .mapping([entry("name", .scalar(snakeCase, isPlain: false)), entry(word, .mapping([]))]),
      location: item.location)
  }

  private func sensor(_ fields: Fields, _ context: SensorContext, taken: Set<String>) -> SensorDescription? {
    guard let name = uniqueName(fields, "sensor", taken: taken) else { return nil }
    if Self.takenNames.contains(name) {
      error(
        fields["name"] ?? fields.node, "The dataset has a feature `\(name)` already.", "Call the sensor otherwise.")
    }
    let path = "sensors/\(name)"
    let example = "Write for example wrench: {}, imu: {link: NAME} or state57: {}."
    guard let (key, body) = fields.exactlyOne(of: Self.sensorKinds, example),
      let mounted = sensorKind(key, body, path, context)
    else { return nil }
    let rate = sensorRate(fields["rate"], name, context.rates)
    let kind = mounted.kind
    let width = kind.channels(context.sensed).count * (rate / context.rates.control)
    if width > Self.largestBlock {
      error(
        fields.node,
        "The sensor `\(name)` gives \(width) numbers a frame, more than \(Self.largestBlock).",
        "Lower its rate or its resolution.")
    }
    let delay =
      fields["delay"].map { number($0, "\(path)/delay", .between("the delay", "s", 0, 10)) } ?? .constant(0)
    let dropout =
      fields["dropout"].map { number($0, "\(path)/dropout", .fraction("the dropout probability")) } ?? .constant(0)
    return SensorDescription(
      name: name, kind: kind, pose: mounted.pose, isAtTool: mounted.isAtTool, rate: rate,
      errors: sensorErrors(fields, kind, path, context), delay: delay, dropout: dropout)
  }

  private func sensorRate(_ value: YAMLNode?, _ name: String, _ rates: Rates) -> Int {
    // Rates that are no multiple of each other have their own message.
    guard let value, rates.control > 0, rates.physics % rates.control == 0 else { return rates.control }
    guard let rate = wholeNumber(value, "the rate of the sensor `\(name)`", 1...10_000) else { return rates.control }
    let possible = (1...(rates.physics / rates.control)).map { $0 * rates.control }.filter { rates.physics % $0 == 0 }
    guard !possible.contains(rate) else { return rate }
    let shown = possible.suffix(12).map(String.init).joined(separator: ", ")
    error(
      value,
      "The rate of the sensor `\(name)` is \(rate), which "
        + (rates.physics % rate == 0
          ? "is no multiple of the control rate \(rates.control)."
          : "does not divide the physics rate \(rates.physics)."),
      possible.count == 1
        ? "Only \(rates.control) is possible; other rates need a faster `rates: {physics: ...}`."
        : "Possible are \(shown); or change `rates`.")
    return rates.control
  }
}
