import ProtocolBuffers

/// A `tf.train.Example` as it is put together: each feature's name with bytes, floats or integers. Large bytes may lie
/// elsewhere and come in only when the record is written.
public struct ExampleWriter: Sendable {
  /// Bytes, or the place of bytes that somebody else holds.
  public enum Piece: Sendable {
    case bytes([UInt8])
    case place(Range<Int>)

    var count: Int {
      switch self {
      case .bytes(let bytes): bytes.count
      case .place(let range): range.count
      }
    }
  }

  private var pieces: [Piece] = []
  private var size = 0

  public init() {}

  public mutating func floats(_ name: String, _ values: [Float]) {
    var list = MessageWriter()
    list.packed(1, floats: values)
    feature(name, kind: 2, [.bytes(list.bytes)])
  }

  public mutating func integers(_ name: String, _ values: [Int64]) {
    var list = MessageWriter()
    list.packed(1, integers: values)
    feature(name, kind: 3, [.bytes(list.bytes)])
  }

  public mutating func bytes(_ name: String, _ values: [Piece]) {
    feature(name, kind: 1, values.flatMap { [.bytes(MessageWriter.head(1, length: $0.count)), $0] })
  }

  public mutating func texts(_ name: String, _ values: [String]) {
    bytes(name, values.map { .bytes(Array($0.utf8)) })
  }

  /// One entry of the map `features`: its key, and a feature that holds one list.
  private mutating func feature(_ name: String, kind: Int, _ list: [Piece]) {
    let listSize = list.reduce(0) { $0 + $1.count }
    let listHead = MessageWriter.head(kind, length: listSize)
    let featureHead = MessageWriter.head(2, length: listHead.count + listSize)
    var key = MessageWriter()
    key.text(1, name)
    let entryHead = MessageWriter.head(1, length: key.bytes.count + featureHead.count + listHead.count + listSize)
    let entry = [.bytes(entryHead + key.bytes + featureHead + listHead)] + list
    pieces += entry
    size += entry.reduce(0) { $0 + $1.count }
  }

  /// Writes the example as a record.
  ///
  /// - Parameter fetch: Gives the bytes at a place.
  public func write(
    to file: inout RecordWriter, _ fetch: (Range<Int>) throws(TFRecordError) -> [UInt8]
  ) throws(TFRecordError) {
    let head = MessageWriter.head(1, length: size)
    try file.begin(length: head.count + size)
    try file.add(head)
    for piece in pieces {
      switch piece {
      case .bytes(let bytes): try file.add(bytes)
      case .place(let range): try file.add(try fetch(range))
      }
    }
    try file.end()
  }

  /// Bytes of the example.
  public var count: Int { MessageWriter.head(1, length: size).count + size }
}
