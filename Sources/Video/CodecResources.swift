import CAV
import Glibc

/// libav's error codes that its headers define by macros Swift cannot see.
enum AVStatus {
  /// `AVERROR_EOF`: everything has been given out.
  static let endOfFile: Int32 = -(0x45 | 0x4F << 8 | 0x46 << 16 | 0x20 << 24)
  /// `AVERROR(EAGAIN)`: more input is needed first.
  static let tryAgain: Int32 = -11

  /// The text of an error code.
  static func text(_ code: Int32) -> String {
    let bytes = [UInt8](unsafeUninitializedCapacity: 128) { buffer, count in
      buffer.initialize(repeating: 0)
      count = 0
      buffer.withMemoryRebound(to: CChar.self) { characters in
        if av_strerror(code, characters.baseAddress, characters.count) == 0 || characters[0] != 0 {
          count = characters.firstIndex(of: 0) ?? characters.count
        }
      }
    }
    return bytes.isEmpty ? "error \(code)" : String(decoding: bytes, as: UTF8.self)
  }
}

/// Silences libav and SVT-AV1 once per process: their messages reach the user as errors of this module.
enum AVLog {
  static let silenced: Void = {
    av_log_set_level(AV_LOG_QUIET)
    // SVT-AV1 knows no other way; "-1" is below its fatal errors.
    setenv("SVT_LOG", "-1", 1)
  }()
}

/// An owned codec context.
struct CodecContext: ~Copyable {
  let pointer: UnsafeMutablePointer<AVCodecContext>

  init?(_ codec: UnsafePointer<AVCodec>) {
    _ = AVLog.silenced
    guard let pointer = avcodec_alloc_context3(codec) else { return nil }
    self.pointer = pointer
  }

  deinit {
    var pointer: UnsafeMutablePointer<AVCodecContext>? = pointer
    avcodec_free_context(&pointer)
  }
}

/// An owned codec context for encoding.
struct EncoderContext: ~Copyable {
  private let context: CodecContext
  /// Whether it was ever given a picture.
  private var isUsed = false

  init?(_ codec: UnsafePointer<AVCodec>) {
    guard let context = CodecContext(codec) else { return nil }
    self.context = context
  }

  var pointer: UnsafeMutablePointer<AVCodecContext> { context.pointer }

  /// A picture, or nil where none follows.
  mutating func send(_ picture: UnsafeMutablePointer<AVFrame>?) -> Int32 {
    if picture != nil { isUsed = true }
    return avcodec_send_frame(pointer, picture)
  }

  // SVT-AV1 waits for ever for its threads when it is closed without having got a picture and the end.
  deinit {
    guard avcodec_is_open(pointer) != 0, pointer.pointee.codec_id == AV_CODEC_ID_AV1 else { return }
    if !isUsed, let picture = Picture() {
      picture.pointer.pointee.format = pointer.pointee.pix_fmt.rawValue
      picture.pointer.pointee.width = pointer.pointee.width
      picture.pointer.pointee.height = pointer.pointee.height
      picture.pointer.pointee.pts = 0
      if av_frame_get_buffer(picture.pointer, 0) >= 0 { avcodec_send_frame(pointer, picture.pointer) }
    }
    avcodec_send_frame(pointer, nil)
  }
}

/// An owned picture.
struct Picture: ~Copyable {
  let pointer: UnsafeMutablePointer<AVFrame>

  init?() {
    guard let pointer = av_frame_alloc() else { return nil }
    self.pointer = pointer
  }

  deinit {
    var pointer: UnsafeMutablePointer<AVFrame>? = pointer
    av_frame_free(&pointer)
  }
}

/// An owned packet shell.
struct Packet: ~Copyable {
  let pointer: UnsafeMutablePointer<AVPacket>

  init?() {
    guard let pointer = av_packet_alloc() else { return nil }
    self.pointer = pointer
  }

  deinit {
    var pointer: UnsafeMutablePointer<AVPacket>? = pointer
    av_packet_free(&pointer)
  }
}
