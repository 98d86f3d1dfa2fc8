import CAV

/// How each codec is encoded.
extension CodecKind {
  /// In front of messages.
  var encoderTitle: String {
    switch self {
    case .h264: "H.264 encoder"
    case .hevc: "HEVC encoder"
    case .av1: "AV1 encoder"
    }
  }

  /// libavcodec's name.
  var encoderName: String {
    switch self {
    case .h264: "libx264"
    case .hevc: "libx265"
    case .av1: "libsvtav1"
    }
  }

  /// The encoder's own options: whatever could change bytes by the machine's cores or its load is pinned, and scene cuts
  /// are off.
  ///
  /// The instructions that the CPU has need no switch in the others: plain C, SSE4.1, AVX2 and AVX-512 gave the same bytes with
  /// SVT-AV1 1.4.1 (its `asm`) and with x265 3.5 (`asm=0` and others); so did one, two and all cores, idle or busy.
  ///
  /// x264 needs its `cpu-independent`: else it weighs blocks with approximate reciprocals, which differ between makes of CPU.
  ///
  /// - Parameter instructions: The instruction sets that x264 may use, as its option `asm` names them; nil: all.
  func options(_ settings: VideoSettings, instructions: String? = nil) -> [(name: String, value: String)] {
    var options = [("preset", settings.preset), ("crf", "\(settings.crf)")]
    switch self {
    case .h264:
      let own = "cpu-independent=1" + (instructions.map { ":asm=\($0)" } ?? "")
      options += [("forced-idr", "1"), ("sc_threshold", "0"), ("x264-params", own)]
      if settings.fastDecode > 0 { options.append(("tune", "fastdecode")) }
    case .hevc:
      let group = settings.groupOfPictures
      var own = [
        "pools=none", "frame-threads=1", "wpp=0", "pmode=0", "pme=0", "scenecut=0", "keyint=\(group)",
        "min-keyint=\(group)", "open-gop=0", "bframes=0", "repeat-headers=1", "info=0", "log-level=none",
      ]
      if settings.pixelFormat == "gray12le" { own.append("lossless=1") }
      options.append(("x265-params", own.joined(separator: ":")))
      if settings.fastDecode > 0 { options.append(("tune", "fastdecode")) }
    case .av1: options.append(("svtav1-params", "lp=1:fast-decode=\(settings.fastDecode):scd=0"))
    }
    return options
  }

  /// The smallest picture that the encoder takes, pixels a side.
  var smallestSide: Int { self == .av1 ? 64 : 16 }

  /// A packet as MP4 stores it.
  func sample(_ bytes: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    switch self {
    case .h264: H264Stream.sample(bytes)
    case .hevc: HEVCStream.sample(bytes)
    case .av1: AV1Stream.sample(bytes)
    }
  }

  /// The configuration record of MP4 from what the encoder says of its stream; nil where that makes none.
  func configuration(_ extra: UnsafeBufferPointer<UInt8>, width: Int, height: Int) -> [UInt8]? {
    switch self {
    case .h264: H264Stream.configuration(extra)
    case .hevc, .av1: ConfigurationRecord.record(self, extra: Array(extra), width: width, height: height)
    }
  }
}
