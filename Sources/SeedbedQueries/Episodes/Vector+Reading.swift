import Parquet
import SeedbedDatasets

extension Vector {
  /// Rows of a stored column, whose kind covers all of its files; nil for a file without the column.
  init(_ data: ColumnData?, _ kind: ValueKind, rows: Int) {
    guard let data, data.values.count > 0 || data.present != nil || !data.counts.isEmpty else {
      self = Vector.nulls(of: kind, rows)
      return
    }
    if case .list(let element) = kind {
      var flat = ColumnData(data.values, present: data.present)
      flat.isUnsigned = data.isUnsigned
      let entries = Vector(flat, element, rows: data.slots)
      self = .lists(entries, counts: data.rowLengths, present: data.nullRows.map { $0.map { !$0 } })
      return
    }
    let present = data.present
    switch (data.values, kind) {
    case (.bool(let v), _):
      self = .truths(Vector.spread(v.map { Truth($0) }, present, .unknown))
    case (.int64(let v), .integer): self = .integers(Vector.spread(v, present, 0), present: present)
    case (.int64(let v), _) where data.isUnsigned:
      self = .numbers(Vector.spread(v.map { Double(UInt64(bitPattern: $0)) }, present, 0), present: present)
    case (.int64(let v), _): self = .numbers(Vector.spread(v.map(Double.init), present, 0), present: present)
    case (.float(let v), _): self = .numbers(Vector.spread(v.map(Double.init), present, 0), present: present)
    case (.double(let v), _): self = .numbers(Vector.spread(v, present, 0), present: present)
    case (.bytes(let v), _): self = .texts(Vector.spread(v, present, []), present: present)
    }
  }

  /// Values at their places.
  private static func spread<T>(_ values: [T], _ present: [Bool]?, _ empty: T) -> [T] {
    guard let present else { return values }
    var at = 0
    return present.map { there in
      guard there, at < values.count else { return empty }
      at += 1
      return values[at - 1]
    }
  }

  /// Rows without a value, of the sort that the column's other rows have.
  static func nulls(of kind: ValueKind, _ rows: Int) -> Vector {
    let nowhere = [Bool](repeating: false, count: rows)
    switch kind {
    case .truth: return .truths(.init(repeating: .unknown, count: rows))
    case .integer: return .integers(.init(repeating: 0, count: rows), present: nowhere)
    case .number: return .numbers(.init(repeating: 0, count: rows), present: nowhere)
    case .text: return .texts(.init(repeating: [], count: rows), present: nowhere)
    case .list(let element):
      return .lists(nulls(of: element, 0), counts: .init(repeating: 0, count: rows), present: nowhere)
    case .null, .other: return .nulls(rows)
    }
  }

  /// Values of JSON; what does not fit the kind is null.
  init(_ cells: [JSONValue], _ kind: ValueKind) {
    if case .list(let element) = kind {
      let rows = cells.map(\.leaves)
      let isThere = cells.map { $0 != .null }
      self = .lists(
        Vector(rows.flatMap { $0 }, element), counts: rows.map(\.count),
        present: isThere.allSatisfy { $0 } ? nil : isThere)
      return
    }
    let present = cells.map { $0 != .null }
    let mask = present.allSatisfy { $0 } ? nil : present
    switch kind {
    case .truth: self = .truths(cells.map { $0.bool.map { Truth($0) } ?? .unknown })
    case .integer: self = .integers(cells.map { Int64($0.integer ?? 0) }, present: mask)
    case .number: self = .numbers(cells.map { $0.number ?? .nan }, present: mask)
    case .text: self = .texts(cells.map { Array(($0.string ?? "").utf8) }, present: mask)
    case .list, .null, .other: self = .nulls(cells.count)
    }
  }
}

extension JSONValue {
  /// The values of lists in lists.
  fileprivate var leaves: [JSONValue] {
    guard case .array(let values) = self else { return self == .null ? [] : [self] }
    return values.flatMap { if case .array = $0 { $0.leaves } else { [$0] } }
  }
}

extension ColumnData {
  /// Values and nulls.
  fileprivate var slots: Int { present?.count ?? values.count }

  /// How many slots each row has, through all depths.
  fileprivate var rowLengths: [Int] {
    var lengths = counts.last ?? []
    for outer in counts.dropLast().reversed() {
      var at = 0
      lengths = outer.map { count in
        defer { at += count }
        return lengths[at..<min(at + count, lengths.count)].reduce(0, +)
      }
    }
    return lengths
  }
}
