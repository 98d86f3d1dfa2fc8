extension SourceInfo {
  static let path = "meta/info.json"

  /// Reads the document; what is wrong with it goes to `findings`. nil where nothing can be read with it.
  init?(_ json: JSONValue, findings: inout FindingList) {
    guard let version = SourceInfo.version(json, &findings) else { return nil }
    let before = findings.errorCount
    func fail(_ key: String, _ message: String, _ remedy: String) {
      findings.error("info-key", SourceInfo.path, "'\(key)' \(message)", remedy)
    }
    func required<T>(_ key: String, _ what: String, _ value: (JSONValue) -> T?) -> T? {
      guard let member = json[key] else {
        fail(key, "is missing.", "Add it; it is \(what).")
        return nil
      }
      guard let result = value(member) else {
        fail(key, "is \(member.excerpt), not \(what).", "Correct it.")
        return nil
      }
      findings.checks += 1
      return result
    }
    func count(_ key: String) -> Int? {
      required(key, "a count") { json in json.integer.flatMap { (0...1 << 48).contains($0) ? $0 : nil } }
    }
    let rate = required("fps", "a number above 0 and at most 1000") { json in
      json.number.flatMap { $0 > 0 && $0 <= 1000 ? $0 : nil }
    }
    let episodes = count("total_episodes"), frames = count("total_frames"), tasks = count("total_tasks")
    let chunksSize = required("chunks_size", "a number of files of 1 or more") { json in
      json.integer.flatMap { (1...1 << 40).contains($0) ? $0 : nil }
    }
    let pattern = required("data_path", "a relative path with numbers in braces") {
      $0.string.flatMap(PathPattern.init)
    }
    let isV3 = version == .v30
    if isV3 {
      for key in ["data_files_size_in_mb", "video_files_size_in_mb"] {
        _ = required(key, "a number above 0") { json in json.number.flatMap { $0 > 0 ? $0 : nil } }
      }
    }
    if json["robot_type"] == nil {
      fail("robot_type", "is missing.", "Add it; it is the robot's name or null.")
    } else if let robot = json["robot_type"], robot != .null, robot.string == nil {
      fail("robot_type", "is \(robot.excerpt), not a text or null.", "Correct it.")
    }
    let splits = required("splits", "an object of ranges") { json in
      json.members.map { $0.map { (name: $0.name, range: $0.value.string ?? $0.value.excerpt) } }
    }
    let features = SourceInfo.features(json, &findings)
    let videoPath = json["video_path"]?.string.flatMap(PathPattern.init)
    if let path = json["video_path"], path != .null, videoPath == nil {
      fail("video_path", "is \(path.excerpt), not a relative path with numbers in braces.", "Correct it.")
    } else if videoPath == nil, features.contains(where: { $0.kind == .video }) {
      fail("video_path", "is missing although there are cameras.", "Add the pattern of the videos' paths.")
    }
    guard findings.errorCount == before || features.count > 0, let rate, let episodes, let frames, let tasks,
      let chunksSize, let pattern
    else { return nil }
    self.init(
      version: version, framesPerSecond: rate, robotType: json["robot_type"]?.string, episodes: episodes,
      frames: frames, tasks: tasks, videos: json["total_videos"]?.integer, chunks: json["total_chunks"]?.integer,
      chunksSize: chunksSize, features: features, dataPath: pattern, videoPath: videoPath,
      dataFileMB: json["data_files_size_in_mb"]?.number, videoFileMB: json["video_files_size_in_mb"]?.number,
      splits: splits ?? [], json: json)
    guard checkPatterns(&findings), videoPath != nil || cameras.isEmpty else { return nil }
    if rate != rate.rounded() {
      findings.warning(
        "fps", SourceInfo.path, "fps is \(rate), not a whole number.",
        "LeRobot expects an integer; resample if it fails.")
    } else if case .number = json["fps"] ?? .null {
      findings.warning("fps", SourceInfo.path, "fps is written as \(rate), not as an integer.", "Write \(Int(rate)).")
    }
  }

  private static func version(_ json: JSONValue, _ findings: inout FindingList) -> Version? {
    guard json.members != nil else {
      findings.error("info-json", path, "it holds no JSON object.", "Restore it from a backup or write it anew.")
      return nil
    }
    let text = json["codebase_version"]?.string
    if let version = text.flatMap(Version.init) { return version }
    findings.error(
      "version", path,
      "codebase_version is \(text.map { "'\($0)'" } ?? json["codebase_version"]?.excerpt ?? "missing"), "
        + "this program reads 'v3.0' and 'v2.1'.",
      text == "v2.0" || text == "v1.6"
        ? "Convert the dataset with LeRobot's own scripts first."
        : "Correct it if the files are of one of these versions.")
    return nil
  }

  private static func features(_ json: JSONValue, _ findings: inout FindingList) -> [SourceFeature] {
    guard let members = json["features"]?.members else {
      findings.error(
        "info-key", path, "'features' is missing or no object.", "Add it; it describes every column and camera.")
      return []
    }
    return members.compactMap { SourceFeature($0, findings: &findings) }
  }

  /// A pattern without the numbers that tell files apart names one file for all.
  private func checkPatterns(_ findings: inout FindingList) -> Bool {
    let known: Set<String> =
      version == .v30 ? ["chunk_index", "file_index", "video_key"] : ["episode_chunk", "episode_index", "video_key"]
    let needed = version == .v30 ? ["file_index", "chunk_index"] : ["episode_index"]
    var isGood = true
    for (key, pattern, more) in [("data_path", dataPath, []), ("video_path", videoPath, ["video_key"])] {
      guard let pattern else { continue }
      let missing = (needed + (key == "video_path" ? more : [])).filter { !pattern.names.contains($0) }
      let strange = pattern.names.subtracting(known).sorted()
      if findings.holds(missing.isEmpty && strange.isEmpty) { continue }
      isGood = false
      findings.error(
        "path-pattern", SourceInfo.path,
        "'\(key)' is '\(pattern.text)'; " + (missing.isEmpty ? "" : "it lacks \(missing) ")
          + (strange.isEmpty ? "" : "it has the unknown \(strange) ") + "in braces.",
        "Restore the pattern that the files were written with.")
    }
    return isGood
  }
}

extension JSONValue {
  /// A short text of the value, for messages.
  var excerpt: String {
    let text = String(decoding: compact(), as: UTF8.self)
    return text.count <= 60 ? text : text.prefix(57) + "..."
  }
}
