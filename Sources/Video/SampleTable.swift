/// How an MP4 file's video track is coded and where each of its packets lies, in decoding order, checked against the
/// file's size.
struct SampleTable: Sendable {
  let codec: StoredCodec
  /// Pixels.
  let width: Int, height: Int
  /// The codec's configuration record.
  let configuration: [UInt8]
  /// What the sample description says of colour and shape of the pixels: whole boxes.
  let colour: [UInt8]
  let offsets: [Int]
  let sizes: [Int32]
  let isKeyframe: [Bool]

  var count: Int { sizes.count }

  /// - Parameters:
  ///   - tables: The `stbl` box.
  ///   - fileSize: Every packet has to end before this.
  init(_ boxes: MP4Boxes, _ tables: Range<Int>, fileSize: Int) throws(MP4Damage) {
    let entry = try SampleEntry(boxes, tables)
    codec = entry.codec
    width = entry.width
    height = entry.height
    configuration = entry.configuration
    colour = entry.colour
    sizes = try Self.sizes(boxes, tables, fileSize)
    offsets = try Self.offsets(boxes, tables, sizes, fileSize)
    isKeyframe = try Self.keyframes(boxes, tables, sizes.count)
  }

  /// The bytes of the file that packets one behind another take.
  func bytes(of packets: Range<Int>) -> Range<Int> {
    offsets[packets.lowerBound]..<offsets[packets.upperBound - 1] + Int(sizes[packets.upperBound - 1])
  }

  /// The packets, from `first` on, that stand one behind another and make a piece of at most so many bytes: one at least.
  func run(from first: Int, to end: Int, atMost bytes: Int) -> Range<Int> {
    var next = first + 1
    while next < end, offsets[next] == offsets[next - 1] + Int(sizes[next - 1]),
      offsets[next] + Int(sizes[next]) - offsets[first] <= bytes
    { next += 1 }
    return first..<next
  }

  /// Days of video; what a damaged count may make a reader allocate.
  private static let mostFrames = 1 << 24

  private static func sizes(_ boxes: MP4Boxes, _ tables: Range<Int>, _ fileSize: Int) throws(MP4Damage) -> [Int32] {
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

  private static func offsets(
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

  private static func keyframes(_ boxes: MP4Boxes, _ tables: Range<Int>, _ count: Int) throws(MP4Damage) -> [Bool] {
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
