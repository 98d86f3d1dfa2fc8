import Parquet

extension EpisodeList {
  static let tablePath = "meta/episodes"
  /// Rows of the table in memory at a time.
  private static let batch = 2048

  /// The table's files, as LeRobot finds them, in its order.
  package static func tableFiles(_ folder: DatasetFolder) -> [String] {
    folder.entries(tablePath).flatMap { chunk in
      folder.entries(tablePath + "/" + chunk).filter { $0.hasSuffix(".parquet") && !$0.hasPrefix(".") }
        .map { tablePath + "/" + chunk + "/" + $0 }
    }
  }

  /// Reads the table `meta/episodes` (v3.0); nil where a file or a column that nothing works without cannot be used.
  static func table(
    _ folder: DatasetFolder, _ info: SourceInfo, _ findings: inout FindingList
  ) -> EpisodeList? {
    let files = tableFiles(folder)
    guard findings.holds(!files.isEmpty) else {
      findings.error(
        "episodes-missing", tablePath, "there is no file chunk-NNN/file-NNN.parquet in it.",
        "Restore it: without it nobody knows where an episode ends.")
      return nil
    }
    var list = EpisodeList(cameras: info.cameras.count)
    var columns: Set<String>?
    var isUsable = true
    for path in files {
      do throws(DatasetError) {
        let reader: ParquetReader
        do throws(ParquetError) { reader = try ParquetReader(path: folder(path)) } catch { throw DatasetError(error) }
        let names = Set(reader.fields.map(\.name))
        if let first = columns, !findings.holds(names.isSubset(of: first)) {
          findings.error(
            "episodes-columns", path,
            "it has columns that the first file lacks: \(names.subtracting(first).sorted().prefix(4)).",
            "LeRobot takes the columns of the first file; write all files with the same ones.")
        }
        columns = columns ?? names
        var rows = try TableRows(reader, info, path, &findings)
        if try rows?.append(to: &list, batch: batch, &findings) != true { isUsable = false }
      } catch {
        findings.add(
          .unreadable(
            error, file: path, "Restore the file from a backup; without its footer no Parquet file can be read."))
        isUsable = false
      }
    }
    return isUsable ? list : nil
  }
}

/// The columns of one file of the episodes' table that say where episodes are, read some rows at a time.
private struct TableRows {
  private static let numbers = [
    "episode_index", "length", "data/chunk_index", "data/file_index", "dataset_from_index", "dataset_to_index",
    "meta/episodes/chunk_index", "meta/episodes/file_index",
  ]

  private let reader: ParquetReader
  private let info: SourceInfo
  private let path: String
  private var cursors: [String: ColumnCursor] = [:]
  private let own: FileNumber?

  /// nil where the file lacks a column.
  init?(
    _ reader: ParquetReader, _ info: SourceInfo, _ path: String, _ findings: inout FindingList
  ) throws(DatasetError) {
    self.reader = reader
    self.info = info
    self.path = path
    own = FileNumber(path: path)
    let videos = info.cameras.flatMap { camera in
      ["chunk_index", "file_index", "from_timestamp", "to_timestamp"].map { "videos/\(camera.name)/\($0)" }
    }
    for name in TableRows.numbers + ["tasks"] + videos {
      guard let leaf = reader.leaf(name) else {
        findings.error(
          "episodes-column-missing", path, "it lacks the column '\(name)'.",
          name.hasPrefix("videos/")
            ? "Write the column, or take the camera out of meta/info.json." : "Restore the column.")
        continue
      }
      do throws(ParquetError) { cursors[name] = try ColumnCursor(reader, leaf: leaf) } catch {
        throw DatasetError(error)
      }
    }
    if cursors.count < TableRows.numbers.count + 1 + videos.count { return nil }
  }

  /// False where a value is null or of no use.
  mutating func append(
    to list: inout EpisodeList, batch: Int, _ findings: inout FindingList
  ) throws(DatasetError) -> Bool {
    var left = reader.rowCount
    var isUsable = true
    while left > 0 {
      let count = min(left, batch)
      left -= count
      let first = list.count
      var numbers: [String: [Int]] = [:], seconds: [String: [Double]] = [:]
      for name in cursors.keys.sorted() where name != "tasks" {
        let data = try next(name, count)
        let values = data.doubles(rows: count)
        let isTime = name.hasSuffix("_timestamp")
        let whole = isTime ? nil : data.integers(rows: count)
        let null = data.present?.firstIndex(of: false)
        guard let bad = null ?? TableRows.problem(values, whole, isTime: isTime) else {
          if isTime { seconds[name] = values ?? [] } else { numbers[name] = whole ?? [] }
          continue
        }
        isUsable = false
        findings.error(
          "episode-value", path, episode: first + bad, "'\(name)' is null, negative or no number.",
          "Write it anew: LeRobot finds the episode's frames by it.")
      }
      let tasks = try next("tasks", count).textLists(rows: count)
      if tasks == nil {
        isUsable = false
        findings.error("episode-tasks", path, "'tasks' is no list of texts.", "Write a list of the episode's tasks.")
      }
      guard isUsable, let tasks else { return false }
      for row in 0..<count {
        check(row, numbers, tasks[row], list, &findings)
        list.append(self.row(row, numbers, seconds, tasks[row]))
      }
    }
    return isUsable
  }

