/// Repetition and definition levels of a column: how its values lie in lists, and where nulls are.
struct Levels {
  var repetition: [UInt8] = []
  var definition: [UInt8] = []

  init() {}

  init(repetition: [UInt8], definition: [UInt8]) {
    self.repetition = repetition
    self.definition = definition
  }

  /// The levels of some rows of a column; nil where counts, nulls and values do not belong together.
  init?(of data: ColumnData, leaf: SchemaLeaf, rows: Int) {
    let defined = UInt8(leaf.maxDefinition)
    if leaf.maxRepetition == 0 {
      guard data.counts.isEmpty, (data.present?.count ?? data.values.count) == rows else { return nil }
      definition = Levels.presence(data.present, count: rows, defined: defined)
    } else {
      guard data.counts.count == leaf.maxRepetition, data.counts.allSatisfy({ $0.allSatisfy { $0 >= 0 } }),
        data.counts[0].count == rows
      else { return nil }
      let slots = data.present?.count ?? data.values.count
      for depth in data.counts.indices {
        let below = depth + 1 < data.counts.count ? data.counts[depth + 1].count : slots
        guard data.counts[depth].reduce(0, +) == below else { return nil }
      }
      repetition.reserveCapacity(slots)
      definition.reserveCapacity(slots)
      if leaf.maxRepetition == 1 && data.present == nil {
        for count in data.counts[0] {
          repetition.append(0)
          definition.append(count > 0 ? defined : UInt8(leaf.listDefinitions[0] - 1))
          if count > 1 {
            repetition.append(contentsOf: repeatElement(1, count: count - 1))
            definition.append(contentsOf: repeatElement(defined, count: count - 1))
          }
        }
        return
      }
      var walk = Walk(data: data, leaf: leaf)
      for _ in 0..<rows { walk.list(depth: 0, first: 0, &self) }
    }
    guard data.present.map({ $0.count(where: { $0 }) == data.values.count }) ?? true else { return nil }
  }

  private static func presence(_ present: [Bool]?, count: Int, defined: UInt8) -> [UInt8] {
    present?.map { $0 ? defined : defined - 1 } ?? [UInt8](repeating: defined, count: count)
  }

  private struct Walk {
    let data: ColumnData
    let leaf: SchemaLeaf
    var places: [Int]
    var slot = 0

    init(data: ColumnData, leaf: SchemaLeaf) {
      self.data = data
      self.leaf = leaf
      places = [Int](repeating: 0, count: leaf.maxRepetition)
    }

    mutating func list(depth: Int, first: Int, _ levels: inout Levels) {
      let count = data.counts[depth][places[depth]]
      places[depth] += 1
      if count == 0 {
        levels.repetition.append(UInt8(first))
        levels.definition.append(UInt8(leaf.listDefinitions[depth] - 1))
        return
      }
      for i in 0..<count {
        let level = i == 0 ? first : depth + 1
        if depth + 1 < leaf.maxRepetition {
          list(depth: depth + 1, first: level, &levels)
        } else {
          levels.repetition.append(UInt8(level))
          let there = data.present?[slot] ?? true
          levels.definition.append(UInt8(there ? leaf.maxDefinition : leaf.maxDefinition - 1))
          slot += 1
        }
      }
    }
  }
}

extension Levels {
  /// Levels as a data page v1 holds them: RLE or one bit-packed run, its length in front.
  static func encode(_ levels: [UInt8], maximum: Int) -> [UInt8] {
    if maximum == 0 { return [] }
    let width = bitWidth(of: maximum)
    var run: [UInt8] = []
    if let first = levels.first, levels.allSatisfy({ $0 == first }) {
      run.appendVarint(UInt64(levels.count) << 1)
      run.append(first)
    } else {
      let groups = (levels.count + 7) / 8
      run.reserveCapacity(groups * width + 10)
      run.appendVarint(UInt64(groups) << 1 | 1)
      var pending = 0
      var bits = 0
      for i in 0..<(groups * 8) {
        pending |= (i < levels.count ? Int(levels[i]) : 0) << bits
        bits += width
        while bits >= 8 {
          run.append(UInt8(pending & 255))
          pending >>= 8
          bits -= 8
        }
      }
    }
    var result: [UInt8] = []
    result.appendLittleEndian(UInt32(run.count))
    return result + run
  }

