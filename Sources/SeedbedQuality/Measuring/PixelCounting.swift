import Glibc

// Plain loops over pointers with narrow sums: the compiler makes SIMD code of them.

/// How many bytes are below a level.
func countBelow(_ values: UnsafeBufferPointer<UInt8>, _ level: UInt8) -> Int {
  guard let start = values.baseAddress else { return 0 }
  var total = 0
  var i = 0
  while i < values.count {
    // A byte holds the sum of 255 bits; 192 are three rounds of four vectors without a rest.
    let end = min(values.count, i + 192)
    var sum: UInt8 = 0
    for k in i..<end { sum &+= start[k] < level ? 1 : 0 }
    total += Int(sum)
    i = end
  }
  return total
}

/// How many ids are `object`, and whether any is in 1...links.
func count(_ ids: UnsafeBufferPointer<UInt16>, _ object: UInt16, links: UInt16) -> (object: Int, robot: Bool) {
  guard let start = ids.baseAddress else { return (0, false) }
  var total = 0
  var robot: UInt16 = 0
  var i = 0
  while i < ids.count {
    let end = min(ids.count, i + 65_472)
    var sum: UInt16 = 0
    for k in i..<end {
      sum &+= start[k] == object ? 1 : 0
      robot |= start[k] &- 1 < links ? 1 : 0
    }
    total += Int(sum)
    i = end
  }
  return (total, robot > 0)
}

extension UnsafeRawBufferPointer {
  /// Whether all bytes are the same.
  func equalsBytes(of other: UnsafeRawBufferPointer) -> Bool {
    guard count == other.count, let a = baseAddress, let b = other.baseAddress else { return count == other.count }
    return memcmp(a, b, count) == 0
  }
}
