/// How the pictures of a movie are coded: what all of a file share.
///
/// Equal formats may follow one another in a file. What recorders write beside the coding (their name, bit rates) does not
/// count and is left out.
public struct MovieFormat: Sendable, Equatable {
  /// nil for a codec that is only read.
  let kind: CodecKind?
  /// "h264", "hevc" or "av1"; of foreign files "mpeg4", "mjpeg" or "vp9" too.
  public let codec: String
  /// Pixels.
  public let width: Int, height: Int
  /// libav's name of how pixels are stored, as far as the configuration tells it.
  public let pixelFormat: String?
  /// The codec's configuration record.
  public let configuration: [UInt8]
  /// Colour and shape of the pixels, where the sample description says them: whole boxes.
  let colour: [UInt8]

  /// Can pictures be written in it?
  public var isWritable: Bool { kind != nil }

  init(
    codec: StoredCodec, width: Int, height: Int, pixelFormat: String?, configuration: [UInt8], colour: [UInt8]
  ) {
    kind = codec.kind
    self.codec = codec.rawValue
    self.width = width
    self.height = height
    self.pixelFormat = pixelFormat
    self.configuration = configuration
    self.colour = colour
  }

  /// That of encoded clips; nil for a codec that MP4 files of datasets do not hold.
  public init?(_ clip: EncodedClip) {
    guard let codec = StoredCodec(rawValue: clip.codec), codec.kind != nil else { return nil }
    self.init(
      codec: codec, width: clip.width, height: clip.height, pixelFormat: clip.pixelFormat,
      configuration: clip.configuration, colour: [])
  }
}

extension MovieTrack {
  public var format: MovieFormat {
    MovieFormat(
      codec: table.codec, width: width, height: height, pixelFormat: pixelFormat, configuration: configuration,
      colour: table.colour)
  }
}
