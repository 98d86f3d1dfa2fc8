/// How clips are encoded. Everything that is not named here is pinned, so that equal settings give equal bytes:
/// one thread, no scene cuts, no B-frames; pictures are BT.601 in limited range.
public struct VideoSettings: Sendable, Codable, Equatable {
  /// "h264" (libx264), "hevc" (libx265) or "av1" (libsvtav1).
  public var codec: String
  /// libav's name of how pixels are stored: "yuv420p", or with "hevc" also "gray12le" for depth codes of 12 bits, which
  /// are stored without loss.
  public var pixelFormat: String
  /// The encoder's name of a speed: "ultrafast" to "placebo" of x264 and x265, "0" to "13" of SVT-AV1.
  public var preset: String
  /// Constant rate factor, 1 (best) to 51, of AV1 to 63. Nothing where the pixels are stored without loss.
  public var crf: Int
  /// Frames from one keyframe to the next. With H.264 the last frame of a clip is never a keyframe of its own (a clip of
  /// one frame apart), so the last group may be one frame longer.
  public var groupOfPictures: Int
  /// Always 0: presentation order is decoding order.
  public var bFrames: Int
  /// How much is left out so that decoding is fast: 0 nothing; 1, of AV1 also 2.
  public var fastDecode: Int

  public init(
    codec: String = "h264", pixelFormat: String = "yuv420p", preset: String = "veryfast", crf: Int = 21,
    groupOfPictures: Int = 2, bFrames: Int = 0, fastDecode: Int = 0
  ) {
    self.codec = codec
    self.pixelFormat = pixelFormat
    self.preset = preset
    self.crf = crf
    self.groupOfPictures = groupOfPictures
    self.bFrames = bFrames
    self.fastDecode = fastDecode
  }

  /// What LeRobot 0.6 writes where nobody asks for anything else: SVT-AV1, a keyframe every second frame.
  public static let lerobot = VideoSettings(codec: "av1", preset: "12", crf: 30, groupOfPictures: 2)

  /// LeRobot's settings with another codec; its own name of each ("libsvtav1" and "av1") is taken.
  /// - Returns: nil where the codec cannot be encoded.
  public static func lerobot(codec: String) -> VideoSettings? {
    switch codec {
    case "av1", "libsvtav1": .lerobot
    case "h264", "libx264": VideoSettings(codec: "h264", preset: "medium", crf: 30, groupOfPictures: 2)
    case "hevc", "h265", "libx265": VideoSettings(codec: "hevc", preset: "medium", crf: 30, groupOfPictures: 2)
    default: nil
    }
  }

  /// How LeRobot stores depth: codes of 12 bits without loss.
  public static let depth = VideoSettings(
    codec: "hevc", pixelFormat: "gray12le", preset: "medium", crf: 30, groupOfPictures: 2)
}

extension VideoSettings {
  private enum CodingKeys: String, CodingKey {
    case codec, pixelFormat, preset, crf, groupOfPictures, bFrames, fastDecode
  }

  /// What older programs did not write has the value that it had then.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      codec: try values.decode(String.self, forKey: .codec),
      pixelFormat: try values.decodeIfPresent(String.self, forKey: .pixelFormat) ?? "yuv420p",
      preset: try values.decode(String.self, forKey: .preset), crf: try values.decode(Int.self, forKey: .crf),
      groupOfPictures: try values.decode(Int.self, forKey: .groupOfPictures),
      bFrames: try values.decode(Int.self, forKey: .bFrames),
      fastDecode: try values.decodeIfPresent(Int.self, forKey: .fastDecode) ?? 0)
  }
}
