import MCAP
import SeedbedDatasets
import Video

/// What a recording of unknown origin holds: its topics as features.
struct MCAPSurvey {
  private(set) var columns: [MCAPColumn] = []
  private(set) var cameras: [(topic: String, feature: SourceFeature)] = []
  /// Of the slowest camera; nil without any.
  private(set) var framesPerSecond: Double?

  init(
    _ file: MCAPRecording, _ channels: [MCAPChannel], _ options: ExportOptions, _ remarks: inout Remarks
  ) throws(DatasetError) {
    for channel in channels where MCAPContent.reader(channel) == nil {
      remarks.leaveOut(
        "topic '\(channel.topic)'",
        because: "messages of \(channel.schema?.name ?? "no type") (\(channel.messageEncoding)) are not read")
    }
    var firsts: [String: MCAPContent] = [:]
    var quantities: [String: JointNames] = [:]
    var spans: [String: MCAPGrid.Span] = [:]
    try file.scan(nil) { topic, time, content throws(DatasetError) in
      if firsts[topic] == nil { firsts[topic] = content }
      if case .joints(let names, let position, let velocity, let effort) = content {
        quantities[topic, default: .init()].add(names, position, velocity, effort)
      }
      spans[topic, default: .init()].add(time)
    }
    let joints = firsts.keys.sorted().filter { if case .joints = firsts[$0] { true } else { false } }
    let isCommand = { (topic: String) in
      ["action", "command", "cmd", "target", "desired", "leader", "master"].contains { topic.lowercased().contains($0) }
    }
    let states = joints.filter { !isCommand($0) }, commands = joints.filter(isCommand)
    for topic in firsts.keys.sorted() {
      switch firsts[topic] {
      case .joints:
        let base =
          states == [topic]
          ? "observation.state" : commands == [topic] ? "action" : "observation." + MCAPSurvey.name(topic)
        for (quantity, suffix) in [(2, ""), (3, ".velocity"), (5, ".effort")] {
          guard let names = quantities[topic]?.of[quantity] else { continue }
          let name =
            base == "observation.state" && quantity > 2 ? "observation" + suffix : base + suffix
          columns.append(
            MCAPColumn(
              topic: topic, quantity: quantity, joints: names,
              feature: .values(name, "float32", shape: [names.count], names: names)))
        }
      case .values(let numbers, let integers):
        let name = isCommand(topic) && commands.isEmpty ? "action" : "observation." + MCAPSurvey.name(topic)
        let width = max(numbers.count, integers.count)
        guard width > 0 else { continue }
        columns.append(
          MCAPColumn(
            topic: topic, quantity: nil,
            feature: .values(name, numbers.isEmpty ? "int64" : "float32", shape: [width])))
      case .image(let bytes):
        let size = try FramePicture.size(bytes, subject: file.path)
        try add(topic, size)
      case .video(let bytes, let codec, _):
        let size = try MCAPSurvey.size(bytes, codec, file.path)
        try add(topic, size)
      case .text, nil: continue
      }
    }
    guard !columns.isEmpty || !cameras.isEmpty else {
      throw DatasetError(
        .unsupported, path: file.path,
        "it has no topic that is read: joints' states, numbers, compressed pictures or video")
    }
    let rates = cameras.compactMap { camera in
      spans[camera.topic].flatMap { span in
        span.count > 1 && span.last > span.first ? Double(span.count - 1) * 1e9 / Double(span.last - span.first) : nil
      }
    }
    framesPerSecond = rates.min().map { max(1, $0.rounded()) }
    if let rate = framesPerSecond, options.framesPerSecond == nil {
      remarks.note("\(Int(rate)) frames a second, the slowest camera's rate, are taken; --fps gives another")
    }
    let names = columns.map(\.feature.name) + cameras.map(\.feature.name)
    if let twice = names.first(where: { name in names.count { $0 == name } > 1 }) {
      throw DatasetError(.unsupported, path: file.path, "two of its topics would become '\(twice)'")
    }
  }

  private mutating func add(_ topic: String, _ size: (width: Int, height: Int)) throws(DatasetError) {
    let parts = topic.split(separator: "/").map(String.init)
    let telling = parts.filter {
      !["camera", "image", "image_raw", "compressed", "color", "rgb", "video"].contains($0)
    }
    let name = (telling.isEmpty ? parts : telling).joined(separator: "_")
    cameras.append((topic, .video("observation.images." + name, height: size.height, width: size.width)))
  }

  private static func size(_ bytes: [UInt8], _ codec: String, _ path: String) throws(DatasetError) -> (
    width: Int, height: Int
  ) {
    do throws(VideoError) {
      return try StreamSize.of(bytes, codec: codec, subject: path)
    } catch {
      throw DatasetError(error)
    }
  }

  private static func name(_ topic: String) -> String {
    let name = topic.split(separator: "/").joined(separator: ".")
    return name.hasPrefix("observation.") ? String(name.dropFirst("observation.".count)) : name
  }
}

/// The joints of a topic that messages say a quantity of, in the order in which they came up; one message need not have all.
private struct JointNames {
  private(set) var of: [Int: [String]] = [:]
  private var last: [Int: [String]] = [:]

  mutating func add(_ names: [String], _ position: [Double?], _ velocity: [Double?], _ effort: [Double?]) {
    for quantity in [2, 3, 5] {
      let values = MCAPColumn.values(quantity, position, velocity, effort)
      if values.isEmpty || last[quantity] == names && !values.contains(nil) { continue }
      last[quantity] = names
      for (name, value) in zip(names, values) where value != nil && of[quantity]?.contains(name) != true {
        of[quantity, default: []].append(name)
      }
    }
  }
}
