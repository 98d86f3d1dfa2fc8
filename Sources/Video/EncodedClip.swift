/// One coded picture as an MP4 file stores it: for H.264 each NAL unit behind its length of four bytes.
public struct VideoPacket: Sendable, Equatable {
  public var bytes: [UInt8]
  public var isKeyframe: Bool

  public init(bytes: [UInt8], isKeyframe: Bool) {
    self.bytes = bytes
    self.isKeyframe = isKeyframe
  }

  /// Whether an H.264 packet begins with a slice that no earlier picture is needed for (an IDR slice).
  public var isInstantRefresh: Bool { bytes.count > 4 && H264Stream.isInstantRefresh(bytes[4]) }
}

/// A coded clip at a constant frame rate without reordering: packet k is frame k.
public struct EncodedClip: Sendable, Equatable {
  /// "h264", "av1", "hevc".
  public var codec: String
  /// "yuv420p".
  public var pixelFormat: String
  public var width: Int, height: Int
  public var framesPerSecond: Int
  /// The codec's configuration record as the MP4's sample description holds it (for H.264 `avcC` with SPS and PPS).
  public var configuration: [UInt8]
  /// In decoding order.
  public var packets: [VideoPacket]
  /// Of each packet, how far its picture is shown behind its place; nil where pictures are shown as they are decoded.
  public var lags: [Int32]?

  public init(
    codec: String, pixelFormat: String, width: Int, height: Int, framesPerSecond: Int, configuration: [UInt8],
    packets: [VideoPacket], lags: [Int32]? = nil
  ) {
    self.codec = codec
    self.pixelFormat = pixelFormat
    self.width = width
    self.height = height
    self.framesPerSecond = framesPerSecond
    self.configuration = configuration
    self.packets = packets
    self.lags = lags
  }
}
