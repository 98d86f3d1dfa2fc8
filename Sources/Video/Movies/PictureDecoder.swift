import CAV

/// A decoder that is fed packets and gives pictures, each with the number that its packet was given.
struct PictureDecoder: ~Copyable {
  private let context: CodecContext
  private let packet: Packet
  private let picture: Picture
  /// What stands in front of every message.
  private let subject: String

  /// - Parameter isDraft: Without smoothing of block edges: a little faster, for statistics.
  init(_ track: MovieTrack, isDraft: Bool, subject: String) throws(VideoError) {
    try self.init(
      track.table.codec.identifier, configuration: track.configuration, width: track.width, height: track.height,
      subject: subject)
    if isDraft { context.pointer.pointee.skip_loop_filter = AVDISCARD_ALL }
  }

  /// - Parameters:
  ///   - width: Of the container; 0 where nobody knows it yet.
  init(
    _ identifier: AVCodecID, configuration: [UInt8], width: Int, height: Int, subject: String
  ) throws(VideoError) {
    _ = AVLog.silenced
    guard let codec = avcodec_find_decoder(identifier), let context = CodecContext(codec), let packet = Packet(),
      let picture = Picture(), let extra = av_mallocz(configuration.count + Int(AV_INPUT_BUFFER_PADDING_SIZE))
    else { throw VideoError(.codec, subject, "there is no decoder for it") }
    let c = context.pointer
    configuration.withUnsafeBytes { if let base = $0.baseAddress { extra.copyMemory(from: base, byteCount: $0.count) } }
    c.pointee.extradata = extra.assumingMemoryBound(to: UInt8.self)
    c.pointee.extradata_size = Int32(configuration.count)
    c.pointee.thread_count = 1
    if width > 0 {
      c.pointee.width = Int32(width)
      c.pointee.height = Int32(height)
    }
    // A damaged header must not make the decoder allocate more than the container speaks of; that of MPEG-4 has room of up to
    // 232 pixels beside a picture.
    c.pointee.max_pixels = width > 0 ? Int64((width + 256) * (height + 256)) : Int64(ClipShape.mostPixels)
    // libav's own TIFF files have tags that its reader takes for errors when it is strict.
    let strict = identifier == AV_CODEC_ID_TIFF ? 0 : AV_EF_EXPLODE
    c.pointee.err_recognition = strict | AV_EF_CRCCHECK | AV_EF_BITSTREAM | AV_EF_BUFFER
    // Concealment stays on: without it libav takes a picture of several slices for a damaged one. Whatever it conceals is
    // marked, and refused below.
    let status = avcodec_open2(c, codec, nil)
    guard status >= 0 else {
      throw VideoError(.codec, subject, "opening the decoder failed: \(AVStatus.text(status))")
    }
    self.context = context
    self.packet = packet
    self.picture = picture
    self.subject = subject
  }

  /// Hands a packet to the decoder and gives out the pictures that are ready.
  mutating func feed(
    _ coded: VideoPacket, number: Int, _ body: (Int, borrowing DecodedPicture) -> Void
  ) throws(VideoError) {
    let p = packet.pointer
    guard av_new_packet(p, Int32(coded.bytes.count)) >= 0 else { throw VideoError(.codec, subject, "out of memory") }
    p.pointee.data.update(from: coded.bytes, count: coded.bytes.count)
    p.pointee.pts = Int64(number)
    p.pointee.dts = noTimestamp
    p.pointee.flags = coded.isKeyframe ? AV_PKT_FLAG_KEY : 0
    let status = avcodec_send_packet(context.pointer, p)
    av_packet_unref(p)
    guard status >= 0 else {
      throw VideoError(.damaged, subject, "picture \(number) cannot be decoded: \(AVStatus.text(status))")
    }
    try receive(body)
  }

  /// Gives out what is left; afterwards the next packet has to be a keyframe.
  mutating func drain(_ body: (Int, borrowing DecodedPicture) -> Void) throws(VideoError) {
    let status = avcodec_send_packet(context.pointer, nil)
    guard status >= 0 || status == AVStatus.endOfFile else {
      throw VideoError(.codec, subject, "ending failed: \(AVStatus.text(status))")
    }
    try receive(body)
    avcodec_flush_buffers(context.pointer)
  }

  private mutating func receive(_ body: (Int, borrowing DecodedPicture) -> Void) throws(VideoError) {
    while true {
      let status = avcodec_receive_frame(context.pointer, picture.pointer)
      if status == AVStatus.tryAgain || status == AVStatus.endOfFile { return }
      guard status >= 0 else {
        throw VideoError(.damaged, subject, "a picture cannot be decoded: \(AVStatus.text(status))")
      }
      defer { av_frame_unref(picture.pointer) }
      let frame = picture.pointer
      guard frame.pointee.decode_error_flags == 0, frame.pointee.flags & AV_FRAME_FLAG_CORRUPT == 0 else {
        throw VideoError(.damaged, subject, "picture \(frame.pointee.pts) is damaged")
      }
      body(Int(frame.pointee.pts), DecodedPicture(frame: frame))
    }
  }
}

/// `AV_NOPTS_VALUE`, which its header defines by a macro that Swift cannot see.
private let noTimestamp = Int64.min
