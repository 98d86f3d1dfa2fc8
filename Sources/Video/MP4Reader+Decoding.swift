import CAV

extension MP4Reader {
  /// Decodes frames and hands each to `body` with its number: height x width x 3 bytes RGB, rows without gaps, valid
  /// during the call. Decoding begins at the keyframe before the range. Damaged frames are errors, never patched over.
  public mutating func decodeRGB(
    _ range: Range<Int>, _ body: (Int, UnsafeBufferPointer<UInt8>) -> Void
  ) throws(VideoError) {
    try check(range)
    if range.isEmpty { return }
    var start = range.lowerBound
    while start > 0 && !index.isKeyframe[start] { start -= 1 }
    let context = try openDecoder()
    guard let packet = Packet(), let picture = Picture() else { throw failure("out of memory") }
    var rgb: [UInt8] = []
    var next = start
    for k in start..<range.upperBound {
      let coded = try self.packet(k)
      let status = try send(coded, k, context, packet)
      guard status >= 0 else { throw damage(k, AVStatus.text(status)) }
      try receive(context, picture, range, &next, &rgb, body)
    }
    let status = avcodec_send_packet(context.pointer, nil)
    guard status >= 0 else { throw failure("ending failed: \(AVStatus.text(status))") }
    try receive(context, picture, range, &next, &rgb, body)
    guard next == range.upperBound else { throw damage(next, "no picture came out") }
  }

  private func openDecoder() throws(VideoError) -> CodecContext {
    _ = AVLog.silenced
    guard let codec = avcodec_find_decoder(index.codec.identifier), let context = CodecContext(codec),
      let extra = av_mallocz(index.configuration.count + Int(AV_INPUT_BUFFER_PADDING_SIZE))
    else { throw failure("no decoder for \(codec)") }
    let c = context.pointer
    index.configuration.withUnsafeBytes {
      if let base = $0.baseAddress { extra.copyMemory(from: base, byteCount: $0.count) }
    }
    c.pointee.extradata = extra.assumingMemoryBound(to: UInt8.self)
    c.pointee.extradata_size = Int32(index.configuration.count)
    c.pointee.thread_count = 1
    c.pointee.width = Int32(width)
    c.pointee.height = Int32(height)
    // A damaged header must not make the decoder allocate more than the container speaks of.
    c.pointee.max_pixels = Int64((width + 128) * (height + 128))
    c.pointee.err_recognition = AV_EF_EXPLODE | AV_EF_CRCCHECK | AV_EF_BITSTREAM | AV_EF_BUFFER
    c.pointee.error_concealment = 0
    let status = avcodec_open2(c, codec, nil)
    guard status >= 0 else { throw failure("opening the decoder failed: \(AVStatus.text(status))") }
    return context
  }

  private func send(
    _ coded: VideoPacket, _ k: Int, _ context: borrowing CodecContext, _ packet: borrowing Packet
  ) throws(VideoError) -> Int32 {
    let p = packet.pointer
    let allocated = av_new_packet(p, Int32(coded.bytes.count))
    guard allocated >= 0 else { throw failure("out of memory") }
    defer { av_packet_unref(p) }
    p.pointee.data.update(from: coded.bytes, count: coded.bytes.count)
    p.pointee.pts = Int64(k)
    p.pointee.dts = Int64(k)
    p.pointee.flags = coded.isKeyframe ? AV_PKT_FLAG_KEY : 0
    return avcodec_send_packet(context.pointer, p)
  }

  private func receive(
    _ context: borrowing CodecContext, _ picture: borrowing Picture, _ range: Range<Int>, _ next: inout Int,
    _ rgb: inout [UInt8], _ body: (Int, UnsafeBufferPointer<UInt8>) -> Void
  ) throws(VideoError) {
    while true {
      let status = avcodec_receive_frame(context.pointer, picture.pointer)
      if status == AVStatus.tryAgain || status == AVStatus.endOfFile { return }
      guard status >= 0 else { throw damage(next, AVStatus.text(status)) }
      defer { av_frame_unref(picture.pointer) }
      let frame = picture.pointer
      guard frame.pointee.pts == Int64(next), next < range.upperBound else {
        throw damage(next, "frame \(frame.pointee.pts) came out in its place")
      }
      guard frame.pointee.width == Int32(width), frame.pointee.height == Int32(height) else {
        throw damage(next, "its size is \(frame.pointee.width)x\(frame.pointee.height)")
      }
      guard frame.pointee.decode_error_flags == 0, frame.pointee.flags & AV_FRAME_FLAG_CORRUPT == 0 else {
        throw damage(next, "it is damaged")
      }
      guard let planes = PlanarPicture(frame) else {
        throw VideoError(.unsupported, file.path, "frames are not 4:2:0 with 8 bits")
      }
      if next >= range.lowerBound {
        if rgb.isEmpty { rgb = [UInt8](repeating: 0, count: width * height * 3) }
        planes.convert(width: width, height: height, into: &rgb)
        rgb.withUnsafeBufferPointer { body(next, $0) }
      }
      next += 1
    }
  }

  private func damage(_ k: Int, _ reason: String) -> VideoError {
    VideoError(.damaged, file.path, "frame \(k) cannot be decoded: \(reason)")
  }

  private func failure(_ reason: String) -> VideoError { VideoError(.codec, file.path, reason) }
}
