import Parquet
import SeedbedEpisodes
import Synchronization

/// Finds episodes in the table `meta/episodes`, whatever its files and row groups are.
final class EpisodeIndex: Sendable {
  private struct Group: Sendable {
    var file: Int
    var rowGroup: Int
    var first: Int
  }

  let count: Int
  private let readers: [ParquetReader]
  private let groups: [Group]
  /// Columns of the row group that was read last.
  private let recent = Mutex<(group: Int, columns: [Int: ColumnData])>((-1, [:]))

  init(folder: DatasetFolder) throws(DatasetError) {
    var readers: [ParquetReader] = []
    var groups: [Group] = []
    var count = 0
    for chunk in folder.entries("meta/episodes") {
      for file in folder.entries("meta/episodes/" + chunk) where file.hasSuffix(".parquet") {
        do {
          let reader = try ParquetReader(path: folder("meta/episodes/\(chunk)/\(file)"))
          for (g, rows) in reader.rowGroups.enumerated() {
            groups.append(Group(file: readers.count, rowGroup: g, first: count))
            count += rows
          }
          readers.append(reader)
        } catch {
          throw DatasetError(error)
        }
      }
    }
    guard !readers.isEmpty else {
      throw DatasetError(.damaged, path: folder("meta/episodes"), "there is no table of the episodes")
    }
    self.readers = readers
    self.groups = groups
    self.count = count
  }

  /// The names of the first file's columns; no other file may have more.
  var columns: [String] { readers[0].fields.map(\.name) }

  /// Row k, as the columns are asked for.
  func row(_ k: Int) throws(DatasetError) -> Row {
    guard k >= 0, k < count, let group = groups.lastIndex(where: { $0.first <= k }) else {
      throw DatasetError(.invalid, path: readers[0].path, episode: k, "there are \(count) episodes")
    }
    return Row(index: self, episode: k, group: group, place: k - groups[group].first)
  }

  struct Row {
    let index: EpisodeIndex
    let episode: Int
    fileprivate let group: Int
    fileprivate let place: Int

    var path: String { index.readers[index.groups[group].file].path }

    func integer(_ column: String) throws(DatasetError) -> Int? {
      guard let (values, slot) = try slot(column) else { return nil }
      switch values {
      case .int64(let numbers): return Int(numbers[slot])
      // LeRobot's merge turns integers into doubles where another dataset has none.
      case .double(let numbers):
        guard numbers[slot].magnitude <= 0x1p53, let number = Int(exactly: numbers[slot]) else {
          throw DatasetError(
            .damaged, path: path, episode: episode, "a tool rounded the integer in '\(column)' to \(numbers[slot])")
        }
        return number
      default: throw mistyped(column)
      }
    }

    func double(_ column: String) throws(DatasetError) -> Double? {
      guard let (values, slot) = try slot(column) else { return nil }
      guard case .double(let numbers) = values else { throw mistyped(column) }
      return numbers[slot]
    }

    func bool(_ column: String) throws(DatasetError) -> Bool? {
      guard let (values, slot) = try slot(column) else { return nil }
      guard case .bool(let flags) = values else { throw mistyped(column) }
      return flags[slot]
    }

    func string(_ column: String) throws(DatasetError) -> String? {
      guard let (values, slot) = try slot(column) else { return nil }
      guard case .bytes(let texts) = values else { throw mistyped(column) }
      return String(decoding: texts[slot], as: UTF8.self)
    }

    /// The texts of a list column.
    func strings(_ column: String) throws(DatasetError) -> [String] {
      guard let data = try index.column(column, group: group, episode: episode) else { return [] }
      guard data.counts.count == 1, data.counts[0].count > place, data.present == nil,
        case .bytes(let texts) = data.values
      else { throw mistyped(column) }
      let start = data.counts[0][..<place].reduce(0, +)
      return texts[start..<start + data.counts[0][place]].map { String(decoding: $0, as: UTF8.self) }
    }

    /// The numbers of a list column whose rows all hold `width`, however deep they are nested.
    func doubles(_ column: String, width: Int) throws(DatasetError) -> [Double] {
      guard let data = try index.column(column, group: group, episode: episode), data.present == nil,
        case .double(let numbers) = data.values, let lengths = data.counts.first, place < lengths.count,
        numbers.count == lengths.count * width, lengths.allSatisfy({ $0 == width })
      else { throw mistyped(column) }
      return Array(numbers[place * width..<(place + 1) * width])
    }

    /// The integer of a list column whose rows all hold one.
    func single(_ column: String) throws(DatasetError) -> Int {
      guard let data = try index.column(column, group: group, episode: episode), data.present == nil,
        case .int64(let numbers) = data.values, let lengths = data.counts.first, place < lengths.count,
        numbers.count == lengths.count, lengths.allSatisfy({ $0 == 1 })
      else { throw mistyped(column) }
      return Int(numbers[place])
    }

    /// A number that no dataset can be without.
    func required(_ column: String) throws(DatasetError) -> Int {
      guard let value = try integer(column), value >= 0 else {
        throw DatasetError(
          .damaged, path: path, episode: episode, "the column '\(column)' is missing, null or negative")
      }
      return value
    }

    /// The values of a plain column and the place of this row's among them; nil for a null or a missing column.
    private func slot(_ column: String) throws(DatasetError) -> (Values, Int)? {
      guard let data = try index.column(column, group: group, episode: episode) else { return nil }
      guard data.counts.isEmpty, (data.present?.count ?? data.values.count) > place else { throw mistyped(column) }
      guard let present = data.present else { return (data.values, place) }
      return present[place] ? (data.values, present[..<place].count { $0 }) : nil
    }

    private func mistyped(_ column: String) -> DatasetError {
      DatasetError(.damaged, path: path, episode: episode, "the column '\(column)' is of an unexpected type")
    }
  }

  private func column(_ name: String, group: Int, episode: Int) throws(DatasetError) -> ColumnData? {
    let reader = readers[groups[group].file]
    guard let leaf = reader.leaf(name) else { return nil }
    if let known = recent.withLock({ $0.group == group ? $0.columns[leaf] : nil }) { return known }
    do {
      let data = try reader.read(leaf: leaf, rowGroup: groups[group].rowGroup)
      recent.withLock { recent in
        if recent.group != group { recent = (group, [:]) }
        recent.columns[leaf] = data
      }
      return data
    } catch {
      throw DatasetError(error, episode: episode)
    }
  }
}
