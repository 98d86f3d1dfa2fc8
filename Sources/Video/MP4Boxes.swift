/// Four-letter names of MP4 boxes (ISO/IEC 14496-12).
enum FourCC {
  static let mvhd = code("mvhd"), edts = code("edts"), elst = code("elst")
  static let moov = code("moov"), trak = code("trak"), mdia = code("mdia"), mdhd = code("mdhd")
  static let hdlr = code("hdlr"), vide = code("vide"), minf = code("minf"), stbl = code("stbl"), mvex = code("mvex")
  static let stsd = code("stsd"), stts = code("stts"), ctts = code("ctts"), stss = code("stss"), stsc = code("stsc")
  static let stsz = code("stsz"), stco = code("stco"), co64 = code("co64")
  static let avc1 = code("avc1"), avc3 = code("avc3"), avcC = code("avcC")
  static let hvc1 = code("hvc1"), hev1 = code("hev1"), hvcC = code("hvcC"), av01 = code("av01"), av1C = code("av1C")
  static let mp4v = code("mp4v"), esds = code("esds"), vp09 = code("vp09"), vpcC = code("vpcC")
  static let colr = code("colr"), pasp = code("pasp")

  /// As a person reads it.
  static func text(_ code: UInt32) -> String {
    String((0..<4).map { Character(Unicode.Scalar(UInt8(truncatingIfNeeded: code >> (24 - 8 * $0)))) })
  }

  private static func code(_ name: StaticString) -> UInt32 {
    name.withUTF8Buffer { $0.reduce(0) { $0 << 8 | UInt32($1) } }
  }
}

/// What is wrong with a file's structure; the reader adds the path.
struct MP4Damage: Error {
  var kind: VideoError.Kind
  var reason: String

  init(_ reason: String) {
    self.init(.damaged, reason)
  }

  init(_ kind: VideoError.Kind, _ reason: String) {
    self.kind = kind
    self.reason = reason
  }
}

/// Boxes inside a piece of a file in memory. Every access is checked against the piece's end.
struct MP4Boxes {
  let bytes: [UInt8]

  func uint16(_ at: Int, in range: Range<Int>) throws(MP4Damage) -> Int {
    guard at >= range.lowerBound, at <= range.upperBound - 2 else { throw MP4Damage("a box is too short") }
    return Int(bytes[at]) << 8 | Int(bytes[at + 1])
  }

  func uint32(_ at: Int, in range: Range<Int>) throws(MP4Damage) -> UInt32 {
    guard at >= range.lowerBound, at <= range.upperBound - 4 else { throw MP4Damage("a box is too short") }
    return UInt32(bytes[at]) << 24 | UInt32(bytes[at + 1]) << 16 | UInt32(bytes[at + 2]) << 8 | UInt32(bytes[at + 3])
  }

  func uint64(_ at: Int, in range: Range<Int>) throws(MP4Damage) -> UInt64 {
    UInt64(try uint32(at, in: range)) << 32 | UInt64(try uint32(at + 4, in: range))
  }

  /// A box's name, its length with the header, and the header's, after checking that the box fits into the space.
  func header(
    at: Int, in range: Range<Int>, space: Int
  ) throws(MP4Damage) -> (kind: UInt32, length: Int, headerLength: Int) {
    let size = try uint32(at, in: range)
    let kind = try uint32(at + 4, in: range)
    let length = size == 1 ? try uint64(at + 8, in: range) : size == 0 ? UInt64(space) : UInt64(size)
    let headerLength = size == 1 ? 16 : 8
    guard length >= UInt64(headerLength), length <= UInt64(space) else {
      throw MP4Damage("a box of \(length) bytes does not fit into the one around it")
    }
    return (kind, Int(length), headerLength)
  }

  /// The first box of the name at or after a place, and where the next box begins; nil when there is none.
  func find(_ name: UInt32, from start: Int, in range: Range<Int>) throws(MP4Damage) -> (body: Range<Int>, next: Int)? {
    var at = start
    while at < range.upperBound {
      let box = try header(at: at, in: range, space: range.upperBound - at)
      let next = at + box.length
      if box.kind == name { return (at + box.headerLength..<next, next) }
      at = next
    }
    return nil
  }

  /// The only or first box of the name.
  func child(_ name: UInt32, of range: Range<Int>) throws(MP4Damage) -> Range<Int>? {
    try find(name, from: range.lowerBound, in: range)?.body
  }

  func required(_ name: UInt32, of range: Range<Int>, _ text: String) throws(MP4Damage) -> Range<Int> {
    guard let body = try child(name, of: range) else { throw MP4Damage("the \(text) is missing") }
    return body
  }

  /// The number of entries of a table box and where they begin, after checking that they fit.
  func table(
    _ range: Range<Int>, countAt: Int = 4, entrySize: Int, _ text: String
  ) throws(MP4Damage) -> (count: Int, start: Int) {
    let count = Int(try uint32(range.lowerBound + countAt, in: range))
    let start = range.lowerBound + countAt + 4
    guard count <= (range.upperBound - start) / entrySize else {
      throw MP4Damage("the \(text) claims \(count) entries and has room for fewer")
    }
    return (count, start)
  }
}
