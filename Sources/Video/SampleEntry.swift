/// The description of a video track's frames (14496-12, VisualSampleEntry).
struct SampleEntry {
  var codec: CodecKind
  var width: Int, height: Int
  var configuration: [UInt8]
  /// The boxes `colr` and `pasp`, where they are: what is said of colour and shape of the pixels.
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
