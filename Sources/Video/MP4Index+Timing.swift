extension MP4Index {
  /// The constant frame rate; only the last frame may have another duration.
  static func rate(
    _ boxes: MP4Boxes, _ media: Range<Int>, _ tables: Range<Int>, _ count: Int
  ) throws(MP4Damage) -> Int {
    let header = try boxes.required(FourCC.mdhd, of: media, "media header")
    let version = try boxes.uint32(header.lowerBound, in: header) >> 24
    let timescale = Int(try boxes.uint32(header.lowerBound + (version == 1 ? 20 : 12), in: header))

    let durations = try boxes.required(FourCC.stts, of: tables, "table of times")
    let (runs, start) = try boxes.table(durations, entrySize: 8, "table of times")
    var covered = 0
    var duration: Int?
    for run in 0..<runs {
      let frames = Int(try boxes.uint32(start + 8 * run, in: durations))
      let value = Int(try boxes.uint32(start + 8 * run + 4, in: durations))
      guard frames > 0, frames <= count - covered else { throw MP4Damage("times for other than \(count) frames") }
      covered += frames
      if let duration, duration != value, !(frames == 1 && covered == count) {
        throw MP4Damage(.unsupported, "has no constant frame rate")
      }
      duration = duration ?? value
    }
    guard covered == count, let duration else { throw MP4Damage("times for \(covered) of \(count) frames") }
    guard duration > 0, timescale % duration == 0, ClipShape.rates.contains(timescale / duration) else {
      throw MP4Damage(.unsupported, "\(timescale) ticks a second, \(duration) a frame are no whole frame rate")
    }
    try checkOrder(boxes, tables)
    return timescale / duration
  }

  /// Composition offsets that vary mean that frames are stored in another order than shown.
  private static func checkOrder(_ boxes: MP4Boxes, _ tables: Range<Int>) throws(MP4Damage) {
    guard let box = try boxes.child(FourCC.ctts, of: tables) else { return }
    let (runs, start) = try boxes.table(box, entrySize: 8, "table of composition times")
    for run in 0..<runs {
      let value = try boxes.uint32(start + 8 * run + 4, in: box)
      guard try value == boxes.uint32(start + 4, in: box) else {
        throw MP4Damage(.unsupported, "stores its frames out of order (B-frames)")
      }
    }
  }
}

/// The description of a video track's frames (14496-12, VisualSampleEntry).
struct SampleEntry {
  var codec: CodecKind
  var width: Int, height: Int
  var configuration: [UInt8]
  /// The boxes `colr` and `pasp`, where they are.
  var colour: [UInt8] = []

  init(_ boxes: MP4Boxes, _ tables: Range<Int>) throws(MP4Damage) {
    let box = try boxes.required(FourCC.stsd, of: tables, "sample description")
    guard try boxes.uint32(box.lowerBound + 4, in: box) == 1 else {
      throw MP4Damage(.unsupported, "has several sample descriptions")
    }
    let start = box.lowerBound + 8
    let size = Int(try boxes.uint32(start, in: box))
    let name = try boxes.uint32(start + 4, in: box)
    guard size >= 86, size <= box.upperBound - start else { throw MP4Damage("the sample description is cut off") }
    guard let codec = CodecKind(sampleEntry: name) else {
      throw MP4Damage(.unsupported, "is neither H.264 nor HEVC nor AV1")
    }
    let entry = start..<start + size
    width = try boxes.uint16(start + 32, in: entry)
    height = try boxes.uint16(start + 34, in: entry)
    guard width > 0, height > 0, max(width, height) <= ClipShape.longestSide, width * height <= ClipShape.mostPixels
    else { throw MP4Damage(.unsupported, "has pictures of \(width)x\(height)") }
    let record = try boxes.required(codec.configurationBox, of: start + 86..<start + size, "codec configuration")
    guard record.count <= 65536 else { throw MP4Damage("the codec configuration has \(record.count) bytes") }
    configuration = Array(boxes.bytes[record])
    for name in [FourCC.colr, FourCC.pasp] {
      guard let body = try boxes.child(name, of: start + 86..<start + size), body.count <= 4096 else { continue }
      colour += boxes.bytes[body.lowerBound - 8..<body.upperBound]
    }
    self.codec = codec
  }
}
