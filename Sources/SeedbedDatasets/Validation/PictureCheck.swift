import Video

/// The pictures themselves: that they can be decoded, and are those that the statistics speak of.
struct PictureCheck {
  let source: DatasetSource
  let plan: PicturePlan
  let claims: [String: PictureClaims]

  /// - Parameter unreadable: Files of which it is known already.
  func run(unreadable: Set<String>) -> (findings: FindingList, decoded: Int) {
    var findings = FindingList()
    var decoded = 0
    let jobs = source.info.cameras.indices.flatMap { camera in plan.episodes.map { (camera: camera, episode: $0) } }
      .filter { !unreadable.contains(source.videoFile($0.episode, camera: $0.camera)) }
    let results = parallelMap(jobs.count) { look(at: jobs[$0].episode, camera: jobs[$0].camera) }
    var cuts: [String: (cut: CutCheck, camera: Int)] = [:]
    for (job, result) in zip(jobs, results) {
      findings.merge(result.findings)
      decoded += result.decoded
      cuts[source.videoFile(job.episode, camera: job.camera), default: (CutCheck(), job.camera)].cut.add(result.cut)
    }
    for (file, found) in cuts.sorted(by: { $0.key < $1.key }) {
      found.cut.check(file: file, feature: source.info.cameras[found.camera].name, &findings)
    }
    return (findings, decoded)
  }

  private func look(at k: Int, camera: Int) -> (findings: FindingList, decoded: Int, cut: CutCheck) {
    var findings = FindingList()
    var cut = CutCheck()
    var sample = PictureSample()
    let file = source.videoFile(k, camera: camera), feature = source.info.cameras[camera]
    let range = source.pictures(k, camera: camera)
    do throws(VideoError) {
      let movie = try MovieReader(path: source.folder(file))
      // Files that are too short are reported as a whole.
      guard range.upperBound <= movie.track.frameCount else { return (findings, 0, cut) }
      let wanted = plan.pictures(of: range) { movie.track.isKeyframe($0) }
      let around = self.around(k, camera: camera, frames: movie.track.frameCount)
      let sampled = Set(wanted)
      var thumbnails: [[Float]] = []
      var format: String?
      try movie.decode(sampled.union(around).sorted(), isDraft: true) { number, picture in
        format = format ?? picture.pixelFormat
        if sampled.contains(number), let sums = picture.sums(step: PictureSample.step(picture)) { sample.add(sums) }
        if around.contains(number) { thumbnails.append(picture.thumbnail(columns: CutCheck.thumbnailColumns)) }
      }
      if !around.isEmpty { cut.add(thumbnails, episode: k) }
      findings.checks += wanted.count
      if let format, let claimed = feature.coding?.pixelFormat, !findings.holds(format == claimed || format == "gbrp") {
        // Seen in the file's head already, but for what only the pictures tell.
        if format.hasPrefix("yuvj") || claimed.hasPrefix("yuvj") {
          findings.warning(
            "video-info", SourceInfo.path, feature: feature.name,
            "video.pix_fmt is '\(claimed)', the pictures of \(file) are \(format).", "Correct meta/info.json.")
        }
      }
    } catch {
      findings.error(
        "picture-undecodable", file, episode: k, feature: feature.name, error.reason + ".",
        "Restore the file, or leave the episode out.")
      return (findings, sample.count, cut)
    }
    sample.check(
      claims[feature.name]?.picked[k], feature, episode: k, file: file,
      claimFile: source.info.version == .v30 ? EpisodeList.tablePath : StatisticsLines.path, frames: range.count,
      &findings)
    return (findings, sample.count, cut)
  }

  /// The pictures around the episode's beginning, where another episode stands in front of it in the same file.
  private func around(_ k: Int, camera: Int, frames: Int) -> Set<Int> {
    let start = source.pictures(k, camera: camera).lowerBound
    guard k > 0, start >= CutCheck.reach, start + CutCheck.reach < frames, source.episodes.length(k) > CutCheck.reach,
      source.videoFile(k - 1, camera: camera) == source.videoFile(k, camera: camera)
    else { return [] }
    return Set(start - CutCheck.reach...start + CutCheck.reach)
  }
}
