import Checksum
import Files

/// Reads an MCAP file from its beginning, record by record: no index is needed, so that a recording that was cut off in
/// its summary still reads. Checksums of chunks are proved. Memory holds one chunk.
public struct MCAPReader: ~Copyable, Sendable {
  /// Bytes of a chunk or message that are taken at most.
  private static let mostBytes = 1 << 28

  public struct Message: Sendable {
    /// Its place in `channels`.
    public var channel: Int
    /// Nanoseconds.
    public var logTime: UInt64
    public var data: [UInt8]
  }

  public let path: String
  private let file: ReadableFile
  private let decompress: @Sendable (String, [UInt8], Int) -> [UInt8]?

  /// Those met so far.
  public private(set) var channels: [MCAPChannel] = []
  /// Texts under their names, those met so far.
  public private(set) var metadata: [(name: String, values: [String: String])] = []
  private var schemas: [Int: MCAPSchema] = [:]
  private var numbers: [Int: Int] = [:]
  private var at = Opcode.magic.count
  private var chunk: ContentReader?
  private var isDone = false

  /// - Parameter decompress: Gives so many bytes out of a chunk's by the name of a compression ("zstd", "lz4"); nil where it
  ///   cannot.
  public init(
    path: String, decompress: @escaping @Sendable (String, [UInt8], Int) -> [UInt8]?
  ) throws(MCAPError) {
    let file = try MCAPError.telling { () throws(FileFailure) in try ReadableFile(path: path) }
    let head = try MCAPError.telling { () throws(FileFailure) in try file.read(0..<min(8, file.size)) }
    guard head == Opcode.magic else { throw MCAPError(.damaged, path, "is no MCAP file") }
    self.file = file
    self.path = path
    self.decompress = decompress
  }

  /// The next message, in the file's order; nil at the end of the data.
  public mutating func next() throws(MCAPError) -> Message? {
    while !isDone {
      if var content = chunk {
        if content.isAtEnd {
          chunk = nil
          continue
        }
        do throws(ContentReader.Failure) {
          let opcode = try content.number(UInt8.self)
          let record = try content.part(UInt64.self)
          chunk = content
          if let message = try take(opcode, record) { return message }
        } catch {
          throw damaged("a chunk \(error.reason)")
        }
        continue
      }
      guard file.size - at >= 9 else { throw damaged("it ends without its end") }
      let head = try bytes(at..<at + 9)
      let length = head[1...].enumerated().reduce(UInt64(0)) { $0 | UInt64($1.element) << UInt64(8 * $1.offset) }
      guard length <= UInt64(file.size - at - 9) else {
        throw damaged("the record at byte \(at) claims \(length) bytes and is cut off")
      }
      let place = at + 9..<at + 9 + Int(length)
      at = place.upperBound
      switch head[0] {
      case Opcode.dataEnd, Opcode.footer: isDone = true
      case Opcode.schema, Opcode.channel, Opcode.message, Opcode.metadata, Opcode.chunk:
        guard place.count <= MCAPReader.mostBytes else { throw damaged("a record has \(place.count) bytes") }
        let content = ContentReader(try bytes(place))
        do throws(ContentReader.Failure) {
          if head[0] == Opcode.chunk {
            try openChunk(content)
          } else if let message = try take(head[0], content) {
            return message
          }
        } catch {
          throw damaged("the record at byte \(place.lowerBound - 9) \(error.reason)")
        }
      default: continue
      }
    }
    return nil
  }

  private func bytes(_ range: Range<Int>) throws(MCAPError) -> [UInt8] {
    try MCAPError.telling { () throws(FileFailure) in try file.read(range) }
  }

  private func damaged(_ reason: String) -> MCAPError { MCAPError(.damaged, path, reason) }

  private mutating func openChunk(_ content: ContentReader) throws(ContentReader.Failure) {
    var content = content
    _ = try content.number(UInt64.self)
    _ = try content.number(UInt64.self)
    let size = try content.number(UInt64.self)
    let checksum = try content.number(UInt32.self)
    let compression = try content.text()
    let packed = try content.part(UInt64.self).rest
    // No compression of these makes more than some thousands of bytes out of one.
    guard size <= UInt64(MCAPReader.mostBytes), size / 65536 <= UInt64(packed.count) else {
      throw .init(reason: "claims \(size) bytes")
    }
    let bytes = compression.isEmpty ? packed : decompress(compression, packed, Int(size))
    guard let bytes, bytes.count == Int(size) else {
      throw .init(reason: "does not give \(size) bytes by '\(compression)' (none, zstd and lz4 are read)")
    }
    guard checksum == 0 || CRC32.of(bytes, .ieee) == checksum else { throw .init(reason: "has a wrong checksum") }
    chunk = ContentReader(bytes)
  }

  private mutating func take(_ opcode: UInt8, _ content: ContentReader) throws(ContentReader.Failure) -> Message? {
    var content = content
    switch opcode {
    case Opcode.schema:
      let number = Int(try content.number(UInt16.self))
      schemas[number] = MCAPSchema(
        name: try content.text(), encoding: try content.text(), data: try content.part(UInt32.self).rest)
    case Opcode.channel:
      let number = Int(try content.number(UInt16.self))
      let schema = Int(try content.number(UInt16.self))
      let channel = MCAPChannel(
        topic: try content.text(), messageEncoding: try content.text(), schema: schemas[schema],
        metadata: try content.map())
      // Writers repeat channels, in each chunk and in the summary.
      if numbers[number] == nil {
        numbers[number] = channels.count
        channels.append(channel)
      }
    case Opcode.message:
      let number = Int(try content.number(UInt16.self))
      _ = try content.number(UInt32.self)
      let time = try content.number(UInt64.self)
      _ = try content.number(UInt64.self)
      guard let channel = numbers[number] else { throw .init(reason: "has a message of the unknown channel \(number)") }
      return Message(channel: channel, logTime: time, data: content.rest)
    case Opcode.metadata: metadata.append((try content.text(), try content.map()))
    default: break
    }
    return nil
  }
}
