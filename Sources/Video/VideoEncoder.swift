import CAV

/// Encodes one clip: one episode of one camera. H.264 by libx264, HEVC by libx265, AV1 by SVT-AV1; equal pictures and
/// settings give equal bytes whatever the process encoded before, on however many cores, under whatever load.
///
/// Every clip begins with a keyframe. One of H.264 ends without one, so that clips can be put one after another in one
/// file: H.264 wants neighbouring keyframes to carry different numbers, which two encoders cannot arrange (7.4.3,
/// idr_pic_id). HEVC and AV1 have no such number.
public struct VideoEncoder: ~Copyable {
  private var context: EncoderContext
  private let packet: Packet
  private let first: Picture, second: Picture
  private let kind: CodecKind
  private let settings: VideoSettings
  private var appended = 0
  private var clip: EncodedClip

  /// - Parameters:
  ///   - width: Pixels, even, 16...8192; of AV1 at least 64.
  ///   - height: Pixels, even, 16...8192; of AV1 at least 64.
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
    let kind = CodecKind(name: settings.codec) ?? .h264
    let subject = kind.encoderTitle
    let problem =
      ClipShape.problem(width: width, height: height, framesPerSecond: framesPerSecond) ?? settings.problem
    if let problem { throw VideoError(.invalidArgument, subject, problem) }
    let least = kind.smallestSide
    guard min(width, height) >= least else {
      throw VideoError(.invalidArgument, subject, "\(width)x\(height) pixels where both sides need at least \(least)")
    }
    _ = AVLog.silenced
    guard let codec = avcodec_find_encoder_by_name(kind.encoderName) else {
      throw VideoError(.codec, subject, "this libavcodec has no \(kind.encoderName); install Debian's libavcodec")
    }
    guard let context = EncoderContext(codec), let packet = Packet(), let first = Picture(), let second = Picture()
    else {
      throw VideoError(.codec, subject, "out of memory")
    }
    let c = context.pointer
    let format = settings.isGray ? AV_PIX_FMT_GRAY12LE : AV_PIX_FMT_YUV420P
    c.pointee.width = Int32(width)
    c.pointee.height = Int32(height)
    c.pointee.time_base = AVRational(num: 1, den: Int32(framesPerSecond))
    c.pointee.framerate = AVRational(num: Int32(framesPerSecond), den: 1)
    c.pointee.pix_fmt = format
    if !settings.isGray {
      c.pointee.color_range = AVCOL_RANGE_MPEG
      c.pointee.colorspace = AVCOL_SPC_SMPTE170M
      c.pointee.color_primaries = AVCOL_PRI_SMPTE170M
      c.pointee.color_trc = AVCOL_TRC_SMPTE170M
    }
    c.pointee.thread_count = 1
    c.pointee.max_b_frames = 0
    // Keyframes of H.264 are asked for one by one; the encoder's own limit leaves room for the longer last group.
    c.pointee.gop_size = Int32(settings.groupOfPictures + (kind == .h264 ? 1 : 0))
    c.pointee.flags |= AV_CODEC_FLAG_GLOBAL_HEADER | AV_CODEC_FLAG_BITEXACT
    if kind == .av1 { c.pointee.flags |= Int32(bitPattern: AV_CODEC_FLAG_CLOSED_GOP) }
    try Self.open(context, codec, kind, settings, instructions)
    for picture in [first.pointer, second.pointer] {
      picture.pointee.format = format.rawValue
      picture.pointee.width = Int32(width)
      picture.pointee.height = Int32(height)
      let status = av_frame_get_buffer(picture, 0)
      guard status >= 0 else { throw Self.failure(kind, "allocating a picture", status) }
    }

