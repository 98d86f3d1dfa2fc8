import ProtocolBuffers

/// A `tf.train.Example` in a file: where each feature's values are. Only names and places are in memory.
public struct ExampleReader: Sendable {
  public enum Values: Sendable, Equatable {
    /// The place of each.
    case bytes([Range<Int>])
    case floats([Float])
    case integers([Int64])
    /// No list at all.
    case empty

    public var count: Int {
      switch self {
      case .bytes(let v): v.count
      case .floats(let v): v.count
      case .integers(let v): v.count
      case .empty: 0
      }
    }
  }

  /// A list's kind (1 bytes, 2 floats, 3 integers) and place.
  private var lists: [String: (kind: Int, place: Range<Int>)] = [:]
  private let path: String

  /// - Parameter data: The record's bytes, as `RecordFile.record` gives them.
  public init(_ file: borrowing RecordFile, _ data: Range<Int>) throws(TFRecordError) {
    path = file.path
    var example = FieldCursor(data)
    while let (field, place) = try example.next(file) {
      guard field == 1 else { continue }
      var features = FieldCursor(place)
      while let (field, entry) = try features.next(file) {
        guard field == 1 else { continue }
        var parts = FieldCursor(entry)
        var name: String?
        var feature: Range<Int>?
        while let (field, place) = try parts.next(file) {
          if field == 1 {
            guard place.count <= 1 << 12 else { throw file.nonsense("a feature's name of \(place.count) bytes") }
            name = String(decoding: try file.read(place), as: UTF8.self)
          } else if field == 2 {
            feature = place
          }
        }
        guard let name else { continue }
        var inner = FieldCursor(feature ?? 0..<0)
        lists[name] = try inner.next(file).map { ($0.field, $0.place) } ?? (0, 0..<0)
      }
    }
  }

  public var names: [String] { lists.keys.sorted() }

  /// A feature's values; nil where there is none of the name.
  public func values(_ name: String, _ file: borrowing RecordFile) throws(TFRecordError) -> Values? {
    guard let (kind, place) = lists[name] else { return nil }
    if kind == 0 { return .empty }
    if kind == 1 {
      var list = FieldCursor(place)
      var places: [Range<Int>] = []
      while let (field, place) = try list.next(file) { if field == 1 { places.append(place) } }
      return .bytes(places)
    }
    guard place.count <= 1 << 28 else { throw file.nonsense("numbers of \(place.count) bytes") }
    var list = MessageReader(try file.read(place))
    do throws(MessageReader.Failure) {
      var floats: [Float] = [], integers: [Int64] = []
      while let (field, value) = try list.next() {
        guard field == 1 else { continue }
        if kind == 2 { floats += try list.floats(value) } else { integers += try list.integers(value) }
      }
      return kind == 2 ? .floats(floats) : .integers(integers)
    } catch {
      throw file.nonsense("feature '\(name)': \(error.reason)")
    }
  }
}

/// Walks over the fields of a message that stays in the file; all of them have to be of the kind with a length.
private struct FieldCursor {
  private var at: Int
  private let end: Int

  init(_ range: Range<Int>) { (at, end) = (range.lowerBound, range.upperBound) }

  mutating func next(_ file: borrowing RecordFile) throws(TFRecordError) -> (field: Int, place: Range<Int>)? {
    guard at < end else { return nil }
    // A tag and a length are at most fifteen bytes.
    let head = try file.read(at..<min(at + 16, end))
    var place = 0
    func varint() throws(TFRecordError) -> UInt64 {
      var value: UInt64 = 0
      for shift in stride(from: UInt64(0), to: 64, by: 7) {
        guard place < head.count else { break }
        value |= UInt64(head[place] & 127) << shift
        place += 1
        if head[place - 1] < 128 { return value }
      }
      throw file.nonsense("a number without an end")
    }
    let tag = try varint(), length = try varint()
    guard tag & 7 == 2, tag >> 3 < 1 << 29, length <= UInt64(end - at - place) else {
      throw file.nonsense("a field that makes no sense")
    }
    let start = at + place
    at = start + Int(length)
    return (Int(tag >> 3), start..<at)
  }
}

extension RecordFile {
  fileprivate func nonsense(_ what: String) -> TFRecordError {
    TFRecordError(.damaged, path, "a record is no tf.train.Example: it has \(what)")
  }
}
