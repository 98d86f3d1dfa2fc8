import CAV

/// Writes clips of one camera one after another into an MP4 file, packet by packet, nothing encoded anew.
///
/// Frame k stands at exactly k / fps; a second has fps ticks, doubled until there are 10,000 (libavformat's rule). The
/// bytes depend on the packets alone: no times, no program names. Memory holds the sample table (about 100 bytes a frame)
/// and one buffer. A file that was not finished is left behind unreadable; syncing it to the disk is the caller's business.
public struct MP4Writer: ~Copyable {
  private let path: String
  private var output: OutputFile
  private let packet: Packet
  private let ticksPerFrame: Int64
  private let lead: Int64
  private let expectedFormat: EncodedClip
  /// Frames appended.
  public private(set) var frameCount = 0

  /// Opens the file, replacing one that is there.
  /// - Parameter clip: Gives codec, size, rate and configuration; its packets are not written.
  ///   - ticksPerSecond: Where another file's are wanted: a multiple of the rate from 10,000 to 1,000,000; else passed over.
  ///   - decodingLead: Frames by which decoding times come before the times of showing: what follows in a file that others
  ///     put together may then reach back as far. Nothing is stored in another order.
  public init(
    path: String, format clip: EncodedClip, ticksPerSecond: Int? = nil, decodingLead: Int = 0
  ) throws(VideoError) {
    guard (0...16).contains(decodingLead) else {
      throw VideoError(.invalidArgument, path, "a lead of \(decodingLead) frames")
    }
    let problem = ClipShape.problem(width: clip.width, height: clip.height, framesPerSecond: clip.framesPerSecond)
    if let problem { throw VideoError(.invalidArgument, path, problem) }
    guard let codec = CodecKind(name: clip.codec) else {
      throw VideoError(.invalidArgument, path, "codec \"\(clip.codec)\" cannot be written")
    }
    guard !clip.configuration.isEmpty, clip.configuration.count <= 65536 else {
      throw VideoError(.invalidArgument, path, "a codec configuration of \(clip.configuration.count) bytes")
    }
    guard !path.isEmpty, !path.utf8.contains(0) else { throw VideoError(.file, path, "is no file name") }
    guard let packet = Packet() else { throw VideoError(.file, path, "out of memory") }

    let output = try OutputFile(path: path)
    let wanted = ticksPerSecond.flatMap {
      (10_000...1_000_000).contains($0) && $0 % clip.framesPerSecond == 0 ? $0 : nil
    }
    let stream = try output.addStream(
      clip, codec, ticksPerSecond: wanted ?? ClipShape.ticksPerSecond(clip.framesPerSecond), path)
    try output.writeHeader(path)
    let base = stream.pointee.time_base
    let ticks = Int64(base.den) / (Int64(clip.framesPerSecond) * Int64(max(1, base.num)))
    guard base.num == 1, ticks > 0, ticks * Int64(clip.framesPerSecond) == Int64(base.den) else {
      throw VideoError(.file, path, "no time base for \(clip.framesPerSecond) frames per second")
    }
    self.path = path
    self.output = output
    self.packet = packet
    ticksPerFrame = ticks
    lead = ticks * Int64(decodingLead)
    expectedFormat = EncodedClip(
      codec: clip.codec, pixelFormat: clip.pixelFormat, width: clip.width, height: clip.height,
      framesPerSecond: clip.framesPerSecond, configuration: clip.configuration, packets: [])
  }

  /// Adds a clip's packets after checking that it has the same codec, size, rate and configuration.
  public mutating func append(_ clip: EncodedClip) throws(VideoError) {
    var bare = clip
    bare.packets = []
    guard bare == expectedFormat else {
      throw VideoError(.invalidArgument, path, "clip differs in codec, size, rate or configuration")
    }
    try append(clip.packets)
  }

  /// Adds packets; the first of a file has to be a keyframe.
  public mutating func append(_ packets: [VideoPacket]) throws(VideoError) {
    for item in packets {
      guard frameCount > 0 || item.isKeyframe else {
        throw VideoError(.invalidArgument, path, "the first packet is no keyframe")
      }
      guard (1...Int(Int32.max) / 2).contains(item.bytes.count) else {
        throw VideoError(.invalidArgument, path, "a packet of \(item.bytes.count) bytes")
      }
      let time = Int64(frameCount) * ticksPerFrame
      let status = item.bytes.withUnsafeBufferPointer { bytes -> Int32 in
        let p = packet.pointer
        // libavformat only reads from a packet that it does not own.
        p.pointee.data = UnsafeMutablePointer(mutating: bytes.baseAddress)
        p.pointee.size = Int32(bytes.count)
        p.pointee.pts = time
        p.pointee.dts = time - lead
        p.pointee.duration = ticksPerFrame
        p.pointee.stream_index = 0
        p.pointee.flags = item.isKeyframe ? AV_PKT_FLAG_KEY : 0
        defer { av_packet_unref(p) }
        return av_write_frame(output.context, p)
      }
      guard status >= 0 else {
        throw VideoError(.file, path, "writing frame \(frameCount) failed: \(AVStatus.text(status))")
      }
      frameCount += 1
    }
  }

  /// Adds all packets of a file of the same coding, as they are; memory holds some megabytes of them at a time.
  public mutating func append(_ reader: consuming MP4Reader) throws(VideoError) {
    guard reader.codec == expectedFormat.codec, reader.width == expectedFormat.width,
      reader.height == expectedFormat.height, reader.framesPerSecond == expectedFormat.framesPerSecond,
      reader.configuration == expectedFormat.configuration
    else { throw VideoError(.invalidArgument, path, "the file differs in codec, size, rate or configuration") }
    var next = 0
    while next < reader.frameCount {
      let run = reader.run(from: next, to: reader.frameCount)
      try append(try reader.packets(run))
      next = run.upperBound
    }
  }

  /// Writes the sample table and closes the file; only then it is readable.
  public consuming func finish() throws(VideoError) {
    guard frameCount > 0 else { throw VideoError(.invalidArgument, path, "no packet was appended") }
    try output.finish(path)
  }
}
