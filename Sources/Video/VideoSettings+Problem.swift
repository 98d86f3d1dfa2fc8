extension VideoSettings {
  private static let speedNames = [
    "ultrafast", "superfast", "veryfast", "faster", "fast", "medium", "slow", "slower", "veryslow", "placebo",
  ]

  /// The first thing that is wrong with the settings; nil when all is well.
  public var problem: String? {
    guard let kind = CodecKind(name: codec) else {
      return "codec \"\(codec)\" cannot be encoded, only \"h264\", \"hevc\" and \"av1\""
    }
    let formats = kind == .hevc ? ["yuv420p", "gray12le"] : ["yuv420p"]
    if !formats.contains(pixelFormat) {
      return "pixels as \"\(pixelFormat)\" cannot be encoded with \(codec), only \(formats.joined(separator: ", "))"
    }
    let presets = kind == .av1 ? (0...13).map { "\($0)" } : Self.speedNames
    if !presets.contains(preset) {
      return "unknown preset \"\(preset)\" of \(codec); one of \(presets.joined(separator: ", "))"
    }
    let factors = kind == .av1 ? 1...63 : 1...51
    if !factors.contains(crf) { return "crf \(crf) is outside \(factors.lowerBound)...\(factors.upperBound)" }
    // SVT-AV1 1.4 takes a group of one picture for an endless one.
    let groups = kind == .av1 ? 2...1000 : 1...1000
    if !groups.contains(groupOfPictures) {
      return "group of pictures \(groupOfPictures) is outside \(groups.lowerBound)...\(groups.upperBound)"
    }
    if bFrames != 0 { return "\(bFrames) B-frames asked for; only 0 keeps the frames in order" }
    let decoding = kind == .av1 ? 0...2 : 0...1
    if !decoding.contains(fastDecode) {
      return "fast decoding \(fastDecode) is outside \(decoding.lowerBound)...\(decoding.upperBound)"
    }
    return nil
  }
}
