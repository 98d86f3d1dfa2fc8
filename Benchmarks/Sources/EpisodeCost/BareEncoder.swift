import CLibAV

/// What libx264 costs by itself: raw libavcodec calls with the settings of the datasets, packets thrown away.
///
/// `frames`: I420, tightly packed. Returns CPU seconds.
func bareEncoderSeconds(frames: [[UInt8]], width: Int, height: Int, framesPerSecond: Int) -> Double {
  guard let codec = avcodec_find_encoder_by_name("libx264"), let context = avcodec_alloc_context3(codec) else {
    return .nan
  }
  var owned: UnsafeMutablePointer<AVCodecContext>? = context
  defer { avcodec_free_context(&owned) }
  context.pointee.width = Int32(width)
  context.pointee.height = Int32(height)
  context.pointee.pix_fmt = AV_PIX_FMT_YUV420P
  context.pointee.time_base = AVRational(num: 1, den: Int32(framesPerSecond))
  context.pointee.gop_size = 2
  context.pointee.max_b_frames = 0
  context.pointee.thread_count = 1
  av_opt_set(context.pointee.priv_data, "preset", "veryfast", 0)
  av_opt_set(context.pointee.priv_data, "crf", "21", 0)
  av_opt_set(context.pointee.priv_data, "x264-params", "scenecut=0", 0)
  let start = cpuSeconds()
  guard avcodec_open2(context, codec, nil) == 0 else { return .nan }
  var frame = av_frame_alloc(), packet = av_packet_alloc()
  defer {
    av_frame_free(&frame)
    av_packet_free(&packet)
  }
  guard let frame, let packet else { return .nan }
  frame.pointee.format = AV_PIX_FMT_YUV420P.rawValue
  frame.pointee.width = Int32(width)
  frame.pointee.height = Int32(height)
  guard av_frame_get_buffer(frame, 32) == 0 else { return .nan }
  for (k, planes) in frames.enumerated() {
    guard av_frame_make_writable(frame) == 0 else { return .nan }
    copy(planes, into: frame, width: width, height: height)
    frame.pointee.pts = Int64(k)
    avcodec_send_frame(context, frame)
    while avcodec_receive_packet(context, packet) == 0 { av_packet_unref(packet) }
  }
  avcodec_send_frame(context, nil)
  while avcodec_receive_packet(context, packet) == 0 { av_packet_unref(packet) }
  return cpuSeconds() - start
}

private func copy(_ planes: [UInt8], into frame: UnsafeMutablePointer<AVFrame>, width: Int, height: Int) {
  let lines = frame.pointee.linesize
  let data = frame.pointee.data
  var at = 0
  for (pointer, stride, w, h) in [
    (data.0, Int(lines.0), width, height), (data.1, Int(lines.1), width / 2, height / 2),
    (data.2, Int(lines.2), width / 2, height / 2),
  ] {
    guard let pointer else { continue }
    for y in 0..<h {
      planes.withUnsafeBufferPointer { source in
        if let base = source.baseAddress { (pointer + y * stride).update(from: base + at, count: w) }
      }
      at += w
    }
  }
}
