import CAV

/// Decodes pictures of a stream, one packet each, that begins with a keyframe and its parameters (Annex B, or AV1's temporal
/// units).
public struct StreamDecoder: ~Copyable {
  private var decoder: PictureDecoder
  private let subject: String

  /// - Parameter codec: "h264", "hevc" or "av1".
  public init(codec: String, subject: String) throws(VideoError) {
    guard let kind = CodecKind(name: codec) else {
      throw VideoError(.unsupported, subject, "pictures coded as '\(codec)' are not read; h264, hevc and av1 are")
    }
    decoder = try PictureDecoder(kind.identifier, configuration: [], width: 0, height: 0, subject: subject)
    self.subject = subject
  }

  /// Hands over a packet, and gives out the pictures that are ready: their packets' numbers, and height x width x 3 bytes.
  public mutating func feed(
    _ bytes: [UInt8], number: Int, _ body: (Int, [UInt8]) -> Void
  ) throws(VideoError) {
    var isPossible = true
    try decoder.feed(VideoPacket(bytes: bytes, isKeyframe: number == 0), number: number) { number, picture in
      var rgb: [UInt8] = []
      isPossible = picture.conventionalRGB(into: &rgb) && isPossible
      body(number, rgb)
    }
    guard isPossible else { throw VideoError(.unsupported, subject, "has pictures with a palette") }
  }

  /// Gives out what is left.
  public mutating func drain(_ body: (Int, [UInt8]) -> Void) throws(VideoError) {
    try decoder.drain { number, picture in
      var rgb: [UInt8] = []
      if picture.conventionalRGB(into: &rgb) { body(number, rgb) }
    }
  }
}

/// How large the pictures of a stream are.
public enum StreamSize {
  /// - Parameter bytes: A keyframe with its parameters.
  public static func of(_ bytes: [UInt8], codec: String, subject: String) throws(VideoError) -> (
    width: Int, height: Int
  ) {
    guard let kind = CodecKind(name: codec) else {
      throw VideoError(.unsupported, subject, "pictures coded as '\(codec)' are not read; h264, hevc and av1 are")
    }
    var decoder = try PictureDecoder(kind.identifier, configuration: [], width: 0, height: 0, subject: subject)
    var size = (width: 0, height: 0)
    func take(_: Int, _ picture: borrowing DecodedPicture) { size = (picture.width, picture.height) }
    try decoder.feed(VideoPacket(bytes: bytes, isKeyframe: true), number: 0) { take($0, $1) }
    try decoder.drain { take($0, $1) }
    guard size.width > 0 else { throw VideoError(.damaged, subject, "no picture comes out of its first packet") }
    return size
  }
}
