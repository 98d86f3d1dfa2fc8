import CAV

/// A picture as an encoder takes it again, without a detour over colours.
extension DecodedPicture {
  /// Y, then U, then V, rows without gaps, as `VideoEncoder.append(i420:)` takes them; false for other pixels than 4:2:0
  /// with 8 bits in limited range and even sides.
  public func i420(into bytes: inout [UInt8]) -> Bool {
    guard frame.pointee.format == AV_PIX_FMT_YUV420P.rawValue, frame.pointee.color_range != AVCOL_RANGE_JPEG,
      width % 2 == 0, height % 2 == 0
    else { return false }
    let data = frame.pointee.data, lines = frame.pointee.linesize
    guard let y = data.0, let u = data.1, let v = data.2 else { return false }
    let count = width * height * 3 / 2
    if bytes.count != count { bytes = [UInt8](repeating: 0, count: count) }
    var at = 0
    let planes = [
      (y, lines.0, width, height), (u, lines.1, width / 2, height / 2), (v, lines.2, width / 2, height / 2),
    ]
    bytes.withUnsafeMutableBytes { out in
      for (plane, line, columns, rows) in planes {
        for row in 0..<rows {
          let source = UnsafeRawBufferPointer(start: plane + row * Int(line), count: columns)
          UnsafeMutableRawBufferPointer(rebasing: out[at..<at + columns]).copyMemory(from: source)
          at += columns
        }
      }
    }
    return true
  }

  /// Width x height codes of 0...4095, as `VideoEncoder.append(gray12:)` takes them; false for other pixels.
  public func gray12(into codes: inout [UInt16]) -> Bool {
    guard frame.pointee.format == AV_PIX_FMT_GRAY12LE.rawValue, let base = frame.pointee.data.0 else { return false }
    codes.removeAll(keepingCapacity: true)
    for row in 0..<height {
      let line = base + row * Int(frame.pointee.linesize.0)
      for column in 0..<width {
        codes.append(min(4095, UInt16(line[2 * column]) | UInt16(line[2 * column + 1]) << 8))
      }
    }
    return true
  }
}
