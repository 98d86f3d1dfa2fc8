/// `meta/seedbed/skipped.jsonl`: the episodes of the run that are not in the dataset, a line each.
public struct SkippedLog: ~Copyable {
  static let path = "meta/seedbed/skipped.jsonl"

  private var log: LineLog
  var count: Int { log.lines }

  /// - Parameter previous: The folder whose log is gone on with, where it has one.
  init(folder: DatasetFolder, continuing previous: DatasetFolder?) throws(DatasetError) {
    let old = previous.flatMap { $0.exists(SkippedLog.path) ? $0(SkippedLog.path) : nil }
    log = try LineLog.continuing(old, path: try folder.place(SkippedLog.path))
  }

  mutating func append(_ record: SkippedEpisode) throws(DatasetError) { try log.append(record.json.compact()) }

  mutating func finish() throws(DatasetError) { try log.finish() }

  /// Hands all records of a dataset over, in their order, with one of them in memory; none where there is no log.
  public static func read(
    _ directory: String, _ body: (SkippedEpisode) throws(DatasetError) -> Void
  ) throws(DatasetError) {
    let folder = try DatasetFolder(existing: directory)
    guard folder.exists(path) else { return }
    var lines = try LineReader(path: folder(path))
    var number = 0
    while let line = try lines.next() {
      number += 1
      let record: SkippedEpisode
      do {
        record = try SkippedEpisode(json: try JSONParser.parse(line))
      } catch let error as JSONParser.Failure {
        throw DatasetError(.damaged, path: folder(path), "line \(number): \(error.reason)")
      } catch let error as SchemaFailure {
        throw DatasetError(.damaged, path: folder(path), "line \(number): \(error.reason)")
      } catch {
        throw DatasetError(.damaged, path: folder(path), "line \(number): \(error)")
      }
      try body(record)
    }
  }

  /// All records of a dataset.
  public static func read(_ directory: String) throws(DatasetError) -> [SkippedEpisode] {
    var records: [SkippedEpisode] = []
    try read(directory) { records.append($0) }
    return records
  }
}
