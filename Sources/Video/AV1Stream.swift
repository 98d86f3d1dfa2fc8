/// Turns SVT-AV1's packets into what MP4 stores (AV1 in ISOBMFF, 2.4): temporal units without their delimiter.
enum AV1Stream {
  private static let delimiter: UInt8 = 2

  /// A sample: all OBUs but temporal delimiters. Bytes that are no OBUs are kept as they are.
  static func sample(_ bytes: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    var sample: [UInt8] = []
    sample.reserveCapacity(bytes.count)
    var at = 0
    while at < bytes.count, let unit = OpenBitstreamUnit(bytes, at: at) {
      if unit.kind != delimiter { sample.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[unit.range])) }
      at = unit.range.upperBound
    }
    sample.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[at...]))
    return sample
  }
}

/// A part of an AV1 stream that says its own size (AV1 specification, 5.3).
struct OpenBitstreamUnit {
  /// `obu_type`.
  var kind: UInt8
  /// With its header.
  var range: Range<Int>
  /// Without.
  var payload: Range<Int>

  /// nil where there is none, or one that does not say its size.
  init?(_ bytes: UnsafeBufferPointer<UInt8>, at start: Int) {
    guard start < bytes.count else { return nil }
    let header = bytes[start]
    guard header & 0x80 == 0, header & 2 != 0 else { return nil }
    var at = start + (header & 4 != 0 ? 2 : 1)
    var length = 0, shift = 0
    while true {
      guard at < bytes.count, shift < 35 else { return nil }
      let byte = bytes[at]
      at += 1
      length |= Int(byte & 127) << shift
      shift += 7
      if byte < 128 { break }
    }
    guard length <= bytes.count - at else { return nil }
    kind = header >> 3 & 15
    payload = at..<at + length
    range = start..<at + length
  }
}
