import SeedbedDatasets

/// What is remembered of an episode, put together from all lines that its fingerprint names.
struct EpisodeTags {
  typealias Line = [(name: String, cell: EpisodeCell)]

  /// What all lines agree on; a line that lacks a column does not disagree.
  private(set) var cells: Line = []
  /// Columns on which they differ: what stands there stays.
  private(set) var unsettled: [String] = []

  /// - Parameters:
  ///   - lines: Of episodes with the same numbers; not empty.
  ///   - before: How many episodes of the dataset before this one have the same numbers.
  init(_ lines: [Line], before: Int) {
    var values: [String: [EpisodeCell]] = [:]
    var names: [String] = []
    for line in lines {
      for (name, cell) in line where cell != .null {
        if values[name] == nil { names.append(name) }
        if values[name]?.contains(where: { $0.isSame(as: cell) }) != true { values[name, default: []].append(cell) }
      }
    }
    for name in names {
      let known = values[name] ?? []
      if known.count == 1 {
        cells.append((name, known[0]))
      } else if name == MixColumns.repetition {
        // Copies of an episode differ in nothing else: any order of them is right.
        cells.append((name, known.sorted { ($0.double ?? 0) < ($1.double ?? 0) }[before % known.count]))
      } else {
        unsettled.append(name)
      }
    }
  }

  /// A column's value, null where nothing is remembered of it; nil where nobody knows it.
  func cell(_ name: String) -> EpisodeCell? {
    unsettled.contains(name) ? nil : cells.first { $0.name == name }?.cell ?? .null
  }
}

extension EpisodeCell {
  /// Equal up to the type of numbers, which tools change.
  func isSame(as other: EpisodeCell) -> Bool {
    if self == other { return true }
    guard let a = double, let b = other.double else { return false }
    return a == b
  }
}
