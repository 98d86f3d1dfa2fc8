import CAV

/// A picture of height x width x 3 bytes RGB, rows from the top without gaps, as a JPEG file (JFIF: BT.601 in full range),
/// every pixel with its own colour. Equal pictures give equal bytes with one version of libavcodec.
///
/// - Parameter quality: libav's quantiser scale, 1 (best) to 31.
public func encodeJPEG(width: Int, height: Int, rgb: [UInt8], quality: Int32 = 2) throws(VideoError) -> [UInt8] {
  let subject = "JPEG encoder"
  guard (1...ClipShape.longestSide).contains(width), (1...ClipShape.longestSide).contains(height),
    rgb.count == width * height * 3
  else { throw VideoError(.invalidArgument, subject, "\(rgb.count) bytes are no picture of \(width)x\(height)") }
  guard let codec = avcodec_find_encoder(AV_CODEC_ID_MJPEG), let context = CodecContext(codec), let packet = Packet(),
    let picture = Picture()
  else { throw VideoError(.codec, subject, "this libavcodec has none") }
  let c = context.pointer, frame = picture.pointer
  c.pointee.width = Int32(width)
  c.pointee.height = Int32(height)
  c.pointee.time_base = AVRational(num: 1, den: 1)
  c.pointee.pix_fmt = AV_PIX_FMT_YUVJ444P
  c.pointee.thread_count = 1
  c.pointee.flags |= AV_CODEC_FLAG_QSCALE | AV_CODEC_FLAG_BITEXACT
  c.pointee.global_quality = quality * FF_QP2LAMBDA
  func check(_ status: Int32) throws(VideoError) {
    if status < 0 { throw VideoError(.codec, subject, AVStatus.text(status)) }
  }
  try check(avcodec_open2(c, codec, nil))
  frame.pointee.format = AV_PIX_FMT_YUVJ444P.rawValue
  frame.pointee.width = Int32(width)
  frame.pointee.height = Int32(height)
  frame.pointee.quality = quality * FF_QP2LAMBDA
  try check(av_frame_get_buffer(frame, 0))
  fillFullRange(frame, rgb, width: width, height: height)
  frame.pointee.pts = 0
  try check(avcodec_send_frame(c, frame))
  try check(avcodec_receive_packet(c, packet.pointer))
  return Array(UnsafeBufferPointer(start: packet.pointer.pointee.data, count: Int(packet.pointer.pointee.size)))
}

/// JFIF's conversion (ITU-T T.871), in units of 1/65536.
private func fillFullRange(_ frame: UnsafeMutablePointer<AVFrame>, _ rgb: [UInt8], width: Int, height: Int) {
  guard let luma = frame.pointee.data.0, let blue = frame.pointee.data.1, let red = frame.pointee.data.2 else { return }
  let lines = frame.pointee.linesize
  func clamped(_ x: Int) -> UInt8 { UInt8(truncatingIfNeeded: max(0, min(255, x))) }
  rgb.withUnsafeBufferPointer { rgb in
    for row in 0..<height {
      for column in 0..<width {
        let p = (row * width + column) * 3
        let r = Int(rgb[p]), g = Int(rgb[p + 1]), b = Int(rgb[p + 2])
        luma[row * Int(lines.0) + column] = clamped((19595 * r + 38470 * g + 7471 * b + 32768) >> 16)
        blue[row * Int(lines.1) + column] = clamped((-11059 * r - 21709 * g + 32768 * b + 8_421_375) >> 16)
        red[row * Int(lines.2) + column] = clamped((32768 * r - 27439 * g - 5329 * b + 8_421_375) >> 16)
      }
    }
  }
}
