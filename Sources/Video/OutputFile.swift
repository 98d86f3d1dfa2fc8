import CAV

/// libavformat's MP4 muxer with its open file.
struct OutputFile: ~Copyable {
  let context: UnsafeMutablePointer<AVFormatContext>

  init(path: String) throws(VideoError) {
    _ = AVLog.silenced
    var allocated: UnsafeMutablePointer<AVFormatContext>?
    let status = avformat_alloc_output_context2(&allocated, nil, "mp4", nil)
    guard status >= 0, let allocated else {
      throw VideoError(.file, path, "no MP4 writer: \(AVStatus.text(status))")
    }
    allocated.pointee.flags |= AVFMT_FLAG_BITEXACT
    // The prefix keeps a colon in the path from being taken for a protocol.
    let opened = avio_open(&allocated.pointee.pb, "file:" + path, AVIO_FLAG_WRITE)
    guard opened >= 0 else {
      avformat_free_context(allocated)
      throw VideoError(.file, path, "cannot be written: \(AVStatus.text(opened))")
    }
    context = allocated
  }

  func addStream(
    _ clip: EncodedClip, _ codec: CodecKind, ticksPerSecond: Int, _ path: String
  ) throws(VideoError) -> UnsafeMutablePointer<AVStream> {
    let extraCount = clip.configuration.count
    guard let stream = avformat_new_stream(context, nil), let parameters = stream.pointee.codecpar,
      let extra = av_mallocz(extraCount + Int(AV_INPUT_BUFFER_PADDING_SIZE))
    else { throw VideoError(.file, path, "out of memory") }
    clip.configuration.withUnsafeBytes {
      extra.copyMemory(from: $0.baseAddress ?? UnsafeRawPointer(extra), byteCount: $0.count)
    }
    parameters.pointee.extradata = extra.assumingMemoryBound(to: UInt8.self)
    parameters.pointee.extradata_size = Int32(extraCount)
    parameters.pointee.codec_type = AVMEDIA_TYPE_VIDEO
    parameters.pointee.codec_id = codec.identifier
    parameters.pointee.width = Int32(clip.width)
    parameters.pointee.height = Int32(clip.height)
    parameters.pointee.format = AV_PIX_FMT_YUV420P.rawValue
    let rate = AVRational(num: Int32(clip.framesPerSecond), den: 1)
    stream.pointee.time_base = AVRational(num: 1, den: Int32(ticksPerSecond))
    stream.pointee.avg_frame_rate = rate
    stream.pointee.r_frame_rate = rate
    return stream
  }

  func writeHeader(_ path: String) throws(VideoError) {
    var status = avformat_write_header(context, nil)
    if status >= 0, let io = context.pointee.pb, io.pointee.error < 0 { status = io.pointee.error }
    guard status >= 0 else {
      throw VideoError(.file, path, "writing the header failed: \(AVStatus.text(status))")
    }
  }

  /// Everything still buffered goes out here, so a full disk may show only now.
  consuming func finish(_ path: String) throws(VideoError) {
    var status = av_write_trailer(context)
    if let io = context.pointee.pb {
      avio_flush(io)
      if status >= 0 { status = io.pointee.error }
      let closed = avio_closep(&context.pointee.pb)
      if status >= 0 { status = closed }
    }
    guard status >= 0 else {
      throw VideoError(.file, path, "writing the sample table failed: \(AVStatus.text(status))")
    }
  }

  deinit {
    if context.pointee.pb != nil { avio_closep(&context.pointee.pb) }
    avformat_free_context(context)
  }
}
