extension ByteReader {
  /// `count` values of a page in PLAIN encoding.
  mutating func plain(_ count: Int, leaf: SchemaLeaf) throws(FormatError) -> Values {
    switch leaf.physical {
    case .int64: return .int64(try values(count, of: Int64.self))
    case .int32: return .int64(try values(count, of: Int32.self).map(Int64.init))
    case .float: return .float(try values(count, of: Float.self))
    case .double: return .double(try values(count, of: Double.self))
    case .bool:
      let place = try take(count / 8 + (count % 8 == 0 ? 0 : 1))
      return .bool((0..<count).map { bytes[place.lowerBound + $0 >> 3] >> UInt8($0 & 7) & 1 == 1 })
    case .bytes:
      // Each value takes the 4 bytes of its length.
      guard count <= remaining / 4 else { throw .damaged("\(count) texts in \(remaining) bytes") }
      var texts: [[UInt8]] = []
      texts.reserveCapacity(count)
      for _ in 0..<count { texts.append(Array(bytes[try take(try littleEndian32())])) }
      return .bytes(texts)
    case .fixedBytes:
      guard leaf.typeLength > 0, count <= remaining / leaf.typeLength else {
        throw .damaged("\(count) values of \(leaf.typeLength) bytes in \(remaining) bytes")
      }
      var texts: [[UInt8]] = []
      for _ in 0..<count { texts.append(Array(bytes[try take(leaf.typeLength)])) }
      return .bytes(texts)
    case .int96:
      throw .unsupported("the column type INT96")
    }
  }

  /// `count` values of a page in the given encoding (the format's number).
  mutating func values(
    _ count: Int, encoding: Int, leaf: SchemaLeaf, dictionary: Values?
  ) throws(FormatError) -> Values {
    switch (encoding, leaf.physical) {
    case (0, _):
      return try plain(count, leaf: leaf)
    case (2, _), (8, _):
      guard let dictionary else { throw .damaged("values of a dictionary that is missing") }
      if count == 0 { return dictionary.picking([]) ?? dictionary }
      let width = Int(try byte())
      let indices = try hybrid(width: width, count: count, as: UInt32.self)
      guard let picked = dictionary.picking(indices) else { throw .damaged("an index beyond the dictionary") }
      return picked
    case (3, .bool):
      let length = try littleEndian32()
      var run = ByteReader(bytes, try take(length))
      return .bool(try run.hybrid(width: 1, count: count, as: UInt8.self).map { $0 == 1 })
    case (5, .int32), (5, .int64):
      return .int64(try deltaPacked(count: count))
    case (6, .bytes):
      let lengths = try deltaPacked(count: count)
      var texts: [[UInt8]] = []
      texts.reserveCapacity(count)
      for length in lengths { texts.append(Array(bytes[try take(Int(length))])) }
      return .bytes(texts)
    case (9, .float):
      return .float(try streamSplit(count, size: 4).map { Float(bitPattern: UInt32(truncatingIfNeeded: $0)) })
    case (9, .double):
      return .double(try streamSplit(count, size: 8).map { Double(bitPattern: $0) })
    default:
      throw .unsupported(
        "the encoding \(encodingName(encoding)); known are PLAIN, dictionaries, RLE, "
          + "DELTA_BINARY_PACKED, DELTA_LENGTH_BYTE_ARRAY and BYTE_STREAM_SPLIT")
    }
  }

  /// BYTE_STREAM_SPLIT: first the first bytes of all values, then the second bytes.
  private mutating func streamSplit(_ count: Int, size: Int) throws(FormatError) -> [UInt64] {
    guard count <= remaining / size else { throw .damaged("\(count) values in \(remaining) bytes") }
    let place = try take(count * size)
    return (0..<count).map { i in
      (0..<size).reduce(0) { $0 | UInt64(bytes[place.lowerBound + $1 * count + i]) << UInt64(8 * $1) }
    }
  }

  private func encodingName(_ encoding: Int) -> String {
    let names = [4: "BIT_PACKED", 7: "DELTA_BYTE_ARRAY", 9: "BYTE_STREAM_SPLIT"]
    return names[encoding] ?? "number \(encoding)"
  }
}

extension Values {
  /// The values at some places; nil where a place does not exist.
  func picking(_ places: [UInt32]) -> Values? {
    guard (places.max().map { Int($0) } ?? -1) < count else { return nil }
    switch self {
    case .int64(let v): return .int64(places.map { v[Int($0)] })
    case .float(let v): return .float(places.map { v[Int($0)] })
    case .double(let v): return .double(places.map { v[Int($0)] })
    case .bool(let v): return .bool(places.map { v[Int($0)] })
    case .bytes(let v): return .bytes(places.map { v[Int($0)] })
    }
  }

  static func empty(of physical: SchemaLeaf.Physical) -> Values {
    switch physical {
    case .int32, .int64: .int64([])
    case .float: .float([])
    case .double: .double([])
    case .bool: .bool([])
    case .bytes, .fixedBytes, .int96: .bytes([])
    }
  }
}
