extension MP4Reader {
  /// Decodes frames and hands each to `body` with its number: height x width x 3 bytes RGB, rows without gaps, valid
  /// during the call. Decoding begins at the keyframe before the range. Damaged frames are errors, never patched over.
  public mutating func decodeRGB(
    _ range: Range<Int>, _ body: (Int, UnsafeBufferPointer<UInt8>) -> Void
  ) throws(VideoError) {
    try check(range)
    if range.isEmpty { return }
    var start = range.lowerBound
    while start > 0 && !index.isKeyframe[start] { start -= 1 }
    var decoder = try PictureDecoder(
      index.codec.identifier, configuration: index.configuration, width: width, height: height, subject: file.path)
    let size = (width, height)
    var rgb: [UInt8] = []
    var next = start
    var problem: String?
    func take(_ number: Int, _ picture: borrowing DecodedPicture) {
      guard problem == nil else { return }
      if number != next || number >= range.upperBound {
        problem = "frame \(number) came out in its place"
      } else if (picture.width, picture.height) != size {
        problem = "its size is \(picture.width)x\(picture.height)"
      } else if number >= range.lowerBound {
        if picture.rgb(into: &rgb) {
          rgb.withUnsafeBufferPointer { body(number, $0) }
        } else {
          problem = "it has a palette"
        }
      }
      if problem == nil { next += 1 }
    }
    for k in start..<range.upperBound { try decoder.feed(try packet(k), number: k) { take($0, $1) } }
    try decoder.drain { take($0, $1) }
    guard next == range.upperBound else {
      throw VideoError(.damaged, file.path, "frame \(next) cannot be decoded: \(problem ?? "no picture came out")")
    }
  }
}
