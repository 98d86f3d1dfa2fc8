import CAV

/// The codecs whose pictures are read out of MP4 files: those that datasets are written with, and those that older recorders
/// (OpenCV's "mp4v" and "MJPG") and browsers leave behind, which are decoded but never copied into a file of ours.
enum StoredCodec: String {
  case h264, hevc, av1, mpeg4, mjpeg, vp9

  /// nil for codecs that are only read.
  var kind: CodecKind? { CodecKind(rawValue: rawValue) }

  var identifier: AVCodecID {
    switch self {
    case .h264: AV_CODEC_ID_H264
    case .hevc: AV_CODEC_ID_HEVC
    case .av1: AV_CODEC_ID_AV1
    case .mpeg4: AV_CODEC_ID_MPEG4
    case .mjpeg: AV_CODEC_ID_MJPEG
    case .vp9: AV_CODEC_ID_VP9
    }
  }

  /// What a sample entry (its extensions, behind the fixed part) says: the codec and its configuration.
  static func find(
    _ name: UInt32, _ boxes: MP4Boxes, _ extensions: Range<Int>
  ) throws(MP4Damage) -> (codec: StoredCodec, configuration: [UInt8]) {
    if let kind = CodecKind(sampleEntry: name), let codec = StoredCodec(rawValue: kind.rawValue) {
      let record = try boxes.required(kind.configurationBox, of: extensions, "codec configuration")
      return (codec, Array(boxes.bytes[record]))
    }
    switch name {
    case FourCC.vp09:
      let record = try boxes.child(FourCC.vpcC, of: extensions)
      return (.vp9, record.map { Array(boxes.bytes[$0]) } ?? [])
    case FourCC.mp4v:
      let box = try boxes.required(FourCC.esds, of: extensions, "codec configuration")
      let (type, configuration) = try ElementaryStream.parse(Array(boxes.bytes[box]))
      switch type {
      case 0x20: return (.mpeg4, configuration)
      case 0x6C: return (.mjpeg, configuration)
      default: throw unread("mp4v, type \(type)")
      }
    default: throw unread(FourCC.text(name))
    }
  }

  private static func unread(_ name: String) -> MP4Damage {
    MP4Damage(
      .unsupported, "is coded as '\(name)', which is not read; H.264, HEVC, AV1, MPEG-4, VP9 and Motion JPEG are")
  }
}

/// The box `esds` (ISO/IEC 14496-1, 7.2.6): descriptors in descriptors.
private enum ElementaryStream {
  /// - Returns: The type of object, and what the decoder begins with.
  static func parse(_ box: [UInt8]) throws(MP4Damage) -> (type: Int, configuration: [UInt8]) {
    var at = 4
    let stream = try descriptor(box, &at, 0x03)
    at = stream.lowerBound + 3
    guard at <= stream.upperBound else { throw damage }
    let flags = box[at - 1]
    if flags & 0x80 != 0 { at += 2 }
    if flags & 0x40 != 0 {
      guard at < stream.upperBound else { throw damage }
      at += 1 + Int(box[at])
    }
    if flags & 0x20 != 0 { at += 2 }
    let decoder = try descriptor(box, &at, 0x04)
    guard decoder.count >= 13 else { throw damage }
    at = decoder.lowerBound + 13
    let type = Int(box[decoder.lowerBound])
    guard at < decoder.upperBound, box[at] == 0x05 else { return (type, []) }
    return (type, Array(box[try descriptor(box, &at, 0x05)]))
  }

  /// The body of the descriptor with this tag that begins here.
  private static func descriptor(_ box: [UInt8], _ at: inout Int, _ tag: UInt8) throws(MP4Damage) -> Range<Int> {
    guard at < box.count, box[at] == tag else { throw damage }
    at += 1
    var length = 0
    for _ in 0..<4 {
      guard at < box.count else { throw damage }
      let byte = box[at]
      at += 1
      length = length << 7 | Int(byte & 127)
      if byte < 128 { break }
    }
    guard length <= box.count - at else { throw damage }
    return at..<at + length
  }

  private static var damage: MP4Damage { MP4Damage("the codec configuration makes no sense") }
}
