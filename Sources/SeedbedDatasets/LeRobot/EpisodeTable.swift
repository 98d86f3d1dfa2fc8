import Parquet
import SeedbedEpisodes

/// The episodes' table: `meta/episodes/chunk-NNN/file-NNN.parquet`, a row an episode.
struct EpisodeTable: ~Copyable {
  /// Rows that wait in memory and then make a row group.
  static let rowsPerGroup = 100

  private let folder: DatasetFolder
  private let limits: FileLimits
  private let fields: [Field]
  private var number = FileNumber()
  private var file: ParquetWriter?
  private var waiting: [[ColumnData]] = []

  init(folder: DatasetFolder, schema: FeatureSchema, axes: [String], limits: FileLimits) {
    self.folder = folder
    self.limits = limits
    fields =
      EpisodeRow.fields(schema, axes: axes)
      + ["meta/episodes/chunk_index", "meta/episodes/file_index"].map { Field($0, .int64) }
  }

  mutating func append(_ row: EpisodeRow) throws(DatasetError) {
    waiting.append(row.cells)
    if waiting.count == EpisodeTable.rowsPerGroup { try flush() }
  }

  mutating func finish() throws(DatasetError) {
    try flush()
    do {
      if let done = file.take() { try done.finish() }
    } catch {
      throw DatasetError(error)
    }
  }

  private mutating func flush() throws(DatasetError) {
    guard let first = waiting.first else { return }
    do {
      if let size = file?.size, size >= limits.dataBytes, let done = file.take() {
        try done.finish()
        number = number.next(limits)
      }
      if file == nil {
        file = try ParquetWriter(
          path: try folder.place("meta/episodes/\(number.path).parquet"), fields: fields, createdBy: "seedbed")
      }
      let count = waiting.count
      var columns = first
      for row in waiting.dropFirst() {
        for i in columns.indices { columns[i].append(row[i]) }
      }
      // Which file it is shows only now.
      for value in [number.chunk, number.file] {
        columns.append(ColumnData(.int64(.init(repeating: Int64(value), count: count))))
      }
      try file?.writeRowGroup(columns, rows: count)
      waiting = []
    } catch let error as ParquetError {
      throw DatasetError(error)
    } catch let error as DatasetError {
      throw error
    } catch {
      throw DatasetError(.io, path: folder.path, "\(error)")
    }
  }
}
