import Parquet

/// Reads the table of the instructions: `meta/tasks.parquet` (v3.0) or `meta/tasks.jsonl` (v2.1).
enum TaskList {
  /// The instructions, the one with task_index i at place i; nil where they cannot be read.
  static func read(
    _ folder: DatasetFolder, _ version: SourceInfo.Version, _ findings: inout FindingList
  ) -> [String]? {
    let path = version == .v30 ? "meta/tasks.parquet" : "meta/tasks.jsonl"
    let rows: (numbers: [Int], texts: [String?])?
    do throws(DatasetError) {
      rows =
        version == .v30 ? try table(folder, path, &findings) : try lines(folder, path, &findings)
    } catch {
      findings.add(.unreadable(error, file: path, "Restore it: every frame refers to it."))
      return nil
    }
    guard let rows else { return nil }
    if !findings.holds(rows.numbers.elementsEqual(0..<rows.texts.count)) {
      let place = zip(rows.numbers, 0...).first { $0.0 != $0.1 }.map { ", row \($0.1) has \($0.0)" } ?? ""
      findings.error(
        "task-order", path, "task_index is not 0, 1, 2, … row by row\(place) (LeRobot looks tasks up by position).",
        "Sort the rows by task_index and leave none out.")
    }
    let texts = rows.texts.compactMap { $0 }
    if !findings.holds(texts.count == rows.texts.count && Set(texts).count == texts.count) {
      findings.error(
        "task-texts", path, "the \(rows.texts.count) tasks are not distinct texts.",
        "Give each task one text and each text one row.")
    }
    return rows.texts.map { $0 ?? "" }
  }

  private static func table(
    _ folder: DatasetFolder, _ path: String, _ findings: inout FindingList
  ) throws(DatasetError) -> (numbers: [Int], texts: [String?])? {
    do throws(ParquetError) {
      let reader = try ParquetReader(path: folder(path))
      guard let column = indexColumn(reader) else {
        findings.error(
          "task-index", path,
          "it has no pandas index (key 'pandas' in its footer): LeRobot would take row numbers for tasks.",
          "Write it with pandas, the task as index, or repair it with 'seedbed mix'.")
        return nil
      }
      if column != "task" && column != "__index_level_0__" {
        findings.warning(
          "task-index", path, "its index column is called '\(column)', not 'task'.", "Rename the index to 'task'.")
      }
      findings.checks += 1
      let numbers = try reader.read("task_index"), texts = try reader.read(column)
      guard case .int64(let values) = numbers.values, numbers.present == nil, numbers.counts.isEmpty,
        case .bytes(let words) = texts.values, texts.counts.isEmpty
      else {
        throw ParquetError(.damaged, file: folder(path), "task_index and task are not whole numbers and texts")
      }
      var rest = words[...]
      let present = texts.present ?? .init(repeating: true, count: words.count)
      let decoded = present.map { there in
        there ? rest.popFirst().flatMap { String(validating: $0, as: UTF8.self) } : nil
      }
      return (values.map(Int.init), decoded)
    } catch {
      throw DatasetError(error)
    }
  }

  /// What pandas says is the index; without it LeRobot goes wrong.
  private static func indexColumn(_ reader: ParquetReader) -> String? {
    guard let text = reader.metadata.first(where: { $0.key == "pandas" })?.value,
      let json = try? JSONParser.parse(Array(text.utf8))
    else { return nil }
    return json["index_columns"]?.array?.compactMap(\.string).first
  }

  private static func lines(
    _ folder: DatasetFolder, _ path: String, _ findings: inout FindingList
  ) throws(DatasetError) -> (numbers: [Int], texts: [String?]) {
    var numbers: [Int] = [], texts: [String?] = []
    var reader = try JSONLines(folder, path)
    while let line = try reader.next() {
      guard let number = line.json["task_index"]?.integer else {
        throw DatasetError(.damaged, path: folder(path), "line \(line.number) has no task_index")
      }
      numbers.append(number)
      texts.append(line.json["task"]?.string)
    }
    return (numbers, texts)
  }
}

extension Finding {
  /// A file that cannot be read, as far as a check goes.
  static func unreadable(_ error: DatasetError, file: String, _ remedy: String) -> Finding {
    Finding(
      severity: .error, rule: "unreadable", file: file, episode: error.episode, feature: nil,
      message: error.reason.hasSuffix(".") ? error.reason : error.reason + ".", remedy: remedy)
  }
}
