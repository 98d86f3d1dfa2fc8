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
      let holdsSequence = AV1Stream.units(packet.bytes).contains { $0.kind == AV1Stream.sequenceHeader }
      let head = packet.isKeyframe && !holdsSequence ? Array(configuration.dropFirst(4)) : []
      return AV1Stream.delimiter + head + packet.bytes
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
  /// - Returns: nil where the first picture does not say what is needed, or a picture holds nothing.
  public init?(
    stream pictures: [[UInt8]], codec: String, pixelFormat: String, width: Int, height: Int, framesPerSecond: Int,
    configuration: [UInt8]?
  ) {
    guard let kind = CodecKind(name: codec), let first = pictures.first else { return nil }
    var record = configuration ?? []
    if record.isEmpty {
      guard kind == .h264, let made = first.withUnsafeBufferPointer({ H264Stream.configuration($0) }) else { return nil }
      record = made
    }
    // Units get lengths of four bytes.
    let place = kind == .h264 ? 4 : 21
    if kind != .av1, record.count > place { record[place] |= 3 }
    var packets: [VideoPacket] = []
    for picture in pictures {
      let packet =
        switch kind {
        case .h264: VideoPacket.h264(picture)
        case .hevc: VideoPacket.hevc(picture)
        case .av1: VideoPacket.av1(picture)
        }
      guard !packet.bytes.isEmpty else { return nil }
      packets.append(packet)
    }
    guard packets[0].isKeyframe else { return nil }
    self.init(
      codec: codec, pixelFormat: pixelFormat, width: width, height: height, framesPerSecond: framesPerSecond,
      configuration: record, packets: packets)
  }
}

extension VideoPacket {
  fileprivate static func h264(_ picture: [UInt8]) -> VideoPacket {
    picture.withUnsafeBufferPointer { bytes in
      let isKeyframe = H264Stream.units(bytes).contains { H264Stream.isInstantRefresh(bytes[$0.lowerBound]) }
      return VideoPacket(bytes: H264Stream.sample(bytes), isKeyframe: isKeyframe)
    }
  }

  /// Without parameter sets and delimiters (ITU-T H.265, table 7-1).
  fileprivate static func hevc(_ picture: [UInt8]) -> VideoPacket {
    picture.withUnsafeBufferPointer { bytes in
      var packet = VideoPacket(bytes: [], isKeyframe: false)
      for unit in H264Stream.units(bytes) {
        let type = bytes[unit.lowerBound] >> 1 & 63
        if (32...35).contains(type) { continue }
        if (16...23).contains(type) { packet.isKeyframe = true }
        withUnsafeBytes(of: UInt32(unit.count).bigEndian) { packet.bytes += $0 }
        packet.bytes += UnsafeBufferPointer(rebasing: bytes[unit])
      }
      return packet
    }
  }

  fileprivate static func av1(_ picture: [UInt8]) -> VideoPacket {
    var packet = VideoPacket(bytes: [], isKeyframe: false)
    for unit in AV1Stream.units(picture) where unit.kind != AV1Stream.temporalDelimiter {
      if unit.kind == AV1Stream.sequenceHeader { packet.isKeyframe = true }
      packet.bytes += picture[unit.place]
    }
    return packet
  }
}

/// Open bitstream units (AV1 specification, 5.3).
enum AV1Stream {
  static let sequenceHeader = 1, temporalDelimiter = 2
  static let delimiter: [UInt8] = [0x12, 0]

  static func units(_ bytes: [UInt8]) -> [(kind: Int, place: Range<Int>)] {
    var units: [(kind: Int, place: Range<Int>)] = []
    var at = 0
    while at < bytes.count {
      let start = at
      let kind = Int(bytes[at] >> 3 & 15)
      let hasSize = bytes[at] & 2 != 0
      at += bytes[at] & 4 != 0 ? 2 : 1
      var length = 0, shift = 0
      while hasSize, at < bytes.count, shift < 56 {
        length |= Int(bytes[at] & 127) << shift
        shift += 7
        at += 1
        if bytes[at - 1] < 128 { break }
      }
      at = hasSize && length <= bytes.count - at ? at + length : bytes.count
      units.append((kind, start..<at))
    }
    return units
  }
}
