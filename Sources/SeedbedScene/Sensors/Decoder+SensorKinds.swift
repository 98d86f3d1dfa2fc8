import Diagnostics
import SeedbedRandomness
import URDF

extension Decoder {
  /// What a sensor measures and where it sits.
  struct MountedKind {
    var kind: SensorKind
    var pose = PoseDescription.identity
    var isAtTool = false
  }

  func sensorKind(_ key: String, _ body: YAMLNode, _ path: String, _ context: SensorContext) -> MountedKind? {
    // `wrench:` without a value is `wrench: {}`.
    let body = body.isNull ? YAMLNode(content: .mapping([]), location: body.location) : body
    func fields(_ keys: [String]) -> Fields? {
      guard !keys.isEmpty || body.entries?.isEmpty != true else {
        return Fields(node: body, what: "the sensor", decoder: self)
      }
      if keys.isEmpty {
        error(body, "Here stands \(body.kind), but `\(key)` has no settings.", "Write \(key): {}.")
        return nil
      }
      return map(body, "`\(key)`", keys: keys)
    }
    switch key {
    case "jointState": return fields([]).map { _ in MountedKind(kind: .jointState) }
    case "tcpPose": return fields([]).map { _ in MountedKind(kind: .tcpPose) }
    case "fullState": return fields([]).map { _ in MountedKind(kind: .fullState) }
    case "state57":
      guard fields([]) != nil else { return nil }
      let joints = context.plan.arm.count
      if joints != 7 {
        error(
          body, "`state57` is for arms with 7 joints, but this one has \(joints).",
          "Write `fullState`: the same for any arm, here with \(4 * joints + 29) values.")
      }
      return MountedKind(kind: .fullState)
    case "tcpTwist":
      return fields(["axes"]).map { MountedKind(kind: .tcpTwist(axes: axes($0, .base, [.base, .world, .tcp]))) }
    case "fingertipForce":
      return fields(["axes"]).map {
        MountedKind(kind: .fingertipForce(axes: axes($0, .sensor, SensorAxes.allCases)))
      }
    case "wrench":
      guard let fields = fields(["link", "pose", "axes"]) else { return nil }
      let link = fields["link"].map { self.link($0, context) } ?? context.sensed.tool
      return MountedKind(
        kind: .wrench(link: link, axes: axes(fields, .sensor, SensorAxes.allCases)), pose: pose(fields, path))
    case "imu":
      guard let fields = fields(["link", "mount", "pose"]) else { return nil }
      let mount = mount(fields, context)
      return MountedKind(
        kind: .imu(link: mount.link ?? context.sensed.tool), pose: pose(fields, path), isAtTool: mount.isAtTool)
    case "lidar":
      return fields(["link", "mount", "pose", "azimuth", "elevation", "range"]).map { lidar($0, path, context) }
    case "taxels": return fields(["rows", "columns", "size"]).map { MountedKind(kind: taxels($0)) }
    case "contacts":
      return fields(["slots"]).map {
        MountedKind(kind: .contacts(slots: $0["slots"].flatMap { wholeNumber($0, "the number of slots", 1...64) } ?? 8))
      }
    default: return nil
    }
  }

  private func taxels(_ fields: Fields) -> SensorKind {
    func count(_ key: String, _ standard: Int) -> Int {
      fields[key].flatMap { wholeNumber($0, "the number of \(key)", 1...64) } ?? standard
    }
    var size: [Double]?
    if let node = fields["size"], let items = list(node, "the size", count: 2) {
      let sides = items.compactMap { plainNumber($0, "a side of the grid") }
      if sides.count == 2 {
        if sides.allSatisfy({ (1e-3...1).contains($0) }) {
          size = sides
        } else {
          error(
            node, "The grid is \(sides[0].short) m by \(sides[1].short) m, but sides must be from 0.001 to 1 m.",
            "Write [along, across] in metres.")
        }
      }
    }
    return .taxels(rows: count("rows", 4), columns: count("columns", 4), size: size)
  }

