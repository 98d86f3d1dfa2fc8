import CAV

/// The codecs that MP4 files of datasets hold.
enum CodecKind: String {
  case h264, hevc, av1

  init?(name: String) { self.init(rawValue: name) }

  var identifier: AVCodecID {
    switch self {
    case .h264: AV_CODEC_ID_H264
    case .hevc: AV_CODEC_ID_HEVC
    case .av1: AV_CODEC_ID_AV1
    }
  }

  /// The names of an MP4 sample entry and of the box with the codec's configuration in it.
  init?(sampleEntry: UInt32) {
    switch sampleEntry {
    case FourCC.avc1, FourCC.avc3: self = .h264
    case FourCC.hvc1, FourCC.hev1: self = .hevc
    case FourCC.av01: self = .av1
    default: return nil
    }
  }

  var configurationBox: UInt32 {
    switch self {
    case .h264: FourCC.avcC
    case .hevc: FourCC.hvcC
    case .av1: FourCC.av1C
    }
  }
}
