/// The description of a video track's frames (14496-12, VisualSampleEntry).
struct SampleEntry {
  var codec: StoredCodec
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
    let entry = start..<start + size
    (codec, configuration) = try StoredCodec.find(name, boxes, start + 86..<start + size)
    width = try boxes.uint16(start + 32, in: entry)
    height = try boxes.uint16(start + 34, in: entry)
    guard width > 0, height > 0, max(width, height) <= ClipShape.longestSide, width * height <= ClipShape.mostPixels
    else { throw MP4Damage(.unsupported, "has pictures of \(width)x\(height)") }
    guard configuration.count <= 65536 else {
      throw MP4Damage("the codec configuration has \(configuration.count) bytes")
    }
    for name in [FourCC.colr, FourCC.pasp] {
      guard let body = try boxes.child(name, of: start + 86..<start + size), body.count <= 4096 else { continue }
      colour += boxes.bytes[body.lowerBound - 8..<body.upperBound]
    }
  }
}
