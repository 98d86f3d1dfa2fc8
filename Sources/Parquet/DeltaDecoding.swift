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
}
