/// Sorts rows by vectors of values.
struct SortKeys {
  private let keys: [(values: Vector, isDescending: Bool)]

  init(_ keys: [(Vector, Bool)]) { self.keys = keys.map { (values: $0.0, isDescending: $0.1) } }

  /// The rows in their new order.
  func sorted(_ count: Int) -> [Int] {
    var order = Array(0..<count)
    // From the least to the most important; equals keep the order that they have.
    for key in keys.reversed() { SortKeys.sort(&order, key.values, isDescending: key.isDescending) }
    return order
  }

  private static func sort(_ order: inout [Int], _ values: Vector, isDescending: Bool) {
    let nulls = values.nullMask
    var ranks = order
    for (rank, row) in order.enumerated() { ranks[row] = rank }
    func byRank<T: Comparable>(_ value: (Int) -> T) {
      order.sort { a, b in
        guard nulls[a] == nulls[b] else { return nulls[a] == .no }
        let x = value(a), y = value(b)
        guard nulls[a] == .no, x != y else { return ranks[a] < ranks[b] }
        return isDescending ? y < x : x < y
      }
    }
    switch values {
    case .truths(let v): byRank { v[$0] }
    case .integers(let v, _): byRank { v[$0] }
    case .numbers(let v, _): byRank { v[$0] }
    case .texts(let v, _): byRank { TextKey(bytes: v[$0]) }
    case .lists(_, let counts, _): byRank { counts[$0] }
    case .nulls: break
    }
  }

  private struct TextKey: Comparable {
    var bytes: [UInt8]
    static func < (a: TextKey, b: TextKey) -> Bool { a.bytes.lexicographicallyPrecedes(b.bytes) }
  }
}
