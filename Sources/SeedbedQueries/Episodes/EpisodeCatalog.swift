public import Diagnostics
import Parquet
public import SeedbedDatasets

/// The columns that a dataset's episodes have, and their values: LeRobot's own, all that were added, and two derived ones,
/// `seconds` and `task` (the first of `tasks`). Nothing but `meta/info.json` and the wanted columns is read.
///
/// ```swift
/// let catalog = try EpisodeCatalog(directory: "data/run1")
/// let filter = try catalog.condition("success && failure.cause == none")
/// let keep = try catalog.matches(filter)                                   // one truth value an episode, in order
/// ```
public struct EpisodeCatalog: Sendable {
  /// As they stand in the table, then the derived ones.
  public private(set) var columns: [(name: String, kind: ValueKind)]
  /// Of the dataset; the derived `seconds` come from it.
  public let framesPerSecond: Double
  let folder: DatasetFolder
  let version: SourceInfo.Version
  /// The columns that no file holds.
  let derived: Set<String>
  /// Columns of texts that the user of the catalog knows, in place of what files hold.
  private(set) var supplied: [String: [[UInt8]]] = [:]

  static let seconds = "seconds", task = "task"

  /// - Throws: Where the metadata cannot be read.
  public init(directory: String) throws(DatasetError) {
    folder = try DatasetFolder(existing: directory)
    let info = try SourceInfo(directory: directory)
    version = info.version
    framesPerSecond = info.framesPerSecond
    var columns =
      version == .v30 ? try EpisodeCatalog.tableColumns(folder) : try EpisodeCatalog.lineColumns(folder)
    func has(_ name: String, _ kind: ValueKind) -> Bool { columns.contains { $0.name == name && $0.kind == kind } }
    var derived: Set<String> = []
    for (name, kind, source, wanted) in [
      (EpisodeCatalog.seconds, ValueKind.number, "length", ValueKind.integer),
      (EpisodeCatalog.task, .text, "tasks", .list(.text)),
    ] where has(source, wanted) && !columns.contains(where: { $0.name == name }) {
      columns.append((name, kind))
      derived.insert(name)
    }
    self.columns = columns
    self.derived = derived
  }

  /// Adds a column of texts, or takes the place of one.
  ///
  /// - Parameter texts: One an episode.
  public mutating func supply(_ name: String, texts: [String]) {
    var bytes: [String: [UInt8]] = [:]
    for text in texts where bytes[text] == nil { bytes[text] = Array(text.utf8) }
    supplied[name] = texts.map { bytes[$0] ?? [] }
    columns.removeAll { $0.name == name }
    columns.append((name, .text))
  }

  /// A condition on the episodes.
  ///
  /// - Parameter label: Stands for the file in messages, for example `--where`.
  /// - Throws: All that is wrong with it.
  public func condition(_ text: String, label: String = "expression") throws(InputError) -> Expression {
    try Expression(condition: text, columns: columns, label: label)
  }

  /// Which episodes a condition holds for, all episodes in order.
  public func matches(_ condition: Expression) throws(DatasetError) -> [Bool] {
    var scan = try EpisodeScan(self, condition.columns)
    var result: [Bool] = []
    while let rows = try scan.next() { result += rows.condition(condition.node).map { $0 == .yes } }
    return result
  }

  func kind(_ name: String) -> ValueKind { columns.first { $0.name == name }?.kind ?? .null }
}
