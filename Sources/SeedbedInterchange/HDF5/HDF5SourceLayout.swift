import HDF5
import SeedbedDatasets

/// What is known of HDF5 recordings beyond their trees: where the episodes are, how datasets are called, and what the files
/// say about themselves.
struct HDF5SourceLayout {
  enum Kind { case robomimic, aloha }

  var kind: Kind
  var episodes: [HDF5Episode]
  var document: FormatDocument?
  var masks: [HDF5Mask] = []
  var framesPerSecond: Double?
  var robotType: String?
  var task: String?
  /// Where nothing names a task.
  var fallbackTask: String
  /// Of all episodes; nil where nobody knows it.
  var origin: String?
  var remarks = Remarks()

  /// The types that features have whatever the file stores.
  var types: [String: String] { kind == .robomimic ? ["next.done": "bool", "next.reward": "float32"] : [:] }

  /// The feature that a dataset becomes; nil for those that say nothing of their own.
  func name(_ path: String) -> String? {
    let parts = path.split(separator: "/").map(String.init)
    switch kind {
    case .robomimic:
      if parts[0] == "next_obs" || path == "task_of_frame" { return nil }
      switch path {
      case "actions": return "action"
      case "rewards": return "next.reward"
      case "dones": return "next.done"
      default: return (parts[0] == "obs" ? ["observation"] + parts.dropFirst() : parts).joined(separator: ".")
      }
    case .aloha:
      if path == "compress_len" || path == "extra/task_of_frame" { return nil }
      switch path {
      case "observations/qpos": return "observation.state"
      case "observations/qvel": return "observation.velocity"
      default:
        return (parts[0] == "observations" ? ["observation"] + parts.dropFirst() : parts).joined(separator: ".")
      }
    }
  }

  /// The feature that a dataset becomes that holds pictures.
  func camera(_ path: String) -> String {
    let last = path.split(separator: "/").last.map(String.init) ?? path
    let short = last.hasSuffix("_image") && last.count > 6 ? String(last.dropLast(6)) : last
    return "observation.images." + (kind == .robomimic ? short : last)
  }

  func leftOut(_ paths: [String]) -> [(what: String, why: String)] {
    kind == .robomimic ? [("next_obs", "it repeats obs one frame later")] : []
  }
}

extension HDF5SourceLayout {
  /// One file with a group an episode; nil where the file is none of robomimic's.
  static func robomimic(_ path: String, split: String?) throws(DatasetError) -> HDF5SourceLayout? {
    let file = try hdf5 { () throws(HDF5Error) in try HDF5File(reading: path) }
    guard file.kind("/data") == .group else { return nil }
    var layout = HDF5SourceLayout(kind: .robomimic, episodes: [], fallbackTask: path.baseName)
    let text = try hdf5 { () throws(HDF5Error) in try file.attribute(FormatDocument.key, of: "/data") }
    if case .text(let texts)? = text, let bytes = texts.first {
      layout.document = try FormatDocument(bytes, path: path)
    }
    var masks: [HDF5Mask] = []
    do throws(HDF5Error) {
      let names = try file.names(in: "/data").filter { file.kind("/data/" + $0) == .group }
      let demos = names.sorted { ($0.trailingNumber, $0) < ($1.trailingNumber, $1) }
      layout.episodes = demos.map { HDF5Episode(file: path, root: "/data/" + $0, action: "actions", name: $0) }
      masks = try HDF5Mask.all(in: file)
      if layout.document == nil { try layout.takeAttributes(file) }
    } catch {
      throw DatasetError(error)
    }
    try layout.take(masks, split, path: path)
    return layout
  }

  /// What the attributes of `/data` say.
  private mutating func takeAttributes(_ file: borrowing HDF5File) throws(HDF5Error) {
    takeEnvironment(try file.attribute("env_args", of: "/data")?.string)
    if let text = try file.attribute("problem_info", of: "/data")?.string,
      let info = try? JSONParser.parse(Array(text.utf8), takesNonFinite: true)
    {
      task = info["language_instruction"]?.string
    }
    for key in ["fps", "control_freq"] where framesPerSecond == nil {
      framesPerSecond = try file.attribute(key, of: "/data")?.doubles?.first
    }
  }

  private mutating func takeEnvironment(_ text: String?) {
    guard let text, let environment = try? JSONParser.parse(Array(text.utf8), takesNonFinite: true) else { return }
    let arguments = environment["env_kwargs"]
    framesPerSecond = arguments?["control_freq"]?.number.flatMap { $0 > 0 && $0 <= 1000 ? $0 : nil }
    if let robots = arguments?["robots"] {
      robotType = robots.string ?? robots.array?.compactMap(\.string).joined(separator: "+")
    }
    if let name = environment["env_name"]?.string, !name.isEmpty { fallbackTask = name }
    // robosuite and iGibson are simulators; other environments may be anything.
    if let type = environment["type"]?.integer, [1, 3].contains(type) { origin = "sim" }
  }

  /// A folder of files, or one file; nil where they are none of ALOHA's.
  static func aloha(_ path: String, files: [String]) throws(DatasetError) -> HDF5SourceLayout? {
    let files = files.sorted { ($0.trailingNumber, $0) < ($1.trailingNumber, $1) }
    guard let first = files.first else { return nil }
    let file = try hdf5 { () throws(HDF5Error) in try HDF5File(reading: first) }
    guard file.kind("/action") == .dataset, file.kind("/observations") == .group else { return nil }
    let episodes = files.map { HDF5Episode(file: $0, root: "", action: "action", name: $0.baseName) }
    var layout = HDF5SourceLayout(kind: .aloha, episodes: episodes, fallbackTask: path.baseName)
    let text = try hdf5 { () throws(HDF5Error) in try file.attribute(FormatDocument.key, of: "/") }
    if case .text(let texts)? = text, let bytes = texts.first {
      layout.document = try FormatDocument(bytes, path: first)
      return layout
    }
    layout.framesPerSecond = 50
    layout.remarks.note(
      "ALOHA's files do not say their rate; 50 frames a second, ALOHA's own, are taken. --fps gives another")
    return layout
  }
}

extension String {
  /// "demo_12" gives 12; names without a number come last.
  var trailingNumber: Int {
    let stem =
      hasSuffix(".hdf5") || hasSuffix(".h5") || hasSuffix(".mcap")
      ? String(prefix(upTo: lastIndex(of: ".") ?? endIndex)) : self
    let digits = stem.reversed().prefix { $0.isASCII && $0.isNumber }
    return Int(String(digits.reversed())) ?? Int.max
  }

  /// The last part of a path, without its ending.
  var baseName: String {
    let last = split(separator: "/").last.map(String.init) ?? self
    return last.lastIndex(of: ".").map { $0 == last.startIndex ? last : String(last[..<$0]) } ?? last
  }
}
