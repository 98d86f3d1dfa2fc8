/// Counts, splits and tasks of the metadata against each other.
struct MetadataCheck {
  let source: DatasetSource
  let options: ValidationOptions

  func run() -> FindingList {
    var findings = FindingList()
    counts(&findings)
    standardFeatures(&findings)
    splits(&findings)
    tasks(&findings)
    origin(&findings)
    return findings
  }

  private func counts(_ findings: inout FindingList) {
    let info = source.info, episodes = source.episodes
    let chunks = max(1, (episodes.count + info.chunksSize - 1) / info.chunksSize)
    var pairs: [(String, Int?, Int, String)] = [
      ("total_episodes", info.episodes, episodes.count, "the episodes' table has"),
      ("total_frames", info.frames, episodes.frames, "the episodes' lengths add up to"),
      ("total_tasks", info.tasks, source.tasks.count, "the table of tasks has"),
    ]
    if info.version == .v21 {
      pairs += [
        ("total_videos", info.videos, episodes.count * info.cameras.count, "episodes and cameras make"),
        ("total_chunks", info.chunks, chunks, "episodes and chunks_size make"),
      ]
    }
    for (key, declared, found, what) in pairs where !findings.holds(declared == found) {
      let isMissing = declared == nil
      let message = "\(key) is \(declared.map(String.init) ?? "missing"), \(what) \(found)."
      let remedy = "Write \(found), if no episode is missing."
      if isMissing {
        findings.warning("count", SourceInfo.path, message, remedy)
      } else {
        findings.error("count", SourceInfo.path, message, remedy)
      }
    }
    if episodes.count == 0 {
      findings.error("no-episodes", SourceInfo.path, "the dataset has no episode.", "Record some.")
    }
  }

  private func standardFeatures(_ findings: inout FindingList) {
    for (name, type) in SourceFeature.standardTypes {
      guard let feature = source.info.feature(name) else {
        findings.error(
          "standard-feature", SourceInfo.path, feature: name, "this feature is missing; every dataset has it.",
          "Declare it as \(type) of shape [1].")
        continue
      }
      guard !findings.holds(feature.dataType == type && feature.shape == [1]) else { continue }
      let message = "it is \(feature.dataType) of shape \(feature.shape), not \(type) of shape [1]."
      if source.info.version == .v30 {
        findings.error("standard-feature", SourceInfo.path, feature: name, message, "Declare and store it so.")
      } else {
        findings.warning("standard-feature", SourceInfo.path, feature: name, message, "Declare and store it so.")
      }
    }
  }

  private func splits(_ findings: inout FindingList) {
    for split in source.info.splits {
      let bounds = split.range.split(separator: ":", omittingEmptySubsequences: false).map { Int($0) }
      if bounds.count == 2, let low = bounds[0], let high = bounds[1],
        findings.holds(low >= 0 && low <= high && high <= max(source.info.episodes, source.episodes.count))
      {
        continue
      }
      findings.error(
        "split", SourceInfo.path,
        "the split '\(split.name)' is '\(split.range)' where there are \(source.episodes.count) episodes.",
        "Write the first episode and the one behind the last, \"0:\(source.episodes.count)\".")
    }
  }

  private func tasks(_ findings: inout FindingList) {
    let known = Set(source.tasks)
    let file = source.info.version == .v30 ? EpisodeList.tablePath : EpisodeList.linesPath
    for k in 0..<source.episodes.count {
      for task in source.episodes.tasks(k) where !findings.holds(known.contains(task)) {
        findings.error(
          "episode-task-unknown", file, episode: k, "its task '\(task)' is not in the table of tasks.",
          "Add the task to the table, or correct the episode's row.")
      }
    }
  }

  private func origin(_ findings: inout FindingList) {
    guard let wanted = options.origin else { return }
    let file = source.info.version == .v30 ? EpisodeList.tablePath : EpisodeList.linesPath
    do throws(DatasetError) {
      var cells = try source.episodeCells([EpisodeRow.Origin.origin])
      var k = 0
      while let row = try cells.next() {
        if !findings.holds(row.first == .text(wanted)) {
          let found: String =
            if case .text(let text)? = row.first { "'\(text)'" } else { "missing" }
          findings.error(
            "origin", file, episode: k, feature: EpisodeRow.Origin.origin,
            "the origin is \(found), not '\(wanted)'.", "Put it back with 'seedbed retag', or leave the episode out.")
        }
        k += 1
      }
    } catch {
      findings.add(.unreadable(error, file: file, "Restore the file."))
    }
  }
}
