/// How clips are encoded. Everything that is not named here is pinned, so that equal settings give equal bytes:
/// one thread, no scene cuts, 4:2:0 with 8 bits, BT.601 in limited range.
public struct VideoSettings: Sendable, Codable, Equatable {
  /// "h264".
  public var codec: String
  /// x264's name of a speed, "ultrafast" to "placebo".
  public var preset: String
  /// Constant rate factor, 1 (best) to 51.
  public var crf: Int
  /// Frames from one keyframe to the next. The last frame of a clip is never a keyframe of its own (a clip of one
  /// frame apart), so the last group may be one frame longer.
  public var groupOfPictures: Int
  /// Always 0: presentation order is decoding order.
  public var bFrames: Int

  public init(
    codec: String = "h264", preset: String = "veryfast", crf: Int = 21, groupOfPictures: Int = 2, bFrames: Int = 0
  ) {
    self.codec = codec
    self.preset = preset
    self.crf = crf
    self.groupOfPictures = groupOfPictures
    self.bFrames = bFrames
  }
}

extension VideoSettings {
  private static let presets = [
    "ultrafast", "superfast", "veryfast", "faster", "fast", "medium", "slow", "slower", "veryslow", "placebo",
  ]

  /// The first thing that is wrong with the settings; nil when all is well.
  var problem: String? {
    if codec != "h264" { return "codec \"\(codec)\" cannot be encoded, only \"h264\"" }
    if !Self.presets.contains(preset) {
      return "unknown preset \"\(preset)\"; one of \(Self.presets.joined(separator: ", "))"
    }
    if !(1...51).contains(crf) { return "crf \(crf) is outside 1...51" }
    if !(1...1000).contains(groupOfPictures) { return "group of pictures \(groupOfPictures) is outside 1...1000" }
    if bFrames != 0 { return "\(bFrames) B-frames asked for; only 0 keeps the frames in order" }
    return nil
  }
}
