/// Turns the encoder's byte stream (ISO/IEC 14496-10 Annex B, start codes) into what MP4 stores (ISO/IEC 14496-15:
/// four-byte lengths, parameter sets in an `avcC` record).
enum H264Stream {
  private static let supplementalInformation: UInt8 = 6, sequenceParameters: UInt8 = 7, pictureParameters: UInt8 = 8
  private static let delimiter: UInt8 = 9, instantRefresh: UInt8 = 5

  /// By a NAL unit's first byte.
  static func isInstantRefresh(_ header: UInt8) -> Bool { header & 31 == instantRefresh }

  /// The NAL units of a byte stream, without start codes and padding.
  static func units(_ bytes: UnsafeBufferPointer<UInt8>) -> [Range<Int>] {
    var units: [Range<Int>] = []
    var start: Int?
    var i = 0
    func close(_ end: Int) {
      guard let begin = start else { return }
      var end = end
      while end > begin, bytes[end - 1] == 0 { end -= 1 }
      if end > begin { units.append(begin..<end) }
    }
    while i + 2 < bytes.count {
      if bytes[i + 2] > 1 {
        i += 3
      } else if bytes[i] == 0, bytes[i + 1] == 0, bytes[i + 2] == 1 {
        close(i)
        start = i + 3
        i += 3
      } else {
        i += 1
      }
    }
    close(bytes.count)
    return units
  }

  /// A sample: the picture's slices with lengths. Parameter sets stand in the configuration; supplemental information
  /// (the encoder's name and options) and delimiters are left out.
  static func sample(_ bytes: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    var sample: [UInt8] = []
    sample.reserveCapacity(bytes.count + 8)
    for unit in units(bytes) {
      let kind = bytes[unit.lowerBound] & 31
      if [supplementalInformation, sequenceParameters, pictureParameters, delimiter].contains(kind) { continue }
      appendLength(unit.count, to: &sample)
      sample.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[unit]))
    }
    return sample
  }

  /// Four bytes.
  static func appendLength(_ count: Int, to sample: inout [UInt8]) {
    for shift in [24, 16, 8, 0] { sample.append(UInt8(truncatingIfNeeded: count >> shift)) }
  }

  /// The `avcC` record (14496-15, 5.3.3.1) of the encoder's parameter sets; nil when there are none.
  static func configuration(_ bytes: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
    var sequences: [[UInt8]] = [], pictures: [[UInt8]] = []
    for unit in units(bytes) {
      switch bytes[unit.lowerBound] & 31 {
      case sequenceParameters: sequences.append(Array(bytes[unit]))
      case pictureParameters: pictures.append(Array(bytes[unit]))
      default: continue
      }
    }
    guard let first = sequences.first, first.count >= 4, !pictures.isEmpty else { return nil }
    guard sequences.count < 32, pictures.count < 256 else { return nil }
    var record: [UInt8] = [1, first[1], first[2], first[3], 0xFC | 3, 0xE0 | UInt8(sequences.count)]
    for set in sequences { record += [UInt8(set.count >> 8 & 255), UInt8(set.count & 255)] + set }
    record.append(UInt8(pictures.count))
    for set in pictures { record += [UInt8(set.count >> 8 & 255), UInt8(set.count & 255)] + set }
    // The High profiles add chroma format 4:2:0, two bit depths of 8, and no extension sets.
    if [100, 110, 122, 144].contains(first[1]) { record += [0xFC | 1, 0xF8, 0xF8, 0] }
    return record
  }
}
