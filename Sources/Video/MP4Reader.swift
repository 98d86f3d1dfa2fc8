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
  public var codec: String { index.table.codec.rawValue }
  /// Pixels.
  public var width: Int { index.table.width }
  /// Pixels.
  public var height: Int { index.table.height }
  public var framesPerSecond: Int { index.framesPerSecond }
  public var frameCount: Int { index.table.count }
  /// The codec's configuration record, byte for byte the one that the writer was given.
  public var configuration: [UInt8] { index.table.configuration }

  /// The coded frames, byte for byte those that the writer was given.
  public mutating func packets(_ range: Range<Int>) throws(VideoError) -> [VideoPacket] {
    guard range.lowerBound >= 0, range.upperBound <= frameCount else {
      throw VideoError(
        .invalidArgument, file.path,
        "frames \(range.lowerBound)..<\(range.upperBound) asked for, there are \(frameCount)")
    }
    let table = index.table
    var packets: [VideoPacket] = []
    packets.reserveCapacity(range.count)
    var next = range.lowerBound
    while next < range.upperBound {
      let run = self.run(from: next, to: range.upperBound)
      let place = table.bytes(of: run)
      let bytes = try file.read(place.count, at: place.lowerBound)
      for k in run {
        let at = table.offsets[k] - place.lowerBound
        packets.append(VideoPacket(bytes: Array(bytes[at..<at + Int(table.sizes[k])]), isKeyframe: table.isKeyframe[k]))
      }
      next = run.upperBound
    }
    return packets
  }

  /// The packets, from `first` on, that stand one behind another and make a piece of at most 4 MB.
  func run(from first: Int, to end: Int) -> Range<Int> { index.table.run(from: first, to: end, atMost: 4 << 20) }

  /// Bytes of all coded frames together.
  public var packetBytes: Int { index.table.sizes.reduce(0) { $0 + Int($1) } }

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
