import CAV

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

/// Silences libav once per process: its messages reach the user as errors of this module.
enum AVLog {
  static let silenced: Void = av_log_set_level(AV_LOG_QUIET)
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
