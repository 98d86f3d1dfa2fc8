import Glibc

/// How many bytes are below a level.
func countBelow(_ values: UnsafeBufferPointer<UInt8>, _ level: UInt8) -> Int {
  let bytes = UnsafeRawBufferPointer(values)
  let levels = SIMD32<UInt8>(repeating: level), ones = SIMD32<UInt8>(repeating: 1)
  var total = 0
  var i = 0
  while i + 32 <= bytes.count {
    // 255 blocks fill a byte at most to its brim.
    let end = min(bytes.count & ~31, i + 255 * 32)
    var sums = SIMD32<UInt8>.zero
    while i < end {
      let block = bytes.loadUnaligned(fromByteOffset: i, as: SIMD32<UInt8>.self)
      sums &+= ones.replacing(with: 0, where: block .>= levels)
      i += 32
    }
    for lane in 0..<32 { total += Int(sums[lane]) }
  }
  while i < bytes.count {
    if bytes[i] < level { total += 1 }
    i += 1
  }
  return total
}

/// How many ids are `object`, and whether any is in 1...links.
func count(_ ids: UnsafeBufferPointer<UInt16>, _ object: UInt16, links: UInt16) -> (object: Int, robot: Bool) {
  let bytes = UnsafeRawBufferPointer(ids)
  let wanted = SIMD16<UInt16>(repeating: object), ones = SIMD16<UInt16>(repeating: 1)
  let limits = SIMD16<UInt16>(repeating: links)
  var total = 0
  var robot = SIMD16<UInt16>.zero
  var i = 0
  let blocks = ids.count & ~15
  while i < blocks {
    let end = min(blocks, i + 65_535 * 16)
    var sums = SIMD16<UInt16>.zero
    while i < end {
      let block = bytes.loadUnaligned(fromByteOffset: 2 * i, as: SIMD16<UInt16>.self)
      sums &+= ones.replacing(with: 0, where: block .!= wanted)
      robot |= ones.replacing(with: 0, where: block &- ones .>= limits)
      i += 16
    }
    for lane in 0..<16 { total += Int(sums[lane]) }
  }
  var isThere = robot.wrappedSum() > 0
  while i < ids.count {
    if ids[i] == object { total += 1 }
    if ids[i] &- 1 < links { isThere = true }
    i += 1
  }
  return (total, isThere)
}

extension UnsafeRawBufferPointer {
  /// Whether all bytes are the same.
  func elementsEqualFast(_ other: UnsafeRawBufferPointer) -> Bool {
    guard count == other.count, let a = baseAddress, let b = other.baseAddress else { return count == other.count }
    return memcmp(a, b, count) == 0
  }
}
