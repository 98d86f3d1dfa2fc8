/// The sample table of a video track at a constant rate, whose frames are stored in the order in which they are shown.
struct MP4Index {
  let table: SampleTable
  let framesPerSecond: Int

  /// - Parameters:
  ///   - moov: The contents of the `moov` box.
  ///   - fileSize: Every frame has to end before this.
  init(moov: [UInt8], fileSize: Int) throws(MP4Damage) {
    let boxes = MP4Boxes(bytes: moov)
    let track = try VideoTrackBoxes(boxes)
    table = try SampleTable(boxes, track.tables, fileSize: fileSize)
    framesPerSecond = try Self.rate(boxes, track.tables, table.count, timescale: track.timescale(boxes))
  }

  /// The constant frame rate; only the last frame may have another duration.
  private static func rate(
    _ boxes: MP4Boxes, _ tables: Range<Int>, _ count: Int, timescale: Int
  ) throws(MP4Damage) -> Int {
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
