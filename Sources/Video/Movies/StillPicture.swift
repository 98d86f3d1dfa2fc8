import CAV

/// Single pictures as datasets store them in tables: PNG, JPEG, TIFF or WebP.
public enum StillPicture {
  /// Decodes a picture and hands it to `body`.
  ///
  /// - Throws: Where the bytes are none of these formats, or cannot be decoded.
  public static func decode(
    _ bytes: [UInt8], subject: String, _ body: (borrowing DecodedPicture) -> Void
  ) throws(VideoError) {
    guard let codec = codec(of: bytes) else {
      throw VideoError(.unsupported, subject, "is neither PNG nor JPEG nor TIFF nor WebP")
    }
    var decoder = try PictureDecoder(codec, configuration: [], width: 0, height: 0, subject: subject)
    var count = 0
    func take(_: Int, _ picture: borrowing DecodedPicture) {
      count += 1
      if count == 1 { body(picture) }
    }
    try decoder.feed(VideoPacket(bytes: bytes, isKeyframe: true), number: 0) { take($0, $1) }
    try decoder.drain { take($0, $1) }
    guard count > 0 else { throw VideoError(.damaged, subject, "no picture comes out of it") }
  }

  private static func codec(of bytes: [UInt8]) -> AVCodecID? {
    if bytes.starts(with: [0x89, 0x50, 0x4E, 0x47]) { return AV_CODEC_ID_PNG }
    if bytes.starts(with: [0xFF, 0xD8]) { return AV_CODEC_ID_MJPEG }
    if bytes.starts(with: Array("II*".utf8)) || bytes.starts(with: [0x4D, 0x4D, 0, 0x2A]) { return AV_CODEC_ID_TIFF }
    if bytes.starts(with: Array("RIFF".utf8)), bytes.count > 12, bytes[8..<12].elementsEqual("WEBP".utf8) {
      return AV_CODEC_ID_WEBP
    }
    return nil
  }
}