    let extra = UnsafeBufferPointer(start: UnsafePointer(c.pointee.extradata), count: Int(c.pointee.extradata_size))
    guard let configuration = kind.configuration(extra, width: width, height: height) else {
      throw VideoError(.codec, subject, "gave out no parameter sets")
    }
    clip = EncodedClip(
      codec: settings.codec, pixelFormat: settings.pixelFormat, width: width, height: height,
      framesPerSecond: framesPerSecond, configuration: configuration, packets: [])
    self.context = context
    self.packet = packet
    self.first = first
    self.second = second
    self.kind = kind
    self.settings = settings
  }

  /// How the pictures are coded, without any.
  public var format: EncodedClip {
    var format = clip
    format.packets = []
    return format
  }

  /// Adds a picture of 4:2:0 pixels.
  /// - Parameter i420: Y (width x height), then U, then V (each half as wide and high), rows without gaps; BT.601 in
  ///   limited range.
  public mutating func append(i420: UnsafeBufferPointer<UInt8>) throws(VideoError) {
    let halves = clip.width / 2
    try append(
      UnsafeRawBufferPointer(i420), isGray: false,
      rows: [(clip.width, clip.height), (halves, clip.height / 2), (halves, clip.height / 2)])
  }

  /// Adds a picture of one value a pixel.
  /// - Parameter gray12: Width x height codes of 0...4095, rows without gaps.
  public mutating func append(gray12: UnsafeBufferPointer<UInt16>) throws(VideoError) {
    if let wrong = gray12.first(where: { $0 > 4095 }) {
      throw VideoError(.invalidArgument, kind.encoderTitle, "the code \(wrong) has more than 12 bits")
    }
    try append(UnsafeRawBufferPointer(gray12), isGray: true, rows: [(2 * clip.width, clip.height)])
  }

  /// `rows`: bytes of a row, and rows, of each plane.
  private mutating func append(
    _ bytes: UnsafeRawBufferPointer, isGray: Bool, rows: [(bytes: Int, count: Int)]
  ) throws(VideoError) {
    guard isGray == settings.isGray else {
      throw VideoError(.invalidArgument, kind.encoderTitle, "a picture that is not \(settings.pixelFormat)")
    }
    let expected = rows.reduce(0) { $0 + $1.bytes * $1.count }
    guard bytes.count == expected, let source = bytes.baseAddress else {
      throw VideoError(
        .invalidArgument, kind.encoderTitle,
        "a picture of \(bytes.count) bytes where \(clip.width)x\(clip.height) makes \(expected)")
    }
    if appended > 0 { try sendPending(isLast: false) }
    let frame = appended % 2 == 0 ? first.pointer : second.pointer
    let status = av_frame_make_writable(frame)
    guard status >= 0 else { throw Self.failure(kind, "preparing a picture", status) }
    let planes = [
      (frame.pointee.data.0, frame.pointee.linesize.0), (frame.pointee.data.1, frame.pointee.linesize.1),
      (frame.pointee.data.2, frame.pointee.linesize.2),
    ]
    var from = source
    for (plane, shape) in zip(planes, rows) {
      guard let data = plane.0 else { throw VideoError(.codec, kind.encoderTitle, "out of memory") }
      var to = UnsafeMutableRawPointer(data)
      for _ in 0..<shape.count {
        to.copyMemory(from: from, byteCount: shape.bytes)
        from += shape.bytes
        to += Int(plane.1)
      }
    }
    frame.pointee.pts = Int64(appended)
    appended += 1
  }

  /// The clip, with one packet for every picture appended.
  public consuming func finish() throws(VideoError) -> EncodedClip {
    guard appended > 0 else { throw VideoError(.invalidArgument, kind.encoderTitle, "no picture was appended") }
    try sendPending(isLast: true)
    let status = context.send(nil)
    guard status >= 0 else { throw Self.failure(kind, "ending the clip", status) }
    try receive()
    guard clip.packets.count == appended else {
      throw VideoError(
        .codec, kind.encoderTitle, "gave out \(clip.packets.count) packets for \(appended) pictures")
    }
    return clip
  }

  /// Hands the newest picture to the encoder; it was held back because only its successor tells that it is not the last.
  private mutating func sendPending(isLast: Bool) throws(VideoError) {
    let index = appended - 1
    let frame = index % 2 == 0 ? first.pointer : second.pointer
    if kind == .h264 {
      let isKeyframe = index == 0 || (index % settings.groupOfPictures == 0 && !isLast)
      frame.pointee.pict_type = isKeyframe ? AV_PICTURE_TYPE_I : AV_PICTURE_TYPE_P
    }
    let status = context.send(frame)
    guard status >= 0 else { throw Self.failure(kind, "encoding frame \(index)", status) }
    try receive()
  }

  private mutating func receive() throws(VideoError) {
    while true {
      let status = avcodec_receive_packet(context.pointer, packet.pointer)
      if status == AVStatus.tryAgain || status == AVStatus.endOfFile { return }
      guard status >= 0 else { throw Self.failure(kind, "encoding", status) }
      defer { av_packet_unref(packet.pointer) }
      let coded = packet.pointer.pointee
      guard coded.pts == Int64(clip.packets.count), coded.pts == coded.dts else {
        throw VideoError(
          .codec, kind.encoderTitle, "gave out frame \(coded.pts) in place of \(clip.packets.count)")
      }
      let bytes = UnsafeBufferPointer(start: UnsafePointer(coded.data), count: Int(coded.size))
      clip.packets.append(
        VideoPacket(bytes: kind.sample(bytes), isKeyframe: coded.flags & AV_PKT_FLAG_KEY != 0))
    }
  }

  private static func open(
    _ context: borrowing EncoderContext, _ codec: UnsafePointer<AVCodec>, _ kind: CodecKind, _ settings: VideoSettings,
    _ instructions: String?
  ) throws(VideoError) {
    var options: OpaquePointer?
    defer { av_dict_free(&options) }
    for option in kind.options(settings, instructions: instructions) {
      av_dict_set(&options, option.name, option.value, 0)
    }
    let status = avcodec_open2(context.pointer, codec, &options)
    guard status >= 0 else { throw failure(kind, "opening", status) }
    guard av_dict_count(options) == 0 else {
      throw VideoError(.codec, kind.encoderTitle, "\(kind.encoderName) does not know an option")
    }
  }

  private static func failure(_ kind: CodecKind, _ operation: String, _ status: Int32) -> VideoError {
    VideoError(.codec, kind.encoderTitle, "\(operation) failed: \(AVStatus.text(status))")
  }
}

extension VideoSettings {
  /// One value a pixel.
  var isGray: Bool { pixelFormat == "gray12le" }
}
