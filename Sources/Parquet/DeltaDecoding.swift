extension ByteReader {
  /// Integers coded as DELTA_BINARY_PACKED: blocks of differences, packed with a width for each miniblock.
  mutating func deltaPacked(count: Int) throws(FormatError) -> [Int64] {
    let block = try size(atMost: 1 << 20)
    let minis = try size(atMost: 1 << 10)
    let total = try size(atMost: Int.max / 2)
    var value = try zigzag()
    guard minis > 0, block % minis == 0, (block / minis) % 8 == 0, block > 0 else {
      throw .damaged("delta blocks of \(block) in \(minis) parts")
    }
    guard total == count else { throw .damaged("\(total) delta values where \(count) belong") }
    let perMini = block / minis
    var result: [Int64] = []
    result.reserveCapacity(count)
    if count > 0 { result.append(value) }
    while result.count < count {
      let least = try zigzag()
      let widths = try take(minis)
      for at in widths where result.count < count {
        let width = Int(bytes[at])
        guard width <= 64 else { throw .damaged("delta values of \(width) bits") }
        let place = try take(perMini * width / 8)
        var bit = place.lowerBound * 8
        for _ in 0..<min(perMini, count - result.count) {
          value = value &+ least &+ Int64(bitPattern: bits(width, at: bit))
          result.append(value)
          bit += width
        }
      }
    }
    return result
  }

  private func bits(_ width: Int, at start: Int) -> UInt64 {
    var result: UInt64 = 0
    var done = 0
    while done < width {
      let bit = start + done
      let count = min(8 - bit % 8, width - done)
      let part = UInt64(bytes[bit / 8] >> UInt8(bit % 8)) & ((1 << UInt64(count)) - 1)
      result |= part << UInt64(done)
      done += count
    }
    return result
  }

  /// DELTA_LENGTH_BYTE_ARRAY: all lengths, then all bytes.
  mutating func deltaLengths(count: Int) throws(FormatError) -> [[UInt8]] {
    let lengths = try deltaPacked(count: count)
    var texts: [[UInt8]] = []
    texts.reserveCapacity(count)
    for length in lengths { texts.append(Array(bytes[try take(Int(length))])) }
    return texts
  }

  /// DELTA_BYTE_ARRAY: how much each text shares with the one before, then what differs.
  mutating func deltaTexts(count: Int) throws(FormatError) -> [[UInt8]] {
    let shared = try deltaPacked(count: count)
    let tails = try deltaLengths(count: count)
    var texts: [[UInt8]] = []
    texts.reserveCapacity(count)
    var last: [UInt8] = []
    var total = 0
    for (share, tail) in zip(shared, tails) {
      guard share >= 0, share <= last.count else {
        throw .damaged("a text shares more than there is with the one before")
      }
      total += Int(share) + tail.count
      // Few bytes can stand for many: no page of real files comes near.
      guard total <= Codec.longestPage else { throw .damaged("a page of more than \(Codec.longestPage) bytes of text") }
      last = last[..<Int(share)] + tail
      texts.append(last)
    }
    return texts
  }
}
