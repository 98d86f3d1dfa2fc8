import Parquet
import SeedbedEpisodes

/// The episodes' table: `meta/episodes/chunk-NNN/file-NNN.parquet`, a row an episode.
struct EpisodeTable: ~Copyable {
  /// Rows that wait in memory and then make a row group.
  static let rowsPerGroup = 100
  private static let numberColumns = ["meta/episodes/chunk_index", "meta/episodes/file_index"]

  private let folder: DatasetFolder
  private let limits: FileLimits
  private let fields: [Field]
  private var number = FileNumber()
  private var file: ParquetWriter?
  /// A column for each field but the last two.
  private var waiting: [ColumnData] = []
  private var waitingRows = 0

  /// - Parameters:
  ///   - fields: Of all columns but the two that say which of the files a row stands in.
  ///   - previous: Its whole files are linked, its last one is gone on with; a last row group that is not full
  ///     is taken back into memory.
  init(
    folder: DatasetFolder, fields: [Field], limits: FileLimits, continuing previous: PackedDataset? = nil
  ) throws(DatasetError) {
    self.folder = folder
    self.limits = limits
    self.fields = fields + EpisodeTable.numberColumns.map { Field($0, .int64) }
    if let previous { try resume(previous) }
  }

  private mutating func resume(_ previous: PackedDataset) throws(DatasetError) {
    let row = try previous.reader.episodes.row(previous.episodes - 1)
    number = FileNumber(
      chunk: try row.required(EpisodeTable.numberColumns[0]), file: try row.required(EpisodeTable.numberColumns[1]))
    guard max(number.chunk, number.file) < previous.episodes else {
      throw previous.damaged("meta/episodes has more files than there are episodes")
    }
    try previous.linkFiles(before: number, limits: limits, into: folder, name: EpisodeTable.name) {
      path throws(DatasetError) in
      do throws(ParquetError) { try ParquetReader.checkEnd(path: path) } catch { throw DatasetError(error) }
    }
    let path = try folder.place(EpisodeTable.name(number))
    do throws(ParquetError) {
      let reader = try ParquetReader(path: previous.folder(EpisodeTable.name(number)))
      let groups = reader.rowGroups
      guard reader.fields == fields, let last = groups.last,
        groups.dropLast().allSatisfy({ $0 == EpisodeTable.rowsPerGroup }),
        (1...EpisodeTable.rowsPerGroup).contains(last),
        previous.episodes % EpisodeTable.rowsPerGroup == last % EpisodeTable.rowsPerGroup
      else {
        throw ParquetError(.damaged, file: reader.path, "its columns or row groups are not those that are written")
      }
      if last < EpisodeTable.rowsPerGroup {
        for leaf in reader.leaves.indices.dropLast(EpisodeTable.numberColumns.count) {
          waiting.append(try reader.read(leaf: leaf, rowGroup: groups.count - 1))
        }
        waitingRows = last
      }
      let full = waitingRows > 0 ? groups.count - 1 : groups.count
      // Alone in its file, the group that was taken back makes it anew; what it follows is full then.
      if full > 0 {
        file = try .continuing(reader, rowGroups: full, path: path, fields: fields, createdBy: "seedbed")
      }
    } catch {
      throw DatasetError(error)
    }
  }

  /// - Parameter cells: One a stored column of the fields, of one row each.
  mutating func append(_ cells: [ColumnData]) throws(DatasetError) {
    if waitingRows == 0 {
      waiting = cells
    } else {
      for i in waiting.indices { waiting[i].append(cells[i]) }
    }
    waitingRows += 1
    if waitingRows == EpisodeTable.rowsPerGroup { try flush() }
  }

  mutating func finish() throws(DatasetError) {
    try flush()
    try finishFile()
  }

  private mutating func finishFile() throws(DatasetError) {
    do throws(ParquetError) {
      if let done = file.take() { try done.finish(isSynchronized: folder.isSynchronized) }
    } catch {
      throw DatasetError(error)
    }
  }

  private mutating func flush() throws(DatasetError) {
    guard waitingRows > 0 else { return }
    if let size = file?.size, size >= limits.dataBytes {
      try finishFile()
      number = number.next(limits)
    }
    // Which file it is shows only now.
    for value in [number.chunk, number.file] {
      waiting.append(ColumnData(.int64(.init(repeating: Int64(value), count: waitingRows))))
    }
    let path = try folder.place(EpisodeTable.name(number))
    do throws(ParquetError) {
      if file == nil { file = try ParquetWriter(path: path, fields: fields, createdBy: "seedbed") }
      try file?.writeRowGroup(waiting, rows: waitingRows)
    } catch {
      throw DatasetError(error)
    }
    waiting = []
    waitingRows = 0
  }

  private static func name(_ number: FileNumber) -> String { "meta/episodes/\(number.path).parquet" }
}
