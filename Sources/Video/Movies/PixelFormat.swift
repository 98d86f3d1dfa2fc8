/// How a codec's configuration record says that pixels are stored, by libav's names.
enum PixelFormat {
  static func name(_ codec: StoredCodec, _ record: [UInt8]) -> String? {
    switch codec {
    case .h264: h264(record)
    case .hevc: record.count > 18 ? name(chroma: Int(record[16] & 3), bits: Int(record[17] & 7) + 8) : nil
    case .av1: av1(record)
    case .mpeg4: "yuv420p"
    // Its type of chroma (VP Codec ISO Media File Format Binding): 0 and 1 for 4:2:0.
    case .vp9: record.count > 6 ? name(chroma: max(1, Int(record[6] >> 1 & 7)), bits: Int(record[6] >> 4)) : nil
    case .mjpeg: nil
    }
  }

  private static func name(chroma: Int, bits: Int) -> String? {
    let depth = bits == 8 ? "" : "\(bits)le"
    switch chroma {
    case 0: return "gray" + depth
    case 1: return "yuv420p" + depth
    case 2: return "yuv422p" + depth
    // Three full planes may be RGB as well.
    default: return nil
    }
  }

  /// Only the High profiles have anything but 4:2:0 with 8 bits; their record ends with what they have.
  private static func h264(_ record: [UInt8]) -> String? {
    guard record.count > 6 else { return nil }
    guard ![66, 77, 88].contains(record[1]) else { return "yuv420p" }
    var at = 5
    for mask: UInt8 in [31, 255] {
      guard at < record.count else { return nil }
      let count = record[at] & mask
      at += 1
      for _ in 0..<count {
        guard at + 2 <= record.count else { return nil }
        at += 2 + Int(record[at]) << 8 + Int(record[at + 1])
      }
    }
    guard at + 2 < record.count else { return nil }
    return name(chroma: Int(record[at] & 3), bits: Int(record[at + 1] & 7) + 8)
  }

  private static func av1(_ record: [UInt8]) -> String? {
    guard record.count >= 4 else { return nil }
    let flags = record[2]
    let bits = flags & 0x40 == 0 ? 8 : flags & 0x20 == 0 ? 10 : 12
    let isMonochrome = flags & 0x10 != 0, halvesX = flags & 8 != 0, halvesY = flags & 4 != 0
    return name(chroma: isMonochrome ? 0 : !halvesX ? 3 : halvesY ? 1 : 2, bits: bits)
  }
}
