extension PacketStretch {
  /// Are pictures shown in another order than they are decoded?
  public var isReordered: Bool { lags != nil }
}

extension MovieReader {
  /// A packet of a stretch, in decoding order.
  public func packet(_ i: Int, of stretch: PacketStretch) throws(VideoError) -> VideoPacket {
    try packet(stretch.packets.lowerBound + i)
  }
}

/// Coded pictures as streams carry them: NAL units behind start codes (Annex B of H.264 and HEVC), or the temporal units of
/// AV1; keyframes with all that a decoder needs to begin there.
extension MovieFormat {
  /// A packet of an MP4 file for a stream.
  public func byteStream(_ packet: VideoPacket) -> [UInt8] {
    guard kind != .av1 else {
      let holdsSequence = packet.bytes.withUnsafeBufferPointer { AV1Stream.holdsSequenceHeader($0) }
      let head = packet.isKeyframe && !holdsSequence ? Array(configuration.dropFirst(4)) : []
      return AV1Stream.beginning + head + packet.bytes
    }
    var stream: [UInt8] = []
    stream.reserveCapacity(packet.bytes.count + 64)
    if packet.isKeyframe { for set in parameterSets { stream += [0, 0, 0, 1] + set } }
    var at = 0
    let width = lengthSize
    while packet.bytes.count - at >= width {
      let length = packet.bytes[at..<at + width].reduce(0) { $0 << 8 | Int($1) }
      at += width
      guard length <= packet.bytes.count - at else { break }
      stream += [0, 0, 0, 1]
      stream += packet.bytes[at..<at + length]
      at += length
    }
    return stream
  }

  /// Bytes of the length in front of each NAL unit.
  private var lengthSize: Int {
    let place = kind == .h264 ? 4 : 21
    return configuration.count > place ? Int(configuration[place] & 3) + 1 : 4
  }

  /// The units that stand in the configuration record.
  private var parameterSets: [[UInt8]] {
    let record = configuration
    var sets: [[UInt8]] = []
    var at = kind == .h264 ? 5 : 22
    func take(_ count: Int) {
      for _ in 0..<count {
        guard at + 2 <= record.count else { return }
        let length = Int(record[at]) << 8 | Int(record[at + 1])
        guard at + 2 + length <= record.count else { return }
        sets.append(Array(record[at + 2..<at + 2 + length]))
        at += 2 + length
      }
    }
    guard at < record.count else { return [] }
    if kind == .h264 {
      for mask: UInt8 in [31, 255] where at < record.count {
        at += 1
        take(Int(record[at - 1] & mask))
      }
    } else {
      let arrays = Int(record[at])
      at += 1
      for _ in 0..<arrays where at + 3 <= record.count {
        at += 3
        take(Int(record[at - 2]) << 8 | Int(record[at - 1]))
      }
    }
    return sets
  }
}

extension EncodedClip {
  /// A clip out of a stream's pictures, one each, without decoding them.
  ///
  /// - Parameters:
  ///   - configuration: The record that an MP4 file needs; of H.264 it can be made of the stream itself.
  ///   - shown: When each picture is shown, counted in pictures; nil: as they are decoded.
  /// - Returns: nil where the first picture does not say what is needed, a picture holds nothing, or two are shown at once.
  public init?(
    stream pictures: [[UInt8]], codec: String, pixelFormat: String, width: Int, height: Int, framesPerSecond: Int,
    configuration: [UInt8]?, shown: [Int]? = nil
  ) {
    guard shown == nil || shown?.sorted() == Array(pictures.indices) else { return nil }
    guard let kind = CodecKind(name: codec), let first = pictures.first else { return nil }
    var record =
      configuration ?? first.withUnsafeBufferPointer { kind.configuration($0, width: width, height: height) } ?? []
    guard !record.isEmpty else { return nil }
    // Units get lengths of four bytes.
    let place = kind == .h264 ? 4 : 21
    if kind != .av1, record.count > place { record[place] |= 3 }
    var packets: [VideoPacket] = []
    for picture in pictures {
      let packet = picture.withUnsafeBufferPointer { bytes in
        VideoPacket(bytes: kind.sample(bytes), isKeyframe: kind.holdsKeyframe(bytes))
      }
      guard !packet.bytes.isEmpty else { return nil }
      packets.append(packet)
    }
    guard packets[0].isKeyframe else { return nil }
    self.init(
      codec: codec, pixelFormat: pixelFormat, width: width, height: height, framesPerSecond: framesPerSecond,
      configuration: record, packets: packets,
      lags: shown.flatMap { $0 == Array(pictures.indices) ? nil : $0.enumerated().map { Int32($1 - $0) } })
  }
}

extension CodecKind {
  /// Does a picture of a stream need no other one?
  fileprivate func holdsKeyframe(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    switch self {
    case .h264: H264Stream.units(bytes).contains { H264Stream.isInstantRefresh(bytes[$0.lowerBound]) }
    // Intra random access pictures (ITU-T H.265, table 7-1).
    case .hevc: H264Stream.units(bytes).contains { (16...23).contains(bytes[$0.lowerBound] >> 1 & 63) }
    case .av1: AV1Stream.holdsSequenceHeader(bytes)
    }
  }
}

extension AV1Stream {
  /// A temporal delimiter.
  fileprivate static let beginning: [UInt8] = [0x12, 0]

  /// Streams repeat the sequence header in front of each keyframe.
  fileprivate static func holdsSequenceHeader(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    var at = 0
    while let unit = OpenBitstreamUnit(bytes, at: at) {
      if unit.kind == 1 { return true }
      at = unit.range.upperBound
    }
    return false
  }
}
