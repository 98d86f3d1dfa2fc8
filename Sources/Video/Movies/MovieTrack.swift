/// The video track of an MP4 file of whatever recorder: its coding, and where and when each picture is.
///
/// Pictures are counted in the order in which they are shown; B-frames, edit lists and any time base are understood.
/// Fragmented files and files with several video tracks are refused.
public struct MovieTrack: Sendable {
  let table: SampleTable
  /// libav's name of how pixels are stored, as far as the configuration tells it: "yuv420p", "gray12le"; nil where it is
  /// silent. Full-range variants ("yuvj420p") go by the name of the limited ones.
  public let pixelFormat: String?
  /// Ticks a second of `times`.
  public let timescale: Int
  /// When each picture is shown, in ticks, rising.
  public let times: [Int64]
  /// By how many ticks pictures are decoded before they are shown, so that the first one's decoding time is below zero: what
  /// encoders with B-frames leave, also where none is used.
  public let lead: Int64
  /// The place in decoding order of each shown picture; nil where both orders are the same.
  let decodingOrder: [Int32]?

  /// "h264", "hevc" or "av1"; of foreign files "mpeg4", "mjpeg" or "vp9" too.
  public var codec: String { table.codec.rawValue }
  /// Pixels.
  public var width: Int { table.width }
  /// Pixels.
  public var height: Int { table.height }
  /// The codec's configuration record.
  public var configuration: [UInt8] { table.configuration }
  public var frameCount: Int { times.count }

  /// When a picture is shown, in seconds from the file's beginning.
  public func seconds(_ picture: Int) -> Double { Double(times[picture]) / Double(timescale) }

  /// Can a picture be decoded without others?
  public func isKeyframe(_ picture: Int) -> Bool { table.isKeyframe[decodingPlace(picture)] }

  /// The most pictures from one that can be decoded without others to the next.
  public var longestGroup: Int {
    var longest = 0, start = 0
    for picture in 1..<max(frameCount, 1) where isKeyframe(picture) {
      longest = max(longest, picture - start)
      start = picture
    }
    return max(longest, frameCount - start)
  }

  func decodingPlace(_ picture: Int) -> Int { decodingOrder.map { Int($0[picture]) } ?? picture }

  /// - Parameters:
  ///   - moov: The contents of the `moov` box.
  ///   - fileSize: Every packet has to end before this.
  init(moov: [UInt8], fileSize: Int) throws(MP4Damage) {
    let boxes = MP4Boxes(bytes: moov)
    let track = try VideoTrackBoxes(boxes)
    table = try SampleTable(boxes, track.tables, fileSize: fileSize)
    pixelFormat = PixelFormat.name(table.codec, table.configuration)
    timescale = try track.timescale(boxes)
    let stored = try SampleTimes.composition(boxes, track.tables, count: table.count)
    let edit = try EditList(boxes, movie: 0..<moov.count, track: track.track, timescale: timescale)
    lead = max(0, edit.start)
    var shown = stored.indices.map { (time: stored[$0] - edit.start, place: Int32($0)) }
    if edit.hidesBefore { shown.removeAll { $0.time < 0 } }
    for i in shown.indices { shown[i].time += edit.delay }
    let isSorted = zip(shown, shown.dropFirst()).allSatisfy { $0.time < $1.time }
    if !isSorted { shown.sort { ($0.time, $0.place) < ($1.time, $1.place) } }
    guard !shown.isEmpty else { throw MP4Damage("shows none of its frames") }
    times = shown.map(\.time)
    decodingOrder = isSorted && shown.count == table.count ? nil : shown.map(\.place)
  }
}

/// When samples are shown, before any edit.
enum SampleTimes {
  /// Decoding times with composition offsets, in decoding order. Sums stay far below the type's range: at most 2^30 frames
  /// of at most 2^32 ticks.
  static func composition(_ boxes: MP4Boxes, _ tables: Range<Int>, count: Int) throws(MP4Damage) -> [Int64] {
    var times: [Int64] = []
    times.reserveCapacity(count)
    var now: Int64 = 0
    try runs(boxes, tables, FourCC.stts, count, "table of times") { length, value in
      for _ in 0..<length {
        times.append(now)
        now += Int64(value)
      }
    }
    guard times.count == count else { throw MP4Damage("times for \(times.count) of \(count) frames") }
    guard try boxes.child(FourCC.ctts, of: tables) != nil else { return times }
    var at = 0
    try runs(boxes, tables, FourCC.ctts, count, "table of composition times") { length, value in
      // Writers of version 0 store negative offsets too.
      for i in at..<at + length { times[i] += Int64(Int32(bitPattern: value)) }
      at += length
    }
    return times
  }

  private static func runs(
    _ boxes: MP4Boxes, _ tables: Range<Int>, _ name: UInt32, _ count: Int, _ text: String, _ body: (Int, UInt32) -> Void
  ) throws(MP4Damage) {
    let box = try boxes.required(name, of: tables, text)
    let (entries, start) = try boxes.table(box, entrySize: 8, text)
    var covered = 0
    for entry in 0..<entries {
      let length = Int(try boxes.uint32(start + 8 * entry, in: box))
      guard length <= count - covered else { throw MP4Damage("the \(text) is for more than \(count) frames") }
      covered += length
      body(length, try boxes.uint32(start + 8 * entry + 4, in: box))
    }
  }
}

/// How an edit list moves a track: what is shown begins at a media time, after a pause.
struct EditList {
  /// In the track's ticks.
  var start: Int64 = 0
  var delay: Int64 = 0
  var hidesBefore = false

  init(_ boxes: MP4Boxes, movie: Range<Int>, track: Range<Int>, timescale: Int) throws(MP4Damage) {
    guard let edits = try boxes.child(FourCC.edts, of: track), let list = try boxes.child(FourCC.elst, of: edits) else {
      return
    }
    let isLong = try boxes.uint32(list.lowerBound, in: list) >> 24 == 1
    let size = isLong ? 20 : 12
    let (entries, first) = try boxes.table(list, entrySize: size, "edit list")
    let header = try boxes.required(FourCC.mvhd, of: movie, "movie header")
    let version = try boxes.uint32(header.lowerBound, in: header) >> 24
    let movieScale = Int64(try boxes.uint32(header.lowerBound + (version == 1 ? 20 : 12), in: header))
    var isFound = false
    for entry in 0..<entries {
      let at = first + entry * size
      let duration = isLong ? Int64(bitPattern: try boxes.uint64(at, in: list)) : Int64(try boxes.uint32(at, in: list))
      let media =
        isLong
        ? Int64(bitPattern: try boxes.uint64(at + 8, in: list))
        : Int64(Int32(bitPattern: try boxes.uint32(at + 4, in: list)))
      guard (0...1 << 50).contains(duration), (-1...1 << 50).contains(media) else {
        throw MP4Damage("its edit list makes no sense")
      }
      if media < 0 {
        guard !isFound, movieScale > 0 else { throw MP4Damage(.unsupported, "has a pause in its edit list") }
        let (ticks, overflow) = duration.multipliedReportingOverflow(by: Int64(timescale))
        guard !overflow, delay <= 1 << 58, ticks / movieScale <= 1 << 58 else {
          throw MP4Damage("its edit list makes no sense")
        }
        delay += ticks / movieScale
      } else {
        guard !isFound else { throw MP4Damage(.unsupported, "is cut together by an edit list") }
        start = media
        hidesBefore = media > 0
        isFound = true
      }
    }
  }
}
