import Parquet
import SeedbedTestSupport

extension ColumnType {
  /// Columns of random content, one a leaf.
  func random(rows: Int, _ generator: inout TestRandom) -> [ColumnData] {
    random(slots: rows, counts: [], &generator)
  }

  private func random(slots: Int, counts: [[Int]], _ g: inout TestRandom) -> [ColumnData] {
    switch self {
    case .list(let element):
      let lengths = (0..<slots).map { _ in Int.random(in: 0...3, using: &g) }
      return element.random(slots: lengths.reduce(0, +), counts: counts + [lengths], &g)
    case .group(let parts):
      return parts.flatMap { $0.type.random(slots: slots, counts: counts, &g) }
    default:
      // Columns without any null, with some, and of nothing else.
      let share = [0, 0.3, 1][Int.random(in: 0...2, using: &g)]
      let present = (0..<slots).map { _ in Double.random(in: 0..<1, using: &g) >= share }
      let count = present.count { $0 }
      return [
        ColumnData(
          values(count, &g), counts: counts, present: present.allSatisfy { $0 } ? nil : present)
      ]
    }
  }

  private func values(_ count: Int, _ g: inout TestRandom) -> Values {
    switch self {
    case .int64: .int64((0..<count).map { _ in Int64(bitPattern: g.next() >> (g.next() % 64)) })
    case .float: .float((0..<count).map { _ in Float.random(in: -1e6...1e6, using: &g) })
    case .double: .double((0..<count).map { _ in Double.random(in: -1e9...1e9, using: &g) })
    case .bool: .bool((0..<count).map { _ in Bool.random(using: &g) })
    default:
      .bytes(
        (0..<count).map { _ in (0..<Int.random(in: 0...9, using: &g)).map { _ in UInt8.random(in: 97...122, using: &g) }
        })
    }
  }
}