  private func lidar(_ fields: Fields, _ path: String, _ context: SensorContext) -> MountedKind {
    let mount = mount(fields, context)
    let azimuth = fields.required("azimuth", "Write for example azimuth: {from: -1.57, to: 1.57, count: 181}.").flatMap
    {
      beams($0, "azimuth")
    }
    let elevation = fields["elevation"].flatMap { beams($0, "elevation") }
    var range = (0.05, 10.0)
    if let node = fields["range"], let items = list(node, "the range", count: 2),
      let least = plainNumber(items[0], "the shortest range"), let most = plainNumber(items[1], "the longest range")
    {
      if least >= 0, least < most, most <= 1000 {
        range = (least, most)
      } else {
        error(
          node, "The range goes from \(least.short) to \(most.short) m.", "Write [shortest, longest], 0 to 1000 m.")
      }
    }
    var table = (azimuth: azimuth ?? .listed([0]), elevation: elevation ?? .listed([0]))
    if table.azimuth.count * table.elevation.count > Self.largestBlock {
      error(
        fields.node,
        "The lidar has \(table.azimuth.count) by \(table.elevation.count) beams, more than \(Self.largestBlock).",
        "Use fewer.")
      table = (.listed([0]), .listed([0]))
    }
    return MountedKind(
      kind: .lidar(
        link: mount.link, azimuth: table.azimuth, elevation: table.elevation, minimum: range.0,
        maximum: range.1), pose: pose(fields, path), isAtTool: mount.isAtTool)
  }

  /// One angle, a list of angles, or evenly spaced ones.
  private func beams(_ value: YAMLNode, _ what: String) -> BeamAngles? {
    func angle(_ node: YAMLNode) -> Double? {
      let isDegrees = node.onlyEntry?.key == "degrees"
      guard let number = plainNumber(node.onlyEntry.flatMap { isDegrees ? $0.value : nil } ?? node, "the \(what)")
      else {
        return nil
      }
      let radians = isDegrees ? number * Double.pi / 180 : number
      guard abs(radians) <= 6.5 else {
        error(node, "The \(what) is \(radians.short) rad.", "Write radians from -6.5 to 6.5, or {degrees: a}.")
        return nil
      }
      return radians
    }
    if let items = value.items {
      guard (1...Self.largestBlock).contains(items.count) else {
        error(value, "There are \(items.count) angles.", "Write 1 to \(Self.largestBlock).")
        return nil
      }
      let angles = items.compactMap { angle($0) }
      return angles.count == items.count ? .listed(angles) : nil
    }
    guard value.entries != nil, value.onlyEntry?.key != "degrees" else { return angle(value).map { .listed([$0]) } }
    let example = "Write {from: a, to: b, count: n}."
    guard let fields = map(value, "the \(what)", keys: ["from", "to", "count"]),
      let from = fields.required("from", example).flatMap({ angle($0) }),
      let to = fields.required("to", example).flatMap({ angle($0) }),
      let count = fields.required("count", example).flatMap({
        wholeNumber($0, "the number of beams", 1...Self.largestBlock)
      })
    else { return nil }
    return .even(from: from, to: to, count: count)
  }

  private func pose(_ fields: Fields, _ path: String) -> PoseDescription {
    fields["pose"].flatMap { pose($0, "\(path)/pose", "the sensor's pose") } ?? .identity
  }

  private func axes(_ fields: Fields, _ standard: SensorAxes, _ allowed: [SensorAxes]) -> SensorAxes {
    guard let node = fields["axes"] else { return standard }
    if let word = node.text, let axes = SensorAxes(rawValue: word), allowed.contains(axes) { return axes }
    error(
      node, "Here stands \(node.kind), but the axes are one of \(allowed.map(\.rawValue).joined(separator: ", ")).",
      "Write `axes: \(standard.rawValue)`.")
    return standard
  }

  /// The link that the scene names; a problem where the robot has none such.
  private func link(_ value: YAMLNode, _ context: SensorContext) -> String {
    guard let name = text(value, "the link") else { return context.sensed.tool }
    let names = context.robot.links.map(\.name)
    if !names.contains(name) {
      error(
        value, "The sensor is on `\(name)`, but the robot `\(context.robot.name)` has no such link.",
        suggestion(name, names))
    }
    return name
  }

  private func mount(_ fields: Fields, _ context: SensorContext) -> (link: String?, isAtTool: Bool) {
    let link = fields["link"].map { self.link($0, context) }
    guard let node = fields["mount"] else { return (link, false) }
    guard link == nil else {
      error(fields.node, "A sensor has both `link` and `mount`.", "Keep one of them.")
      return (link, false)
    }
    guard node.text == "tcp" else {
      error(
        node, "Here stands \(node.kind), but a mount is `tcp`.", "Write `mount: tcp`, or name a link: `link: NAME`.")
      return (nil, false)
    }
    return (context.plan.tcpLink, true)
  }
}
