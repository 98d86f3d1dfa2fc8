import MCAP
import ProtocolBuffers
import SeedbedDatasets
import Video

/// Which feature stands in which topic of a recording.
struct MCAPLayout {
  /// Columns that make up one stream of joints' states.
  struct Joints {
    var topic: String
    var names: [String]
    /// Columns by their place in foxglove.JointState: 2 position, 3 velocity, 5 effort.
    var parts: [(column: Int, field: Int)]

    func message(_ record: EpisodeRecord, _ frame: Int, _ time: UInt64) -> [UInt8] {
      var message = MessageWriter()
      message.timestamp(time)
      for (i, name) in names.enumerated() {
        message.message(2) { joint in
          joint.text(1, name)
          for part in parts {
            joint.double(part.field, record.columns[part.column].double(frame * names.count + i))
          }
        }
      }
      return message.bytes
    }
  }

  /// A pose among a feature's numbers.
  struct Pose {
    var column: Int, width: Int
    /// Places of x, y, z and of the quaternion's x, y, z, w.
    var places: [Int]
    var parent: String, child: String
  }

  let joints: [Joints]
  let others: [(place: Int, topic: String)]
  let poses: [Pose]
  let document: FormatDocument
  private let framesPerSecond: Double

  /// - Parameter cameras: Those that are written.
  init(_ plan: ExportPlan, cameras: [Int]) {
    let columns = plan.schema.columns
    framesPerSecond = plan.framesPerSecond
    var places: [String: String] = [:]
    var joints: [Joints] = []
    for (i, feature) in columns.enumerated() where i == plan.state || i == plan.action {
      guard feature.kind == .numbers else { continue }
      let topic = MCAPLayout.topic(feature)
      let names =
        feature.names.count == feature.width ? feature.names : (0..<feature.width).map { "\(feature.shortName)_\($0)" }
      var group = Joints(topic: topic, names: names, parts: [(i, 2)])
      places[feature.name] = topic + "#2"
      if i == plan.state {
        for (name, field) in [("observation.velocity", 3), ("observation.effort", 5)] {
          guard let other = plan.column(name), other != i, columns[other].width == feature.width,
            columns[other].kind == .numbers
          else { continue }
          group.parts.append((other, field))
          places[name] = topic + "#\(field)"
        }
      }
      joints.append(group)
    }
    let taken = Set(joints.flatMap { $0.parts.map(\.column) })
    others = columns.indices.filter { !taken.contains($0) }.map { ($0, MCAPLayout.topic(columns[$0])) }
    for (place, topic) in others { places[columns[place].name] = topic }
    for i in cameras { places[plan.schema.cameras[i].name] = "/camera/" + plan.cameraNames[i] }
    self.joints = joints
    poses = columns.enumerated().flatMap { MCAPLayout.poses($0, $1) }
    document = FormatDocument(plan, places: places)
  }

  private static func topic(_ feature: SourceFeature) -> String {
    "/" + feature.name.split(separator: ".").joined(separator: "/")
  }

  /// Seven numbers whose names are those of one pose: "ee.x", … "ee.qz".
  private static func poses(_ column: Int, _ feature: SourceFeature) -> [Pose] {
    guard feature.kind == .numbers, feature.names.count == feature.width else { return [] }
    var owners: [String] = []
    for name in feature.names where name.hasSuffix(".qw") { owners.append(String(name.dropLast(3))) }
    return owners.compactMap { owner in
      let places = ["x", "y", "z", "qx", "qy", "qz", "qw"].compactMap { feature.names.firstIndex(of: owner + "." + $0) }
      guard places.count == 7 else { return nil }
      return Pose(
        column: column, width: feature.width, places: places,
        parent: feature.name.hasPrefix("observation.") ? "base" : "world", child: owner)
    }
  }

  /// Nanoseconds.
  func time(_ frame: Int) -> UInt64 { UInt64((Double(frame) * 1e9 / framesPerSecond).rounded()) }

  func transforms(_ record: EpisodeRecord, _ frame: Int, _ time: UInt64) -> [UInt8] {
    var message = MessageWriter()
    for pose in poses {
      let values = pose.places.map { record.columns[pose.column].double(frame * pose.width + $0) }
      message.message(1) { transform in
        transform.timestamp(time)
        transform.text(2, pose.parent)
        transform.text(3, pose.child)
        transform.message(4) { for (i, value) in values[..<3].enumerated() { $0.double(i + 1, value) } }
        transform.message(5) { for (i, value) in values[3...].enumerated() { $0.double(i + 1, value) } }
      }
    }
    return message.bytes
  }

  /// A frame of a column as seedbed.Values or seedbed.Text.
  static func message(_ values: FrameValues, _ frame: Int, _ width: Int, _ time: UInt64) -> [UInt8] {
    var message = MessageWriter()
    message.timestamp(time)
    let range = frame * width..<(frame + 1) * width
    switch values {
    case .float32(let v): message.packed(2, doubles: v[range].map(Double.init))
    case .float64(let v): message.packed(2, doubles: v[range])
    case .integer(let v): message.packed(3, integers: v[range])
    case .bool(let v): message.packed(3, integers: v[range].map { $0 ? 1 : 0 })
    case .text(let v): message.text(2, v[range].joined(separator: "\n"))
    case .pictures: break
    }
    return message.bytes
  }

  /// How a camera's packets are coded, so that an import need not encode them anew.
  func coding(_ format: MovieFormat) -> [String: String] {
    let digits = Array("0123456789abcdef")
    return [
      "codec": format.codec, "width": "\(format.width)", "height": "\(format.height)",
      "pixel_format": format.pixelFormat ?? "",
      "configuration": String(format.configuration.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }),
    ]
  }
}

extension FrameValues {
  /// A number by its place; 0 of texts and pictures.
  func double(_ i: Int) -> Double {
    switch self {
    case .float32(let v): Double(v[i])
    case .float64(let v): v[i]
    case .integer(let v): Double(v[i])
    case .bool(let v): v[i] ? 1 : 0
    case .text, .pictures: 0
    }
  }
}
