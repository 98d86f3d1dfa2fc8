extension ByteReader {
  /// Numbers in the format's hybrid of runs and bit-packed groups, `width` bits each.
  mutating func hybrid<T: FixedWidthInteger & UnsignedInteger>(
    width: Int, count: Int, as type: T.Type
  ) throws(FormatError) -> [T] {
    guard width >= 0, width <= min(32, T.bitWidth) else { throw .damaged("numbers of \(width) bits") }
    if width == 0 { return [T](repeating: 0, count: count) }
    var result: [T] = []
    result.reserveCapacity(count)
    while result.count < count {
      let head = try varint()
      let wanted = count - result.count
      if head & 1 == 0 {
        let place = try take((width + 7) / 8)
        var value: UInt32 = 0
        for (i, at) in place.enumerated() { value |= UInt32(bytes[at]) << UInt32(8 * i) }
        guard head > 0, UInt64(value) < 1 << UInt64(width) else { throw .damaged("a run that makes no sense") }
        result.append(contentsOf: repeatElement(T(value), count: Int(min(head >> 1, UInt64(wanted)))))
      } else {
        // The last group may be cut where its numbers are not needed.
        let groups = head >> 1
        let values = groups > UInt64(wanted) ? wanted : min(wanted, Int(groups) * 8)
        let packed = groups > UInt64(remaining) ? remaining : min(remaining, Int(groups) * width)
        guard groups > 0, (values * width + 7) / 8 <= packed else { throw .damaged("a packed run is cut") }
        unpack(try take(packed), width: width, count: values, into: &result)
      }
    }
    return result
  }

  private func unpack<T: FixedWidthInteger & UnsignedInteger>(
    _ place: Range<Int>, width: Int, count: Int, into result: inout [T]
  ) {
    let mask: UInt64 = (1 << UInt64(width)) - 1
    var pending: UInt64 = 0
    var bits = 0
    var at = place.lowerBound
    for _ in 0..<count {
      while bits < width {
        pending |= UInt64(bytes[at]) << UInt64(bits)
        at += 1
        bits += 8
      }
      result.append(T(truncatingIfNeeded: pending & mask))
      pending >>= UInt64(width)
      bits -= width
    }
  }
}
