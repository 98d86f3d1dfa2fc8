extension SourceFeature {
  private static let file = "meta/info.json"

  /// Reads an entry of `features`; what is wrong with it goes to `findings`. nil where it cannot be used at all.
  init?(_ member: JSONValue.Member, findings: inout FindingList) {
    let name = member.name
    func fail(_ message: String, _ remedy: String) {
      findings.error("feature-entry", SourceFeature.file, feature: name, message, remedy)
    }
    guard findings.holds(!name.isEmpty && !name.contains("/") && !name.hasPrefix(".") && !name.utf8.contains(0)) else {
      fail("a feature's name must not be empty, begin with '.' or contain '/'.", "Rename the feature.")
      return nil
    }
    guard let type = member.value["dtype"]?.string else {
      fail("it has no 'dtype' that is a text.", "Write for example \"dtype\": \"float32\".")
      return nil
    }
    guard let entries = member.value["shape"]?.array,
      case let shape = entries.compactMap(\.integer), shape.count == entries.count
    else {
      fail("its 'shape' is no list of whole numbers.", "Write for example \"shape\": [7].")
      return nil
    }
    let isPicture = type == "video" || type == "image"
    guard findings.holds(SourceFeature.isPossible(shape, atMost: isPicture ? 1 << 32 : 1 << 20)) else {
      fail("its shape \(shape) makes no sense.", "Give the extents of one frame's value, each at least 1.")
      return nil
    }
    let names = member.value["names"].map(SourceFeature.flat) ?? []
    self.init(
      name: name, dataType: type, shape: shape, names: names, picture: nil,
      coding: SourceFeature.coding(member.value), json: member.value)
    if isPicture { picture = SourceFeature.pictureShape(shape, names, isDepth: SourceFeature.isDepth(member.value)) }
    checkShape(member.value["names"], &findings)
  }

  /// An empty shape is a single number, as NumPy has it.
  private static func isPossible(_ shape: [Int], atMost limit: Int) -> Bool {
    var size = 1
    for extent in shape {
      guard (1...65536).contains(extent), size <= limit else { return false }
      size *= extent
    }
    return size <= limit
  }

  private func checkShape(_ written: JSONValue?, _ findings: inout FindingList) {
    if kind == .other && dataType != "language" {
      findings.error(
        "feature-type", SourceFeature.file, feature: name, "the data type '\(dataType)' is unknown.",
        "Use a NumPy type such as float32 or int64, 'bool', 'string', 'image' or 'video'.")
    }
    if kind == .video || kind == .pictures {
      if !findings.holds(shape.count == 3 && names.count == 3) {
        findings.error(
          "picture-shape", SourceFeature.file, feature: name,
          "shape \(shape) and names \(names) should both be of length 3 (policies look for the channels in names[2]).",
          "Write for example shape [480, 640, 3] and names [\"height\", \"width\", \"channels\"].")
      } else if !findings.holds(picture.map { [1, 3, 4].contains($0.channels) } ?? false) {
        findings.error(
          "picture-shape", SourceFeature.file, feature: name,
          "shape \(shape) with names \(names) has \(picture?.channels ?? 0) channels.",
          "Put shape and names into the same order.")
      }
    } else if shape.count == 1, !names.isEmpty, !findings.holds(names.count == shape[0]) {
      let message = "it has \(names.count) names for shape \(shape)."
      let remedy = "Give one name for each dimension, or null."
      // Some converters name a whole vector once.
      if names.count == 1 {
        findings.warning("feature-names", SourceFeature.file, feature: name, message, remedy)
      } else {
        findings.error("feature-names", SourceFeature.file, feature: name, message, remedy)
      }
    }
    if let written, !written.isNames {
      findings.error(
        "feature-names", SourceFeature.file, feature: name, "its names are neither a list, an object nor null.",
        "Give one name for each dimension, or null.")
    }
  }

  /// The leaves of names in lists, lists in lists, or an object of lists.
  static func flat(_ names: JSONValue) -> [String] {
    switch names {
    case .string(let name): [name]
    case .integer(let number): ["\(number)"]
    case .array(let values): values.flatMap(flat)
    // An object from a name to its place: {"joint1": 0}. Else lists under headings: {"motors": ["joint1"]}.
    case .object(let members):
      members.flatMap { member in member.value.integer == nil ? flat(member.value) : [member.name] }
    default: []
    }
  }

  private static func pictureShape(_ shape: [Int], _ names: [String], isDepth: Bool) -> PictureShape? {
    guard shape.count == 3 else { return nil }
    let lower = names.map { $0.lowercased() }
    func extent(_ prefix: String) -> Int? {
      lower.count == 3 ? lower.firstIndex { $0.hasPrefix(prefix) }.map { shape[$0] } : nil
    }
    if let height = extent("height"), let width = extent("width") {
      return PictureShape(
        height: height, width: width, channels: extent("channel") ?? extent("rgb") ?? shape[2], isDepth: isDepth)
    }
    // Without names: older data have the channels in front.
    let isChannelFirst = [1, 3].contains(shape[0]) && ![1, 3].contains(shape[2])
    return isChannelFirst
      ? PictureShape(height: shape[1], width: shape[2], channels: shape[0], isDepth: isDepth)
      : PictureShape(height: shape[0], width: shape[1], channels: shape[2], isDepth: isDepth)
  }

  private static func information(_ entry: JSONValue) -> JSONValue? {
    [entry["info"], entry["video_info"]].compactMap { $0 }.first { !($0.members ?? []).isEmpty }
  }

  private static func isDepth(_ entry: JSONValue) -> Bool {
    let info = information(entry)
    return (info?["is_depth_map"] ?? info?["video.is_depth_map"])?.bool ?? false
  }

  private static func coding(_ entry: JSONValue) -> VideoCoding? {
    guard let info = information(entry) else { return nil }
    return VideoCoding(
      codec: info["video.codec"]?.string, pixelFormat: info["video.pix_fmt"]?.string,
      framesPerSecond: info["video.fps"]?.number, height: info["video.height"]?.integer,
      width: info["video.width"]?.integer, channels: info["video.channels"]?.integer,
      hasAudio: (info["has_audio"] ?? info["video.has_audio"])?.bool)
  }
}

extension JSONValue {
  fileprivate var isNames: Bool {
    switch self {
    case .null, .array, .object: true
    default: false
    }
  }
}
