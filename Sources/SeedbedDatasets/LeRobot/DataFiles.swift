import Parquet
import SeedbedEpisodes

/// The frames' table: `data/chunk-NNN/file-NNN.parquet`, a row group an episode.
struct DataFiles: ~Copyable {
  private let folder: DatasetFolder
  private let schema: FeatureSchema
  private let limits: FileLimits
  private var number = FileNumber()
  private var file: ParquetWriter?

  init(folder: DatasetFolder, schema: FeatureSchema, limits: FileLimits) {
    self.folder = folder
    self.schema = schema
    self.limits = limits
  }

  /// - Parameter columns: Those of the schema and the five standard ones.
  /// - Returns: The file that the episode stands in.
  mutating func append(_ columns: [Column], rows: Int) throws(DatasetError) -> FileNumber {
    do {
      if let size = file?.size, let before = file?.rowCount, before > 0, size + size / before * rows >= limits.dataBytes
      {
        try finishFile()
        number = number.next(limits)
      }
      if file == nil {
        file = try ParquetWriter(
          path: try folder.place("data/\(number.path).parquet"), fields: fields, createdBy: "seedbed")
      }
      let widths = schema.features.map(\.width) + FeatureSchema.standard.map { _ in 1 }
      try file?.writeRowGroup(zip(columns, widths).map { $0.parquet(width: $1) }, rows: rows)
    } catch let error as ParquetError {
      throw DatasetError(error)
    } catch let error as DatasetError {
      throw error
    } catch {
      throw DatasetError(.io, path: folder.path, "\(error)")
    }
    return number
  }

  mutating func finish() throws(DatasetError) {
    do {
      try finishFile()
    } catch {
      throw DatasetError(error)
    }
  }

  private mutating func finishFile() throws(ParquetError) {
    if let done = file.take() { try done.finish() }
  }

  private var fields: [Field] {
    schema.features.map { feature in
      let type = feature.dataType.parquet
      return Field(feature.name, feature.width == 1 ? type : .list(type))
    } + FeatureSchema.standard.map { Field($0.name, $0.type.parquet) }
  }
}

extension Feature.DataType {
  fileprivate var parquet: ColumnType {
    switch self {
    case .float32: .float
    case .int64: .int64
    case .bool: .bool
    }
  }
}

extension Column {
  /// A plain column for single numbers, lists of a fixed length for more.
  fileprivate func parquet(width: Int) -> ColumnData {
    let values: Values =
      switch self {
      case .float32(let v): .float(v)
      case .int64(let v): .int64(v)
      case .bool(let v): .bool(v)
      }
    return width == 1 ? ColumnData(values) : .lists(values, of: width)
  }
}
