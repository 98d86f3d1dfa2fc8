import Parquet

/// Columns as rows of plain values; nil where the column is of another sort, or a row is null.
extension ColumnData {
  /// One number a row.
  func doubles(rows: Int) -> [Double]? {
    guard counts.isEmpty, present == nil, values.count == rows else { return nil }
    return values.doubles
  }

  /// One whole number a row; LeRobot's merge turns integers into doubles where another dataset has none.
  func integers(rows: Int) -> [Int]? {
    guard counts.isEmpty, present == nil, values.count == rows else { return nil }
    switch values {
    case .int64(let numbers): return numbers.map(Int.init)
    case .double(let numbers):
      let whole = numbers.compactMap { $0.magnitude <= 0x1p53 ? Int(exactly: $0) : nil }
      return whole.count == rows ? whole : nil
    default: return nil
    }
  }

  /// A list of texts a row.
  func textLists(rows: Int) -> [[String]]? {
    guard counts.count == 1, counts[0].count == rows, present == nil, case .bytes(let texts) = values else {
      return nil
    }
    var at = 0
    var known: [[UInt8]: String] = [:]
    return counts[0].map { length in
      defer { at += length }
      return texts[at..<at + length].map { bytes in
        if let text = known[bytes] { return text }
        let text = String(decoding: bytes, as: UTF8.self)
        if known.count < 4096 { known[bytes] = text }
        return text
      }
    }
  }
}

extension Values {
  /// Numbers as doubles, truth values as 0 and 1; nil for texts.
  var doubles: [Double]? {
    switch self {
    case .double(let v): v
    case .float(let v): v.map(Double.init)
    case .int64(let v): v.map(Double.init)
    case .bool(let v): v.map { $0 ? 1 : 0 }
    case .bytes: nil
    }
  }
}
