import CAV

/// Encodes one clip: one episode of one camera. H.264 by libx264 on one thread; equal pictures and settings give equal
/// bytes whatever the process encoded before.
///
/// Every clip begins with a keyframe and ends without one, so clips can be put one after another in one file: H.264
/// wants neighbouring keyframes to carry different numbers, which two encoders cannot arrange (7.4.3, idr_pic_id).
public struct VideoEncoder: ~Copyable {
  private static let subject = "H.264 encoder"

  private let context: CodecContext
  private let packet: Packet
  private let first: Picture, second: Picture
  private let settings: VideoSettings
  private var appended = 0
  private var clip: EncodedClip

  /// - Parameters:
  ///   - width: Pixels, even, 16...8192.
  ///   - height: Pixels, even, 16...8192.
  ///   - framesPerSecond: 1...1000.
  public init(
    width: Int, height: Int, framesPerSecond: Int, settings: VideoSettings = .init()
  ) throws(VideoError) {
    try self.init(
      width: width, height: height, framesPerSecond: framesPerSecond, settings: settings, instructions: nil)
  }

  /// `instructions`: the CPU's instruction sets that x264 may use, as its option `asm` names them; nil: all. No byte
  /// depends on it.
  package init(
    width: Int, height: Int, framesPerSecond: Int, settings: VideoSettings, instructions: String?
  ) throws(VideoError) {
    let problem =
      ClipShape.problem(width: width, height: height, framesPerSecond: framesPerSecond) ?? settings.problem
    if let problem { throw VideoError(.invalidArgument, Self.subject, problem) }
    _ = AVLog.silenced
    guard let codec = avcodec_find_encoder_by_name("libx264") else {
      throw VideoError(.codec, Self.subject, "this libavcodec has no libx264; install Debian's libavcodec")
    }
    guard let context = CodecContext(codec), let packet = Packet(), let first = Picture(), let second = Picture() else {
      throw VideoError(.codec, Self.subject, "out of memory")
    }
    let c = context.pointer
    c.pointee.width = Int32(width)
    c.pointee.height = Int32(height)
    c.pointee.time_base = AVRational(num: 1, den: Int32(framesPerSecond))
    c.pointee.framerate = AVRational(num: Int32(framesPerSecond), den: 1)
    c.pointee.pix_fmt = AV_PIX_FMT_YUV420P
    c.pointee.color_range = AVCOL_RANGE_MPEG
    c.pointee.colorspace = AVCOL_SPC_SMPTE170M
    c.pointee.color_primaries = AVCOL_PRI_SMPTE170M
    c.pointee.color_trc = AVCOL_TRC_SMPTE170M
    c.pointee.thread_count = 1
    c.pointee.max_b_frames = 0
    // Keyframes are asked for one by one; the encoder's own limit leaves room for the longer last group.
    c.pointee.gop_size = Int32(settings.groupOfPictures + 1)
    c.pointee.flags |= AV_CODEC_FLAG_GLOBAL_HEADER | AV_CODEC_FLAG_BITEXACT
    try Self.open(context, codec, settings, instructions)
    try Self.allocate(first, width, height)
    try Self.allocate(second, width, height)

    let extra = UnsafeBufferPointer(start: UnsafePointer(c.pointee.extradata), count: Int(c.pointee.extradata_size))
    guard let configuration = H264Stream.configuration(extra) else {
      throw VideoError(.codec, Self.subject, "gave out no parameter sets")
    }
    clip = EncodedClip(
      codec: "h264", pixelFormat: "yuv420p", width: width, height: height, framesPerSecond: framesPerSecond,
      configuration: configuration, packets: [])
    self.context = context
    self.packet = packet
    self.first = first
    self.second = second
    self.settings = settings
  }

  /// How the pictures are coded, without any.
  public var format: EncodedClip {
    var format = clip
    format.packets = []
    return format
  }

