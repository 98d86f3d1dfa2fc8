/// Reads frames of LZ4 (frame format 1.6.1), as some recorders compress chunks.
enum LZ4Frame {
  /// - Returns: nil for bytes that are no such frame, or that do not give `size` bytes. (Chunks have a checksum of their own.)
  static func content(of bytes: [UInt8], size: Int) -> [UInt8]? {
    guard bytes.count >= 7, bytes[..<4].elementsEqual([0x04, 0x22, 0x4D, 0x18]), bytes[4] >> 6 == 1 else { return nil }
    let flags = bytes[4]
    var at = 7 + (flags & 8 != 0 ? 8 : 0) + (flags & 1 != 0 ? 4 : 0)
    var output: [UInt8] = []
    output.reserveCapacity(size)
    while bytes.count - at >= 4 {
      let head = (0..<4).reduce(UInt32(0)) { $0 | UInt32(bytes[at + $1]) << UInt32(8 * $1) }
      at += 4
      if head == 0 { return output.count == size ? output : nil }
      let length = Int(head & 0x7FFF_FFFF)
      guard length <= bytes.count - at else { return nil }
      if head >> 31 == 1 {
        output += bytes[at..<at + length]
      } else {
        guard block(bytes[at..<at + length], into: &output, limit: size) else { return nil }
      }
      guard output.count <= size else { return nil }
      at += length + (flags & 16 != 0 ? 4 : 0)
    }
    return nil
  }

  /// A block; what it repeats may stand in blocks before it.
  private static func block(_ block: ArraySlice<UInt8>, into output: inout [UInt8], limit: Int) -> Bool {
    var at = block.startIndex
    func extended(_ nibble: UInt8) -> Int? {
      var length = Int(nibble)
      guard nibble == 15 else { return length }
      while true {
        guard at < block.endIndex, length <= limit else { return nil }
        length += Int(block[at])
        at += 1
        if block[at - 1] < 255 { return length }
      }
    }
    while at < block.endIndex {
      let token = block[at]
      at += 1
      guard let literals = extended(token >> 4), literals <= block.endIndex - at, output.count + literals <= limit
      else {
        return false
      }
      output += block[at..<at + literals]
      at += literals
      if at == block.endIndex { return true }
      guard block.endIndex - at >= 2 else { return false }
      let distance = Int(block[at]) | Int(block[at + 1]) << 8
      at += 2
      guard let more = extended(token & 15), case let length = more + 4, distance > 0, distance <= output.count,
        output.count + length <= limit
      else { return false }
      for _ in 0..<length { output.append(output[output.count - distance]) }
    }
    return false
  }
}
