import Parquet
import SeedbedEpisodes

/// What LeRobot's columns of the table `meta/episodes` say of an episode.
struct EpisodeRow {
  var index: Int
  var length: Int
  var tasks: [String]
  /// Of the episode's first frame, in the dataset.
  var firstFrame: Int
  var dataFile: FileNumber
  var videos: [VideoTrack.Place]
  /// In the order of the columns' `statistics`.
  var statistics: [FeatureStatistics]
  /// The rate of the pictures.
  var framesPerSecond: Int
}

extension EpisodeRow {
  /// - Parameters:
  ///   - cameras: The names of the features whose pictures are in MP4 files.
  ///   - statistics: The features that have statistics; those of pictures are in lists of lists of one.
  static func fields(cameras: [String], statistics: [(name: String, isPicture: Bool)]) -> [Field] {
    var fields = [Field("episode_index", .int64), Field("tasks", .list(.string))]
    fields += ["length", "data/chunk_index", "data/file_index", "dataset_from_index", "dataset_to_index"]
      .map { Field($0, .int64) }
    for camera in cameras {
      let name = "videos/\(camera)/"
      fields += ["chunk_index", "file_index"].map { Field(name + $0, .int64) }
      fields += ["from_timestamp", "to_timestamp"].map { Field(name + $0, .double) }
    }
    for (feature, isPicture) in statistics {
      let type: ColumnType = isPicture ? .list(.list(.list(.double))) : .list(.double)
      for kind in ["min", "max", "mean", "std"] { fields.append(Field("stats/\(feature)/\(kind)", type)) }
      fields.append(Field("stats/\(feature)/count", .list(.int64)))
      for kind in FeatureStatistics.quantileNames { fields.append(Field("stats/\(feature)/\(kind)", type)) }
    }
    return fields
  }

  /// One column of one row for each field.
  ///
  /// - Parameter isPicture: Whether a place in `statistics` is that of pictures.
  func cells(isPicture: (Int) -> Bool) -> [ColumnData] {
    var cells = [
      EpisodeRow.cell(index), ColumnData(.bytes(tasks.map { Array($0.utf8) }), counts: [[tasks.count]]),
      EpisodeRow.cell(length), EpisodeRow.cell(dataFile.chunk), EpisodeRow.cell(dataFile.file),
      EpisodeRow.cell(firstFrame), EpisodeRow.cell(firstFrame + length),
    ]
    for place in videos {
      cells += [EpisodeRow.cell(place.file.chunk), EpisodeRow.cell(place.file.file)]
      // One division each: sums of durations would drift away from the frames' times.
      for frame in [place.framesBefore, place.framesBefore + length] {
        cells.append(ColumnData(.double([Double(frame) / Double(framesPerSecond)])))
      }
    }
    for (i, feature) in statistics.enumerated() { cells += EpisodeRow.cells(feature, isPicture: isPicture(i)) }
    return cells
  }

  static func cell(_ value: Int) -> ColumnData { ColumnData(.int64([Int64(value)])) }

  private static func cells(_ statistics: FeatureStatistics, isPicture: Bool) -> [ColumnData] {
    var cells = statistics.named.map { _, values in
      let inner = isPicture ? [[Int](repeating: 1, count: values.count), [Int](repeating: 1, count: values.count)] : []
      return ColumnData(.double(values), counts: [[values.count]] + inner)
    }
    cells.insert(ColumnData(.int64([Int64(statistics.count)]), counts: [[1]]), at: 4)
    return cells
  }
}

extension EpisodeRow {
  /// Of the schema's numbers, cameras and standard features, in the order of `info.json`.
  static func fields(_ schema: FeatureSchema) -> [Field] {
    let cameras = schema.cameras.map(\.key)
    return fields(cameras: cameras, statistics: schema.measuredNames.map { ($0, cameras.contains($0)) })
  }
}
