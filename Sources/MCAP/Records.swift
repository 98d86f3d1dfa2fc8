/// How a channel's messages are laid out.
public struct MCAPSchema: Sendable, Equatable {
  public var name: String
  /// "protobuf", "ros2msg", "jsonschema".
  public var encoding: String
  /// Of protobuf: a FileDescriptorSet.
  public var data: [UInt8]

  public init(name: String, encoding: String, data: [UInt8]) {
    (self.name, self.encoding, self.data) = (name, encoding, data)
  }
}

/// A stream of messages of one kind.
public struct MCAPChannel: Sendable, Equatable {
  public var topic: String
  /// "protobuf", "cdr", "json".
  public var messageEncoding: String
  /// nil for messages without a schema.
  public var schema: MCAPSchema?
  public var metadata: [String: String]

  public init(topic: String, messageEncoding: String, schema: MCAPSchema?, metadata: [String: String] = [:]) {
    self.topic = topic
    self.messageEncoding = messageEncoding
    self.schema = schema
    self.metadata = metadata
  }
}

/// The kinds of records (MCAP specification 1.0).
enum Opcode {
  static let header: UInt8 = 1, footer: UInt8 = 2, schema: UInt8 = 3, channel: UInt8 = 4, message: UInt8 = 5
  static let chunk: UInt8 = 6, messageIndex: UInt8 = 7, chunkIndex: UInt8 = 8, statistics: UInt8 = 11
  static let metadata: UInt8 = 12, metadataIndex: UInt8 = 13, summaryOffset: UInt8 = 14, dataEnd: UInt8 = 15
  static let magic: [UInt8] = [0x89, 0x4D, 0x43, 0x41, 0x50, 0x30, 0x0D, 0x0A]
}

/// A record's content as it is put together: little-endian numbers, texts and maps behind their lengths.
struct RecordContent {
  private(set) var bytes: [UInt8] = []

  mutating func number<T: FixedWidthInteger>(_ value: T) {
    withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
  }

  mutating func text(_ value: String) {
    number(UInt32(value.utf8.count))
    bytes.append(contentsOf: value.utf8)
  }

  mutating func data(_ value: [UInt8]) { bytes.append(contentsOf: value) }

  /// Sorted, so that equal maps are equal bytes.
  mutating func map(_ values: [String: String]) {
    var inner = RecordContent()
    for (key, value) in values.sorted(by: { $0.key < $1.key }) {
      inner.text(key)
      inner.text(value)
    }
    number(UInt32(inner.bytes.count))
    data(inner.bytes)
  }

  /// The record, with its kind and length in front.
  func record(_ opcode: UInt8) -> [UInt8] {
    var whole = RecordContent()
    whole.number(opcode)
    whole.number(UInt64(bytes.count))
    return whole.bytes + bytes
  }
}