  /// Adds a picture.
  /// - Parameter i420: Y (width x height), then U, then V (each half as wide and high), rows without gaps; BT.601 in
  ///   limited range.
  public mutating func append(i420: UnsafeBufferPointer<UInt8>) throws(VideoError) {
    let expected = clip.width * clip.height * 3 / 2
    guard i420.count == expected, let source = i420.baseAddress else {
      throw VideoError(
        .invalidArgument, Self.subject,
        "a picture of \(i420.count) bytes where \(clip.width)x\(clip.height) makes \(expected)")
    }
    if appended > 0 { try sendPending(isLast: false) }
    let frame = appended % 2 == 0 ? first.pointer : second.pointer
    let status = av_frame_make_writable(frame)
    guard status >= 0 else { throw Self.failure("preparing a picture", status) }
    var from = source
    for plane in 0..<3 {
      let columns = plane == 0 ? clip.width : clip.width / 2
      let rows = plane == 0 ? clip.height : clip.height / 2
      let data = plane == 0 ? frame.pointee.data.0 : plane == 1 ? frame.pointee.data.1 : frame.pointee.data.2
      let lines =
        plane == 0 ? frame.pointee.linesize.0 : plane == 1 ? frame.pointee.linesize.1 : frame.pointee.linesize.2
      guard var to = data else { throw VideoError(.codec, Self.subject, "out of memory") }
      for _ in 0..<rows {
        to.update(from: from, count: columns)
        from += columns
        to += Int(lines)
      }
    }
    frame.pointee.pts = Int64(appended)
    appended += 1
  }

  /// The clip, with one packet for every picture appended.
  public consuming func finish() throws(VideoError) -> EncodedClip {
    guard appended > 0 else { throw VideoError(.invalidArgument, Self.subject, "no picture was appended") }
    try sendPending(isLast: true)
    let status = avcodec_send_frame(context.pointer, nil)
    guard status >= 0 else { throw Self.failure("ending the clip", status) }
    try receive()
    guard clip.packets.count == appended else {
      throw VideoError(.codec, Self.subject, "gave out \(clip.packets.count) packets for \(appended) pictures")
    }
    return clip
  }

  /// Hands the newest picture to the encoder; it was held back because only its successor tells that it is not the last.
  private mutating func sendPending(isLast: Bool) throws(VideoError) {
    let index = appended - 1
    let frame = index % 2 == 0 ? first.pointer : second.pointer
    let isKeyframe = index == 0 || (index % settings.groupOfPictures == 0 && !isLast)
    frame.pointee.pict_type = isKeyframe ? AV_PICTURE_TYPE_I : AV_PICTURE_TYPE_P
    let status = avcodec_send_frame(context.pointer, frame)
    guard status >= 0 else { throw Self.failure("encoding frame \(index)", status) }
    try receive()
  }

  private mutating func receive() throws(VideoError) {
    while true {
      let status = avcodec_receive_packet(context.pointer, packet.pointer)
      if status == AVStatus.tryAgain || status == AVStatus.endOfFile { return }
      guard status >= 0 else { throw Self.failure("encoding", status) }
      defer { av_packet_unref(packet.pointer) }
      let coded = packet.pointer.pointee
      guard coded.pts == Int64(clip.packets.count), coded.pts == coded.dts else {
        throw VideoError(.codec, Self.subject, "gave out frame \(coded.pts) in place of \(clip.packets.count)")
      }
      let bytes = UnsafeBufferPointer(start: UnsafePointer(coded.data), count: Int(coded.size))
      clip.packets.append(
        VideoPacket(bytes: H264Stream.sample(bytes), isKeyframe: coded.flags & AV_PKT_FLAG_KEY != 0))
    }
  }

  private static func open(
    _ context: borrowing CodecContext, _ codec: UnsafePointer<AVCodec>, _ settings: VideoSettings,
    _ instructions: String?
  ) throws(VideoError) {
    var options: OpaquePointer?
    defer { av_dict_free(&options) }
    // cpu-independent: without it x264 weighs blocks with approximate reciprocals, which differ between makes of CPU.
    var parameters = "cpu-independent=1"
    if let instructions { parameters += ":asm=\(instructions)" }
    let values = [
      ("preset", settings.preset), ("crf", String(settings.crf)), ("forced-idr", "1"), ("sc_threshold", "0"),
      ("x264-params", parameters),
    ]
    for (name, value) in values { av_dict_set(&options, name, value, 0) }
    let status = avcodec_open2(context.pointer, codec, &options)
    guard status >= 0 else { throw failure("opening", status) }
    guard av_dict_count(options) == 0 else { throw VideoError(.codec, subject, "libx264 does not know an option") }
  }

  private static func allocate(_ picture: borrowing Picture, _ width: Int, _ height: Int) throws(VideoError) {
    picture.pointer.pointee.format = AV_PIX_FMT_YUV420P.rawValue
    picture.pointer.pointee.width = Int32(width)
    picture.pointer.pointee.height = Int32(height)
    let status = av_frame_get_buffer(picture.pointer, 0)
    guard status >= 0 else { throw failure("allocating a picture", status) }
  }

  private static func failure(_ operation: String, _ status: Int32) -> VideoError {
    VideoError(.codec, subject, "\(operation) failed: \(AVStatus.text(status))")
  }
}
