/// Turns x265's byte stream (ITU-T H.265 Annex B, start codes) into what MP4 stores (ISO/IEC 14496-15).
enum HEVCStream {
  /// Parameter sets, delimiters, ends, filler and supplemental information: everything that is no slice.
  private static let slices: ClosedRange<UInt8> = 0...31
  private static let instantRefresh: ClosedRange<UInt8> = 19...20

  /// By a NAL unit's first byte.
  static func isSlice(_ header: UInt8) -> Bool { slices.contains(header >> 1 & 63) }
  static func isInstantRefresh(_ header: UInt8) -> Bool { instantRefresh.contains(header >> 1 & 63) }

  /// A sample: the picture's slices, each behind its length; parameter sets stand in the configuration.
  static func sample(_ bytes: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    var sample: [UInt8] = []
    sample.reserveCapacity(bytes.count + 8)
    for unit in H264Stream.units(bytes) where isSlice(bytes[unit.lowerBound]) {
      H264Stream.appendLength(unit.count, to: &sample)
      sample.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[unit]))
    }
    return sample
  }
}
