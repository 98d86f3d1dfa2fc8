/// One coded picture, as the encoder gave it out.
public struct VideoPacket: Sendable, Equatable {
  public var bytes: [UInt8]
  public var isKeyframe: Bool

  public init(bytes: [UInt8], isKeyframe: Bool) {
    self.bytes = bytes
    self.isKeyframe = isKeyframe
  }
}

/// A coded clip at a constant frame rate without reordering: packet k is frame k.
public struct EncodedClip: Sendable, Equatable {
  /// "h264", "av1", "hevc".
  public var codec: String
  /// "yuv420p".
  public var pixelFormat: String
  public var width: Int, height: Int
  public var framesPerSecond: Int
  /// The codec's out-of-band configuration (for H.264: SPS and PPS as the encoder gave them); goes into the MP4's
  /// sample description.
  public var configuration: [UInt8]
  public var packets: [VideoPacket]

  public init(
    codec: String, pixelFormat: String, width: Int, height: Int, framesPerSecond: Int, configuration: [UInt8],
    packets: [VideoPacket]
  ) {
    self.codec = codec
    self.pixelFormat = pixelFormat
    self.width = width
    self.height = height
    self.framesPerSecond = framesPerSecond
    self.configuration = configuration
    self.packets = packets
  }
}
