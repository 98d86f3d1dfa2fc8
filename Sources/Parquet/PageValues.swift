extension ByteReader {
  /// `count` values of a page in PLAIN encoding.
  mutating func plain(_ count: Int, leaf: SchemaLeaf) throws(FormatError) -> Values {
    switch leaf.physical {
    case .int64: return .int64(try values(count, of: Int64.self))
    case .int32:
      return .int64(try values(count, of: Int32.self).map(leaf.widened))
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
    case .fixedBytes where leaf.kind == .float16:
      return .float(try values(count, of: UInt16.self).map { Float(Float16(bitPattern: $0)) })
    case .fixedBytes, .int96:
      let length = leaf.physical == .int96 ? 12 : leaf.typeLength
      guard length > 0, count <= remaining / length else {
        throw .damaged("\(count) values of \(length) bytes in \(remaining) bytes")
      }
      var texts: [[UInt8]] = []
      texts.reserveCapacity(count)
      for _ in 0..<count { texts.append(Array(bytes[try take(length)])) }
      return .bytes(texts)
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
    case (5, .int64):
      return .int64(try deltaPacked(count: count))
    case (5, .int32):
      // The differences are of 32 bits and wrap.
      return .int64(try deltaPacked(count: count).map { leaf.widened(Int32(truncatingIfNeeded: $0)) })
    case (6, .bytes):
      return .bytes(try deltaLengths(count: count))
    case (7, .bytes), (7, .fixedBytes):
      let texts = try deltaTexts(count: count)
      guard leaf.kind == .float16 else { return .bytes(texts) }
      guard texts.allSatisfy({ $0.count == 2 }) else { throw .damaged("values of another size than the column's") }
      return .float(texts.map { Float(Float16(bitPattern: UInt16($0[0]) | UInt16($0[1]) << 8)) })
    case (9, .float):
      return .float(try streamSplit(count, size: 4).map { Float(bitPattern: UInt32(truncatingIfNeeded: $0)) })
    case (9, .double):
      return .double(try streamSplit(count, size: 8).map { Double(bitPattern: $0) })
    case (9, .int64):
      return .int64(try streamSplit(count, size: 8).map { Int64(bitPattern: $0) })
    case (9, .int32):
      return .int64(try streamSplit(count, size: 4).map { leaf.widened(Int32(truncatingIfNeeded: $0)) })
    case (9, .fixedBytes) where leaf.kind == .float16:
      return .float(
        try streamSplit(count, size: 2).map { Float(Float16(bitPattern: UInt16(truncatingIfNeeded: $0))) })
    default:
      throw .unsupported(
        "the encoding \(encodingName(encoding)); known are PLAIN, dictionaries, RLE, DELTA_BINARY_PACKED, "
          + "DELTA_LENGTH_BYTE_ARRAY, DELTA_BYTE_ARRAY and BYTE_STREAM_SPLIT")
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
    let names = [4: "BIT_PACKED", 9: "BYTE_STREAM_SPLIT"]
    return names[encoding] ?? "number \(encoding)"
  }
}

extension SchemaLeaf {
  /// A number of 32 bits, which unsigned columns store by its bits.
  fileprivate func widened(_ value: Int32) -> Int64 {
    kind == .uint32 ? Int64(UInt32(bitPattern: value)) : Int64(value)
  }
}

extension Values {
  /// A part of the values, which has to lie among them.
  func slice(_ range: Range<Int>) -> Values {
    switch self {
    case .int64(let v): .int64(Array(v[range]))
    case .float(let v): .float(Array(v[range]))
    case .double(let v): .double(Array(v[range]))
    case .bool(let v): .bool(Array(v[range]))
    case .bytes(let v): .bytes(Array(v[range]))
    }
  }

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

  static func empty(of leaf: SchemaLeaf) -> Values {
    switch leaf.physical {
    case .int32, .int64: .int64([])
    case .float: .float([])
    case .double: .double([])
    case .bool: .bool([])
    case .fixedBytes where leaf.kind == .float16: .float([])
    case .bytes, .fixedBytes, .int96: .bytes([])
    }
  }
}
