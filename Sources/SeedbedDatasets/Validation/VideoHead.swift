import Video

/// A video file's head: size, coding, rate, and the time and number of its pictures.
struct VideoHead {
  let source: DatasetSource
  let camera: Int
  let path: String
  let track: MovieTrack
  var findings = FindingList()

  init(source: DatasetSource, camera: Int, path: String, track: MovieTrack) {
    self.source = source
    self.camera = camera
    self.path = path
    self.track = track
  }

  private var feature: SourceFeature { source.info.cameras[camera] }
  private var rate: Double { source.info.framesPerSecond }

  mutating func check(_ episodes: [Int], longestGroup: Int, bytes: Int) {
    shape()
    coding()
    times()
    let frames = episodes.reduce(0) { $0 + source.episodes.length($1) }
    if !findings.holds(track.frameCount == frames) {
      findings.error(
        "video-frames", path, episode: episodes.first, feature: feature.name,
        "it has \(track.frameCount) pictures, its \(episodes.count) episodes have \(frames) frames.",
        "Restore the file: pictures and numbers no longer belong together.")
    }
    let longest = track.longestGroup
    if !findings.holds(longest <= longestGroup) {
      findings.warning(
        "video-groups", path, feature: feature.name,
        "up to \(longest) pictures from one keyframe to the next (random access is slow; LeRobot writes 2).",
        "Encode it anew with a shorter group, if training waits for pictures.")
    }
    guard source.info.version == .v30 else { return }
    let size = Double(bytes) / 0x1p20
    if let limit = source.info.videoFileMB, !findings.holds(size <= limit * 1.1) {
      findings.warning(
        "file-size", path, "it has \(Int(size)) MB, the limit is \(limit.short).", "Split it, or raise the limit.")
    }
    places(episodes)
  }

  private mutating func shape() {
    guard let shape = feature.picture, !findings.holds((track.width, track.height) == (shape.width, shape.height))
    else {
      return
    }
    findings.error(
      "video-size", path, feature: feature.name,
      "its pictures are \(track.width)x\(track.height), the feature says \(shape.width)x\(shape.height).",
      "Correct the feature's shape, or scale the video.")
  }

  private mutating func coding() {
    guard let claimed = feature.coding else { return }
    var pairs: [(String, String?, String?)] = [
      ("video.codec", claimed.codec, track.codec),
      ("video.height", claimed.height.map { "\($0)" }, "\(track.height)"),
      ("video.width", claimed.width.map { "\($0)" }, "\(track.width)"),
      ("video.fps", claimed.framesPerSecond.map(\.short), measuredRate.map(\.short)),
      ("video.channels", claimed.channels.map { "\($0)" }, feature.picture.map { "\($0.channels)" }),
    ]
    if let format = track.pixelFormat {
      pairs.append(("video.pix_fmt", claimed.pixelFormat?.replacing("yuvj", with: "yuv"), format))
    }
    for (key, declared, found) in pairs {
      guard let declared, let found, !findings.holds(declared == found) else { continue }
      let message = "\(key) is '\(declared)', in \(path) it is '\(found)'."
      let remedy = "Correct meta/info.json; LeRobot's merge compares it."
      // Converters of 2025 re-encoded videos and left this key behind.
      if key == "video.codec" && source.info.version == .v21 {
        findings.warning("video-info", SourceInfo.path, feature: feature.name, message, remedy)
      } else {
        findings.error("video-info", SourceInfo.path, feature: feature.name, message, remedy)
      }
    }
  }

  /// Pictures a second; nil where there is only one.
  private var measuredRate: Double? {
    guard track.frameCount > 1 else { return nil }
    let time = track.seconds(track.frameCount - 1) - track.seconds(0)
    // Time bases cut the last digits off.
    let rate = Double(track.frameCount - 1) / time
    return (rate - rate.rounded()).magnitude < 1e-3 ? rate.rounded() : rate
  }

  private mutating func times() {
    if let measured = measuredRate, !findings.holds((measured - rate).magnitude < 1e-3) {
      findings.error(
        "video-rate", path, feature: feature.name,
        "it shows \(measured.short) pictures a second, the dataset has \(rate.short) frames a second.",
        "Correct fps, or encode the video anew at that rate.")
      return
    }
    let place = track.times.indices.first {
      (track.seconds($0) - Double($0) / rate).magnitude > DatasetSource.timeTolerance
    }
    findings.checks += track.frameCount
    guard let place else { return }
    findings.error(
      "video-times", path, feature: feature.name,
      "picture \(place) is shown at \(track.seconds(place).short) s, not at \((Double(place) / rate).short) s "
        + "(tolerance 0.0001).", "Write the video anew with a constant rate; LeRobot looks pictures up by their time.")
  }

  /// Of v3.0: where each episode says that its pictures are.
  private mutating func places(_ episodes: [Int]) {
    var at = 0
    for k in episodes {
      let video = source.episodes.video(k, camera: camera)
      let from = Double(at) / rate, to = Double(at + source.episodes.length(k)) / rate
      at += source.episodes.length(k)
      let tolerance = DatasetSource.timeTolerance
      if findings.holds((video.from - from).magnitude <= tolerance && (video.to - to).magnitude <= tolerance) {
        continue
      }
      findings.error(
        "video-place", EpisodeList.tablePath, episode: k, feature: feature.name,
        "its pictures are said to be at \(video.from.short)...\(video.to.short) s of \(path); by the lengths they are at "
          + "\(from.short)...\(to.short) s.", "Write frames before it / fps as one division.")
    }
  }
}
