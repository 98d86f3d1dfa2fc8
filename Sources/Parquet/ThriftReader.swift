/// The Thrift compact protocol, read field by field; what the caller does not ask for is skipped.
struct ThriftReader {
  var source: ByteReader
  private var depth = 0

  init(_ source: ByteReader) { self.source = source }

  /// Calls `field` with number and type of each field of a structure. It must read the field or `skip` it.
  mutating func structure(
    _ field: (inout ThriftReader, Int, UInt8) throws(FormatError) -> Void
  ) throws(FormatError) {
    depth += 1
    defer { depth -= 1 }
    guard depth < 32 else { throw .damaged("structures are nested too deeply") }
    var number = 0
    while true {
      let head = try source.byte()
      if head == 0 { return }
      let delta = Int(head >> 4)
      number = delta == 0 ? Int(truncatingIfNeeded: try source.zigzag()) : number &+ delta
      try field(&self, number, head & 15)
    }
  }

  /// Calls `element` for each element of a list of the wanted type.
  mutating func list(
    _ type: UInt8, of wanted: UInt8, count check: (Int) throws(FormatError) -> Void = { _ in },
    _ element: (inout ThriftReader) throws(FormatError) -> Void
  ) throws(FormatError) {
    let (count, kind) = try listHead(type)
    guard kind == wanted || count == 0 else { throw .damaged("a list of the wrong type in a header") }
    try check(count)
    for _ in 0..<count { try element(&self) }
  }

  mutating func integer(_ type: UInt8) throws(FormatError) -> Int {
    switch type {
    case 3: Int(Int8(bitPattern: try source.byte()))
    case 4, 5, 6: Int(try source.zigzag())
    default: throw .damaged("no number where one belongs in a header")
    }
  }

  mutating func bool(_ type: UInt8) throws(FormatError) -> Bool {
    guard type == 1 || type == 2 else { throw .damaged("no truth value where one belongs in a header") }
    return type == 1
  }

  mutating func binary(_ type: UInt8) throws(FormatError) -> Range<Int> {
    guard type == 8 else { throw .damaged("no text where one belongs in a header") }
    return try source.take(try source.size(atMost: source.remaining))
  }

  mutating func string(_ type: UInt8) throws(FormatError) -> String {
    let place = try binary(type)
    return String(decoding: source.bytes[place], as: UTF8.self)
  }

  /// Passes over a value of any type.
  mutating func skip(_ type: UInt8, inList: Bool = false) throws(FormatError) {
    switch type {
    case 1, 2: if inList { _ = try source.byte() }
    case 3: _ = try source.byte()
    case 4, 5, 6: _ = try source.varint()
    case 7: _ = try source.take(8)
    case 8: _ = try source.take(try source.size(atMost: source.remaining))
    case 9, 10:
      depth += 1
      defer { depth -= 1 }
      guard depth < 32 else { throw .damaged("lists are nested too deeply") }
      let (count, kind) = try listHead(9)
      for _ in 0..<count { try skip(kind, inList: true) }
    case 12:
      try structure { (reader, _, type) throws(FormatError) in try reader.skip(type) }
    default: throw .damaged("an unknown type (\(type)) in a header")
    }
  }

  private mutating func listHead(_ type: UInt8) throws(FormatError) -> (count: Int, kind: UInt8) {
    guard type == 9 || type == 10 else { throw .damaged("no list where one belongs in a header") }
    let head = try source.byte()
    var count = Int(head >> 4)
    if count == 15 { count = try source.size(atMost: source.remaining) }
    // An element takes a byte at least.
    guard count <= source.remaining else { throw .damaged("a list is longer than what holds it") }
    return (count, head & 15)
  }
}
