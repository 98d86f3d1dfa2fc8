/// Reads the coded frames of an MP4 file with one video track at a constant rate: what `MP4Writer` writes, and what
/// LeRobot's recorders do (H.264, HEVC or AV1 without B-frames). Every place in the file is checked before it is used.
public struct MP4Reader: ~Copyable {
  private static let longestHeader = 256 << 20

  let file: InputFile
  let index: MP4Index

  /// Opens the file and reads its sample table.
  public init(path: String) throws(VideoError) {
    let file = try InputFile(path: path)
    let moov = try Self.movieBox(file)
    do {
      index = try MP4Index(moov: moov, fileSize: file.size)
    } catch {
      throw VideoError(error.kind, path, error.reason)
    }
    self.file = file
  }

  /// "h264", "hevc" or "av1".
  public var codec: String { index.codec.rawValue }
  /// Pixels.
  public var width: Int { index.width }
  /// Pixels.
  public var height: Int { index.height }
  public var framesPerSecond: Int { index.framesPerSecond }
  public var frameCount: Int { index.sizes.count }
  /// The codec's configuration record, byte for byte the one that the writer was given.
  public var configuration: [UInt8] { index.configuration }

  /// The coded frames, byte for byte those that the writer was given.
  public mutating func packets(_ range: Range<Int>) throws(VideoError) -> [VideoPacket] {
    try check(range)
    var packets: [VideoPacket] = []
    packets.reserveCapacity(range.count)
    var next = range.lowerBound
    while next < range.upperBound {
      let run = self.run(from: next, to: range.upperBound)
      let start = index.offsets[next]
      let bytes = try file.read(index.offsets[run - 1] + Int(index.sizes[run - 1]) - start, at: start)
      for k in next..<run {
        let place = index.offsets[k] - start
        packets.append(
          VideoPacket(bytes: Array(bytes[place..<place + Int(index.sizes[k])]), isKeyframe: index.isKeyframe[k]))
      }
      next = run
    }
    return packets
  }

  /// The end of the packets, from `first` on, that stand one behind another and make a piece of at most 4 MB.
  func run(from first: Int, to end: Int) -> Int {
    var next = first + 1
    while next < end, index.offsets[next] == index.offsets[next - 1] + Int(index.sizes[next - 1]),
      index.offsets[next] + Int(index.sizes[next]) - index.offsets[first] <= 4 << 20
    { next += 1 }
    return next
  }

  /// Bytes of all coded frames together.
  public var packetBytes: Int { index.sizes.reduce(0) { $0 + Int($1) } }

  func packet(_ k: Int) throws(VideoError) -> VideoPacket {
    VideoPacket(bytes: try file.read(Int(index.sizes[k]), at: index.offsets[k]), isKeyframe: index.isKeyframe[k])
  }

  func check(_ range: Range<Int>) throws(VideoError) {
    guard range.lowerBound >= 0, range.upperBound <= frameCount else {
      throw VideoError(
        .invalidArgument, file.path,
        "frames \(range.lowerBound)..<\(range.upperBound) asked for, there are \(frameCount)")
    }
  }

  static func movieBox(_ file: borrowing InputFile) throws(VideoError) -> [UInt8] {
    var at = 0
    while file.size - at >= 8 {
      let bytes = try file.read(min(16, file.size - at), at: at)
      let header: (kind: UInt32, length: Int, headerLength: Int)
      do {
        header = try MP4Boxes(bytes: bytes).header(at: 0, in: 0..<bytes.count, space: file.size - at)
      } catch {
        throw VideoError(error.kind, file.path, "is no MP4 file or is cut off")
      }
      if header.kind == FourCC.moov {
        guard header.length <= longestHeader else {
          throw VideoError(.damaged, file.path, "has a sample table of \(header.length) bytes")
        }
        return try file.read(header.length - header.headerLength, at: at + header.headerLength)
      }
      at += header.length
    }
    throw VideoError(.damaged, file.path, "has no sample table: it is no MP4 file or was not finished")
  }
}
