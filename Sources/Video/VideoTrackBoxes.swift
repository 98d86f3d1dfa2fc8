/// Where the boxes of an MP4 file's only video track are.
struct VideoTrackBoxes {
  var track: Range<Int>, media: Range<Int>
  /// The `stbl` box.
  var tables: Range<Int>

  /// - Parameter boxes: The contents of the `moov` box.
  init(_ boxes: MP4Boxes) throws(MP4Damage) {
    let whole = 0..<boxes.bytes.count
    if try boxes.child(FourCC.mvex, of: whole) != nil { throw MP4Damage(.unsupported, "is a fragmented MP4") }
    var found: (track: Range<Int>, media: Range<Int>)?
    var at = 0
    while let (track, next) = try boxes.find(FourCC.trak, from: at, in: whole) {
      at = next
      let media = try boxes.required(FourCC.mdia, of: track, "media box of a track")
      let handler = try boxes.required(FourCC.hdlr, of: media, "handler of a track")
      guard try boxes.uint32(handler.lowerBound + 8, in: handler) == FourCC.vide else { continue }
      if found != nil { throw MP4Damage(.unsupported, "has several video tracks") }
      found = (track, media)
    }
    guard let found else { throw MP4Damage("has no video track") }
    (track, media) = found
    let information = try boxes.required(FourCC.minf, of: media, "media information")
    tables = try boxes.required(FourCC.stbl, of: information, "sample table")
  }

  /// Ticks a second.
  func timescale(_ boxes: MP4Boxes) throws(MP4Damage) -> Int {
    let header = try boxes.required(FourCC.mdhd, of: media, "media header")
    let version = try boxes.uint32(header.lowerBound, in: header) >> 24
    let timescale = Int(try boxes.uint32(header.lowerBound + (version == 1 ? 20 : 12), in: header))
    guard timescale > 0 else { throw MP4Damage("has no time scale") }
    return timescale
  }
}