  private mutating func next(_ name: String, _ count: Int) throws(DatasetError) -> ColumnData {
    do throws(ParquetError) {
      return try cursors[name]?.next(rows: count) ?? ColumnData(.int64([]))
    } catch {
      throw DatasetError(error)
    }
  }

  /// The first row whose value cannot be used; nil where all can.
  private static func problem(_ values: [Double]?, _ whole: [Int]?, isTime: Bool) -> Int? {
    if isTime {
      guard let values else { return 0 }
      return values.firstIndex { !($0 >= 0 && $0 < 1e12) }
    }
    guard let whole else { return values?.firstIndex { !($0 >= 0) || $0 != $0.rounded() } ?? 0 }
    return whole.firstIndex { !(0...1 << 48).contains($0) }
  }

  private func row(
    _ i: Int, _ numbers: [String: [Int]], _ seconds: [String: [Double]], _ tasks: [String]
  ) -> EpisodeList.Row {
    func number(_ name: String) -> Int { numbers[name]?[i] ?? 0 }
    return EpisodeList.Row(
      length: number("length"), firstFrame: number("dataset_from_index"), endFrame: number("dataset_to_index"),
      tasks: tasks, dataFile: FileNumber(chunk: number("data/chunk_index"), file: number("data/file_index")),
      videos: info.cameras.map { camera in
        let name = "videos/\(camera.name)/"
        return EpisodeList.VideoPlace(
          number: FileNumber(chunk: number(name + "chunk_index"), file: number(name + "file_index")),
          from: seconds[name + "from_timestamp"]?[i] ?? 0, to: seconds[name + "to_timestamp"]?[i] ?? 0)
      })
  }

  private func check(
    _ i: Int, _ numbers: [String: [Int]], _ tasks: [String], _ list: EpisodeList, _ findings: inout FindingList
  ) {
    let k = list.count
    func number(_ name: String) -> Int { numbers[name]?[i] ?? 0 }
    if !findings.holds(number("episode_index") == k) {
      findings.error(
        "episode-order", path, episode: k,
        "row \(k) of the table has episode_index \(number("episode_index")) (LeRobot looks episodes up by position).",
        "Sort the rows by episode_index and leave none out.")
    }
    let length = number("length")
    if !findings.holds(length >= 1 && length <= Int(Int32.max)) {
      findings.error("episode-length", path, episode: k, "its length is \(length).", "Leave empty episodes out.")
    }
    let start = list.endFrames.last ?? 0, from = number("dataset_from_index"), to = number("dataset_to_index")
    if !findings.holds(from == start && to == from + length) {
      findings.error(
        "episode-range", path, episode: k,
        "it says frames \(from)..<\(to); the one before ends at \(start) and its length is \(length).",
        "Write \(start) and \(start + length).")
    }
    let file = FileNumber(chunk: number("meta/episodes/chunk_index"), file: number("meta/episodes/file_index"))
    if !findings.holds(own == nil || own == file) {
      findings.error(
        "episode-own-file", path, episode: k,
        "meta/episodes/chunk_index and file_index are \(file.chunk) and \(file.file), not its own file's.",
        "Write the numbers of the file that the row stands in.")
    }
    if !findings.holds(!tasks.isEmpty) {
      findings.error("episode-tasks", path, episode: k, "it has no task.", "Write the texts of its tasks.")
    }
  }
}

extension FileNumber {
  /// The numbers in "…/chunk-001/file-002.parquet"; nil for other names.
  init?(path: String) {
    let parts = path.split(separator: "/").suffix(2)
    guard parts.count == 2, let folder = parts.first, let name = parts.last,
      let chunk = Int(folder.dropFirst(6)), folder.hasPrefix("chunk-"), name.hasPrefix("file-"),
      let file = Int(name.dropFirst(5).prefix { $0 != "." }), chunk >= 0, file >= 0
    else { return nil }
    self.init(chunk: chunk, file: file)
  }
}