  /// Turns the levels of a page into list lengths and the mask of nulls.
  ///
  /// - Throws: `damaged` for levels that no column can have.
  func assemble(leaf: SchemaLeaf, rows: Int) throws(FormatError) -> (counts: [[Int]], present: [Bool]?) {
    let depth = leaf.maxRepetition
    if depth == 0 {
      guard leaf.maxDefinition > 0 else { return ([], nil) }
      return ([], mask(definition, defined: leaf.maxDefinition))
    }
    if depth == 1, let lengths = fullLists(leaf: leaf) {
      guard lengths.count == rows else {
        throw .damaged("it holds \(lengths.count) rows where the row group has \(rows)")
      }
      return ([lengths], nil)
    }
    var counts = [[Int]](repeating: [], count: depth)
    var slots: [UInt8] = []
    slots.reserveCapacity(definition.count)
    let lists = leaf.listDefinitions
    for (r, d) in zip(repetition, definition) {
      let level = Int(r), reached = Int(d)
      guard level <= depth, reached <= leaf.maxDefinition,
        level == 0 || (!counts[level - 1].isEmpty && reached >= lists[level - 1])
      else { throw .damaged("its repetition levels contradict each other") }
      for k in level..<max(level, depth) where k == 0 || reached >= lists[k - 1] { counts[k].append(0) }
      for k in max(level - 1, 0)..<depth where reached >= lists[k] { counts[k][counts[k].count - 1] += 1 }
      if reached >= lists[depth - 1] { slots.append(d) }
    }
    guard counts[0].count == rows else {
      throw .damaged("it holds \(counts[0].count) rows where the row group has \(rows)")
    }
    return (counts, mask(slots, defined: leaf.maxDefinition))
  }

  /// Which rows' outermost lists are null rather than empty; nil where none is.
  func nullRows(leaf: SchemaLeaf) -> [Bool]? {
    guard let outermost = leaf.listDefinitions.first, outermost > 1,
      definition.contains(where: { Int($0) < outermost - 1 })
    else { return nil }
    return zip(repetition, definition).filter { $0.0 == 0 }.map { Int($0.1) < outermost - 1 }
  }

  /// The lengths of lists that are neither empty nor hold nulls; nil for others.
  private func fullLists(leaf: SchemaLeaf) -> [Int]? {
    let defined = UInt8(leaf.maxDefinition)
    guard repetition.first ?? 0 == 0, definition.allSatisfy({ $0 == defined }), repetition.allSatisfy({ $0 <= 1 })
    else { return nil }
    var lengths: [Int] = []
    var start = 0
    repetition.withUnsafeBufferPointer { levels in
      for at in 1..<max(levels.count, 1) where levels[at] == 0 {
        lengths.append(at - start)
        start = at
      }
    }
    if !repetition.isEmpty { lengths.append(repetition.count - start) }
    return lengths
  }

  private func mask(_ levels: [UInt8], defined: Int) -> [Bool]? {
    levels.allSatisfy { Int($0) == defined } ? nil : levels.map { Int($0) == defined }
  }
}

extension Levels {
  /// A part of them.
  func slice(_ slots: Range<Int>, isNested: Bool, isNullable: Bool) -> Levels {
    Levels(
      repetition: isNested ? Array(repetition[slots]) : [], definition: isNullable ? Array(definition[slots]) : [])
  }

  mutating func append(_ other: Levels) {
    repetition += other.repetition
    definition += other.definition
  }
}
