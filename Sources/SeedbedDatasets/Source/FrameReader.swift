import Parquet

/// Reads the numbers of a dataset's episodes, one episode at a time.
///
/// Memory holds the episode that was asked for and about a page of each column, whatever the files' size. Episodes in
/// rising order are read in one go; any other order works, but begins at the file's row groups anew.
public struct FrameReader: Sendable {
  private let source: DatasetSource
  private let wanted: [SourceFeature]
  private var path = ""
  private var columns: [(leaves: FeatureLeaves, cursors: [ColumnCursor])] = []
  private var row = 0

  /// - Parameter features: Names; nil for all that are columns of the tables and of a known type.
  init(_ source: DatasetSource, features: [String]?) throws(DatasetError) {
    self.source = source
    let all = source.info.columns.filter { $0.kind != .other }
    wanted = try (features ?? all.map(\.name)).map { name throws(DatasetError) in
      guard let feature = all.first(where: { $0.name == name }) else {
        throw DatasetError(
          .invalid, path: source.path,
          "there is no column '\(name)'; there are \(all.map(\.name).joined(separator: ", "))")
      }
      return feature
    }
  }

  /// The wanted features of an episode, in the order asked for.
  public mutating func read(_ k: Int) throws(DatasetError) -> [FrameColumn] {
    guard (0..<source.episodes.count).contains(k) else {
      throw DatasetError(.invalid, path: source.path, episode: k, "there are \(source.episodes.count) episodes")
    }
    let rows = source.rows(k)
    try open(source.dataFile(k), from: rows.lowerBound, episode: k)
    var result: [FrameColumn] = []
    for i in columns.indices {
      var data: [ColumnData] = []
      for c in columns[i].cursors.indices {
        do throws(ParquetError) {
          data.append(try columns[i].cursors[c].next(rows: rows.count))
        } catch {
          path = ""
          throw DatasetError(error, episode: k)
        }
      }
      let feature = columns[i].leaves.feature
      guard let values = FrameValues(data, feature, rows: rows.count) else {
        path = ""
        throw DatasetError(
          .damaged, path: source.folder(source.dataFile(k)), episode: k,
          "column '\(feature.name)' has nulls, or does not hold \(feature.dataType) of shape \(feature.shape)")
      }
      result.append(FrameColumn(feature: feature, values: values))
    }
    row = rows.upperBound
    return try checked(result, k)
  }

  /// Stored pictures of some frames of an episode, of the first wanted feature; memory holds no others.
  ///
  /// - Parameter frames: Rising, from 0.
  public mutating func pictures(_ k: Int, frames: [Int]) throws(DatasetError) -> [StoredPicture] {
    let rows = source.rows(k)
    var result: [StoredPicture] = []
    for frame in frames {
      try open(source.dataFile(k), from: rows.lowerBound + frame, episode: k)
      var data: [ColumnData] = []
      for c in columns[0].cursors.indices {
        do throws(ParquetError) { data.append(try columns[0].cursors[c].next(rows: 1)) } catch {
          path = ""
          throw DatasetError(error, episode: k)
        }
      }
      row = rows.lowerBound + frame + 1
      guard case .pictures(let stored) = FrameValues(data, columns[0].leaves.feature, rows: 1) else {
        throw DatasetError(
          .damaged, path: source.folder(source.dataFile(k)), episode: k,
          "column '\(columns[0].leaves.feature.name)' holds no pictures")
      }
      result += stored
    }
    return result
  }

  private mutating func open(_ file: String, from first: Int, episode: Int) throws(DatasetError) {
    do throws(ParquetError) {
      if path == file && row <= first {
        for i in columns.indices {
          for c in columns[i].cursors.indices { try columns[i].cursors[c].skip(rows: first - row) }
        }
      } else {
        path = ""
        let reader = try ParquetReader(path: source.folder(file))
        columns = try wanted.map { feature throws(ParquetError) in
          guard let leaves = FeatureLeaves(reader, feature) else {
            throw ParquetError(.damaged, file: reader.path, column: feature.name, "there is no such column")
          }
          return (
            leaves,
            try leaves.leaves.map { leaf throws(ParquetError) in try ColumnCursor(reader, leaf: leaf, from: first) }
          )
        }
        path = file
      }
    } catch {
      path = ""
      throw DatasetError(error, episode: episode)
    }
  }

  /// Rows of another episode mean that the files are not what the metadata says.
  private func checked(_ columns: [FrameColumn], _ k: Int) throws(DatasetError) -> [FrameColumn] {
    for column in columns {
      guard case .integer(let numbers) = column.values else { continue }
      let expected: Bool =
        switch column.feature.name {
        case "episode_index": numbers.allSatisfy { $0 == k }
        case "frame_index": numbers.elementsEqual(0..<Int64(numbers.count))
        default: true
        }
      guard expected else {
        throw DatasetError(
          .damaged, path: source.folder(source.dataFile(k)), episode: k,
          "the rows at its place are not its frames ('\(column.feature.name)')")
      }
    }
    return columns
  }
}
