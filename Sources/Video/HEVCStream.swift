/// Turns x265's byte stream (ITU-T H.265 Annex B, start codes) into what MP4 stores (ISO/IEC 14496-15).
enum HEVCStream {
  /// NAL unit types of slices and of parameter sets, without delimiters, ends, filler and supplemental information.
  private static let kept: ClosedRange<UInt8> = 0...34

  /// A sample: the picture's slices, each behind its length. Keyframes carry their parameter sets too, as "hev1" allows:
  /// whoever joins files by their packets keeps one file's configuration for all.
  static func sample(_ bytes: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    var sample: [UInt8] = []
    sample.reserveCapacity(bytes.count + 8)
    for unit in H264Stream.units(bytes) where kept.contains(bytes[unit.lowerBound] >> 1 & 63) {
      H264Stream.appendLength(unit.count, to: &sample)
      sample.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[unit]))
    }
    return sample
  }
}
