import Parquet
import SeedbedEpisodes

/// The frames' table: `data/chunk-NNN/file-NNN.parquet`, a row group an episode.
struct DataFiles: ~Copyable {
  private let folder: DatasetFolder
  private let limits: FileLimits
  private let fields: [Field]
  private var number = FileNumber()
  private var file: ParquetWriter?

  /// - Parameter previous: Its whole files are linked, its last one is gone on with.
  init(
    folder: DatasetFolder, fields: [Field], limits: FileLimits, continuing previous: PackedDataset? = nil
  ) throws(DatasetError) {
    self.folder = folder
    self.limits = limits
    self.fields = fields
    guard let previous else { return }
    number = previous.last.dataFile
    try previous.linkFiles(before: number, limits: limits, into: folder, name: DataFiles.name) {
      path throws(DatasetError) in
      do throws(ParquetError) { try ParquetReader.checkEnd(path: path) } catch { throw DatasetError(error) }
    }
    let path = try folder.place(DataFiles.name(number))
    do throws(ParquetError) {
      let reader = try ParquetReader(path: previous.folder(DataFiles.name(number)))
      guard reader.rowGroups.last == previous.last.length,
        case .int64(let index) = try reader.read("index", rowGroup: 0).values,
        let first = index.first, Int(first) == previous.reader.info.frames - reader.rowCount
      else { throw ParquetError(.damaged, file: reader.path, "it does not end with the dataset's last episode") }
      file = try .continuing(
        reader, rowGroups: reader.rowGroups.count, path: path, fields: fields, createdBy: "seedbed")
    } catch {
      throw DatasetError(error)
    }
  }

  /// - Parameter columns: One a stored column of the fields.
  /// - Returns: The file that the episode stands in.
  mutating func append(_ columns: [ColumnData], rows: Int) throws(DatasetError) -> FileNumber {
    if let size = file?.size, let before = file?.rowCount, before > 0, size + size / before * rows >= limits.dataBytes {
      try finish()
      number = number.next(limits)
    }
    let path = try folder.place(DataFiles.name(number))
    do throws(ParquetError) {
      if file == nil { file = try ParquetWriter(path: path, fields: fields, createdBy: "seedbed") }
      try file?.writeRowGroup(columns, rows: rows)
    } catch {
      throw DatasetError(error)
    }
    return number
  }

  mutating func finish() throws(DatasetError) {
    do throws(ParquetError) {
      if let done = file.take() { try done.finish(isSynchronized: folder.isSynchronized) }
    } catch {
      throw DatasetError(error)
    }
  }

  private static func name(_ number: FileNumber) -> String { "data/\(number.path).parquet" }

  static func fields(_ schema: FeatureSchema) -> [Field] {
    schema.features.map { feature in
      let type = feature.dataType.parquet
      return Field(feature.name, feature.width == 1 ? type : .list(type))
    } + FeatureSchema.standard.map { Field($0.name, $0.type.parquet) }
  }
}

extension Feature.DataType {
  var parquet: ColumnType {
    switch self {
    case .float32: .float
    case .float64: .double
    case .int64: .int64
    case .bool: .bool
    case .string: .string
    }
  }
}

extension Column {
  /// A plain column for single numbers, lists of a fixed length for more.
  func parquet(width: Int) -> ColumnData {
    let values: Values =
      switch self {
      case .float32(let v): .float(v)
      case .float64(let v): .double(v)
      case .int64(let v): .int64(v)
      case .bool(let v): .bool(v)
      case .text(let v): .bytes(v.map { Array($0.utf8) })
      }
    return width == 1 ? ColumnData(values) : .lists(values, of: width)
  }
}
