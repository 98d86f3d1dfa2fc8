/// Where each frame of an MP4 file's video track lies: the sample table, checked against the file's size.
struct MP4Index {
  var codec: CodecKind
  var width: Int, height: Int
  var framesPerSecond: Int
  var configuration: [UInt8]
  var offsets: [Int]
  var sizes: [Int32]
  var isKeyframe: [Bool]

  /// - Parameters:
  ///   - moov: The contents of the `moov` box.
  ///   - fileSize: Every frame has to end before this.
  init(moov: [UInt8], fileSize: Int) throws(MP4Damage) {
    let boxes = MP4Boxes(bytes: moov)
    let whole = 0..<moov.count
    if try boxes.child(FourCC.mvex, of: whole) != nil { throw MP4Damage(.unsupported, "is a fragmented MP4") }
    let media = try Self.videoTrack(boxes, whole).media
    let information = try boxes.required(FourCC.minf, of: media, "media information")
    let tables = try boxes.required(FourCC.stbl, of: information, "sample table")

    let entry = try SampleEntry(boxes, tables)
    codec = entry.codec
    width = entry.width
    height = entry.height
    configuration = entry.configuration
    sizes = try Self.sizes(boxes, tables, fileSize)
    offsets = try Self.offsets(boxes, tables, sizes, fileSize)
    isKeyframe = try Self.keyframes(boxes, tables, sizes.count)
    framesPerSecond = try Self.rate(boxes, media, tables, sizes.count)
  }

  static func videoTrack(
    _ boxes: MP4Boxes, _ whole: Range<Int>
  ) throws(MP4Damage) -> (track: Range<Int>, media: Range<Int>) {
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
    return found
  }

  /// Days of video; what a damaged count may make a reader allocate.
  private static let mostFrames = 1 << 24

  static func sizes(_ boxes: MP4Boxes, _ tables: Range<Int>, _ fileSize: Int) throws(MP4Damage) -> [Int32] {
    let box = try boxes.required(FourCC.stsz, of: tables, "table of sample sizes")
    let common = try boxes.uint32(box.lowerBound + 4, in: box)
    let count = Int(try boxes.uint32(box.lowerBound + 8, in: box))
    guard count <= mostFrames else { throw MP4Damage("claims \(count) frames; \(mostFrames) are the most") }
    var sizes: [Int32] = []
    if common != 0 {
      guard common < 1 << 30, count <= fileSize / Int(common), count <= fileSize / 4 else {
        throw MP4Damage("\(count) frames of \(common) bytes do not fit into the file")
      }
      sizes = [Int32](repeating: Int32(common), count: count)
    } else {
      let (_, start) = try boxes.table(box, countAt: 8, entrySize: 4, "table of sample sizes")
      sizes.reserveCapacity(count)
      var total = 0
      for i in 0..<count {
        let size = try boxes.uint32(start + 4 * i, in: box)
        total += Int(size)
        guard size > 0, size < 1 << 30, total <= fileSize else {
          throw MP4Damage("frame \(i) of \(size) bytes does not fit into the file")
        }
        sizes.append(Int32(size))
      }
    }
    guard !sizes.isEmpty else { throw MP4Damage("has no frames") }
    return sizes
  }

  static func offsets(
    _ boxes: MP4Boxes, _ tables: Range<Int>, _ sizes: [Int32], _ fileSize: Int
  ) throws(MP4Damage) -> [Int] {
    let runs = try boxes.required(FourCC.stsc, of: tables, "table of chunks")
    let (runCount, runStart) = try boxes.table(runs, entrySize: 12, "table of chunks")
    let wide = try boxes.child(FourCC.co64, of: tables)
    let places = if let wide { wide } else { try boxes.required(FourCC.stco, of: tables, "table of chunk offsets") }
    let width = wide == nil ? 4 : 8
    let (chunkCount, placeStart) = try boxes.table(places, entrySize: width, "table of chunk offsets")

    var offsets: [Int] = []
    offsets.reserveCapacity(sizes.count)
    for run in 0..<runCount {
      let at = runStart + 12 * run
      let first = Int(try boxes.uint32(at, in: runs))
      let perChunk = Int(try boxes.uint32(at + 4, in: runs))
      let end = run + 1 < runCount ? Int(try boxes.uint32(at + 12, in: runs)) : chunkCount + 1
      guard first >= 1, first < end, end <= chunkCount + 1, perChunk > 0, run > 0 || first == 1 else {
        throw MP4Damage("the table of chunks contradicts itself")
      }
      for chunk in first..<end {
        let place = placeStart + (chunk - 1) * width
        let offset = width == 4 ? UInt64(try boxes.uint32(place, in: places)) : try boxes.uint64(place, in: places)
        guard offset <= UInt64(fileSize) else { throw MP4Damage("chunk \(chunk) lies behind the file's end") }
        var position = Int(offset)
        guard perChunk <= sizes.count - offsets.count else { throw MP4Damage("more frames in chunks than sizes") }
        for _ in 0..<perChunk {
          let size = Int(sizes[offsets.count])
          guard size <= fileSize - position else {
            throw MP4Damage("frame \(offsets.count) lies behind the file's end")
          }
          offsets.append(position)
          position += size
        }
      }
    }
    guard offsets.count == sizes.count else { throw MP4Damage("\(sizes.count) frames, only \(offsets.count) placed") }
    return offsets
  }

  static func keyframes(_ boxes: MP4Boxes, _ tables: Range<Int>, _ count: Int) throws(MP4Damage) -> [Bool] {
    guard let box = try boxes.child(FourCC.stss, of: tables) else { return [Bool](repeating: true, count: count) }
    let (entries, start) = try boxes.table(box, entrySize: 4, "table of keyframes")
    var keyframes = [Bool](repeating: false, count: count)
    for i in 0..<entries {
      let number = Int(try boxes.uint32(start + 4 * i, in: box))
      guard (1...count).contains(number) else { throw MP4Damage("keyframe \(number) of \(count) frames") }
      keyframes[number - 1] = true
    }
    return keyframes
  }
}
