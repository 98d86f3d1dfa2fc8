import Digest
import Glibc
import Video

/// All MP4 files: their heads against the metadata, the time of every picture, the form of every packet.
struct VideoCheck {
  let source: DatasetSource
  let options: ValidationOptions
  let seals: EpisodeSeals?

  private struct Job {
    var camera: Int
    var path: String
    var episodes: [Int]
  }

  func run() -> (findings: FindingList, files: Int, unreadable: Set<String>) {
    var findings = FindingList()
    var unreadable: Set<String> = []
    var jobs: [Job] = []
    for (camera, feature) in source.info.cameras.enumerated() {
      if feature.coding == nil {
        findings.warning(
          "video-info", SourceInfo.path, feature: feature.name, "there is no 'info' about its coding.",
          "Write what LeRobot's recorder writes, such as video.codec and video.fps.")
      }
      jobs += source.episodes.videoFiles(camera: camera).map { number, episodes in
        Job(camera: camera, path: source.videoPath(number, camera: camera), episodes: episodes)
      }.sorted { $0.path < $1.path }
    }
    let all = jobs
    let results = parallelMap(all.count) { look(at: all[$0]) }
    for (job, result) in zip(all, results) {
      findings.merge(result.findings)
      if !result.isReadable { unreadable.insert(job.path) }
    }
    return (findings, jobs.count, unreadable)
  }

  private func look(at job: Job) -> (findings: FindingList, isReadable: Bool) {
    var findings = FindingList()
    guard findings.holds(source.folder.exists(job.path)) else {
      findings.error(
        "video-missing", job.path, episode: job.episodes.first,
        "the file is missing; \(job.episodes.count) episodes have their pictures in it.",
        "Restore it, or correct the episodes' file numbers.")
      return (findings, false)
    }
    do throws(VideoError) {
      let movie = try MovieReader(path: source.folder(job.path))
      var head = VideoHead(source: source, camera: job.camera, path: job.path, track: movie.track)
      head.check(job.episodes, longestGroup: options.longestGroup, bytes: movie.fileSize)
      findings.merge(head.findings)
      try checkPackets(movie, job, &findings)
      return (findings, true)
    } catch {
      findings.error(
        "video-unreadable", job.path, episode: job.episodes.first, error.reason + ".",
        error.kind == .unsupported
          ? "Rewrite it, for example with 'ffmpeg -c copy' or by encoding it anew."
          : "Restore the file from a backup, or leave its episodes out.")
      return (findings, false)
    }
  }

  /// Every packet; where the dataset has seals, also whether the pictures are those that were recorded.
  private func checkPackets(
    _ movie: borrowing MovieReader, _ job: Job, _ findings: inout FindingList
  ) throws(VideoError) {
    guard let seals, movie.track.frameCount == job.episodes.reduce(0, { $0 + source.episodes.length($1) }) else {
      findings.checks += movie.track.frameCount
      return try movie.checkPackets()
    }
    let key = source.info.cameras[job.camera].name
    var place = 0, end = 0, at = -1
    var hash: IncrementalSHA256?
    var different: [Int] = []
    func close() {
      guard let done = hash.take() else { return }
      let found = hex(done.finish())
      if let sealed = seals.video(job.episodes[at], key: key), sealed != found { different.append(job.episodes[at]) }
    }
    try movie.checkPackets { _, bytes in
      while place == end && at + 1 < job.episodes.count {
        close()
        at += 1
        end += source.episodes.length(job.episodes[at])
        hash = IncrementalSHA256()
      }
      hash?.update(bytes)
      place += 1
    }
    close()
    findings.checks += place + job.episodes.count
    for k in different {
      findings.error(
        "seal", job.path, episode: k, feature: key,
        "its pictures are not those that were recorded (their hash in \(OriginLog.path) is another).",
        "Regrow the episode with 'seedbed repair', or restore the file.")
    }
  }
}
