extension EpisodeList {
  package static let linesPath = "meta/episodes.jsonl"

  /// Reads `meta/episodes.jsonl` (v2.1); nil where a row cannot be used.
  static func lines(
    _ folder: DatasetFolder, _ info: SourceInfo, _ findings: inout FindingList
  ) -> EpisodeList? {
    var list = EpisodeList(cameras: info.cameras.count)
    var isUsable = true
    do throws(DatasetError) {
      var lines = try JSONLines(folder, linesPath)
      var frames = 0
      while let line = try lines.next() {
        let k = list.count
        let number = line.json["episode_index"]?.integer
        if !findings.holds(number == k) {
          isUsable = false
          findings.error(
            "episode-order", linesPath, episode: k,
            "line \(line.number) has episode_index \(number.map(String.init) ?? "of no kind") where \(k) belongs.",
            "Number the episodes 0, 1, 2, … line by line.")
        }
        let length = line.json["length"]?.integer ?? -1
        if !findings.holds(length >= 1 && length <= Int(Int32.max)) {
          isUsable = false
          findings.error(
            "episode-length", linesPath, episode: k,
            "its length is \(line.json["length"]?.excerpt ?? "missing").", "Write the number of its frames.")
        }
        let texts = line.json["tasks"]?.array
        let tasks = texts?.compactMap(\.string) ?? []
        if !findings.holds(texts?.count == tasks.count && !tasks.isEmpty) {
          findings.error(
            "episode-tasks", linesPath, episode: k,
            "its 'tasks' are \(line.json["tasks"]?.excerpt ?? "missing"), not a list of texts.",
            "Write the texts of its tasks.")
        }
        let number21 = FileNumber(chunk: k / info.chunksSize, file: k)
        list.append(
          Row(
            length: max(length, 0), firstFrame: frames, endFrame: frames + max(length, 0), tasks: tasks,
            dataFile: number21,
            videos: info.cameras.map { _ in
              VideoPlace(number: number21, from: 0, to: Double(max(length, 0)) / info.framesPerSecond)
            }))
        frames += max(length, 0)
      }
    } catch {
      findings.add(.unreadable(error, file: linesPath, "Restore it: it says where each episode ends."))
      return nil
    }
    return isUsable ? list : nil
  }
}
