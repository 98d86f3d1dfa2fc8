/// The structure of a coded picture as MP4 stores it, without decoding it: whether its parts fill it exactly.
enum PacketFraming {
  /// What is wrong; nil where the packet is well formed.
  static func problem(_ bytes: UnsafeBufferPointer<UInt8>, _ track: borrowing MovieTrack) -> String? {
    switch track.table.codec {
    case .h264: units(bytes, lengthSize: track.configuration.count > 4 ? Int(track.configuration[4] & 3) + 1 : 4)
    case .hevc: units(bytes, lengthSize: track.configuration.count > 21 ? Int(track.configuration[21] & 3) + 1 : 4)
    case .av1: openBitstreamUnits(bytes)
    // Only decoding tells.
    case .mpeg4, .mjpeg, .vp9: nil
    }
  }

  /// NAL units, each behind its length (ISO/IEC 14496-15).
  private static func units(_ bytes: UnsafeBufferPointer<UInt8>, lengthSize: Int) -> String? {
    var at = 0
    while at < bytes.count {
      guard bytes.count - at > lengthSize else { return "ends within a length" }
      var length = 0
      for i in 0..<lengthSize { length = length << 8 | Int(bytes[at + i]) }
      at += lengthSize
      guard length > 0, length <= bytes.count - at else {
        return "has a part of \(length) bytes where \(bytes.count - at) are left"
      }
      guard bytes[at] & 0x80 == 0 else { return "has a part that begins with a forbidden bit" }
      at += length
    }
    return nil
  }

  /// OBUs, each with its size but perhaps the last (AV1 specification, 5.3).
  private static func openBitstreamUnits(_ bytes: UnsafeBufferPointer<UInt8>) -> String? {
    var at = 0
    while at < bytes.count {
      let header = bytes[at]
      guard header & 0x80 == 0 else { return "has a part that begins with a forbidden bit" }
      guard (1...8).contains(header >> 3 & 15) || header >> 3 & 15 == 15 else {
        return "has a part of the unknown type \(header >> 3 & 15)"
      }
      at += header & 4 != 0 ? 2 : 1
      if header & 2 == 0 { return nil }
      var length = 0, shift = 0
      while true {
        guard at < bytes.count, shift < 56 else { return "ends within a length" }
        let byte = bytes[at]
        at += 1
        length |= Int(byte & 127) << shift
        shift += 7
        if byte < 128 { break }
      }
      guard length <= bytes.count - at else {
        return "has a part of \(length) bytes where \(bytes.count - at) are left"
      }
      at += length
    }
    return nil
  }
}
