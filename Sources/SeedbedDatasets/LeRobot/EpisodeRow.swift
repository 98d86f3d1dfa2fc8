import Parquet
import SeedbedEpisodes

/// An episode's row of the table `meta/episodes`.
struct EpisodeRow {
  var index: Int
  var length: Int
  var task: String
  /// Of the episode's first frame, in the dataset.
  var firstFrame: Int
  var dataFile: FileNumber
  var videos: [VideoTrack.Place]
  /// Numbers, cameras, standard features, in the order of `info.json`.
  var statistics: [FeatureStatistics]
  var provenance: Provenance
  /// The rate of the pictures.
  var framesPerSecond: Int
  var axes: [String]

  /// The names of the columns that say where an episode comes from.
  enum Origin {
    static let origin = "origin"
    static let seed = "sim.seed"
    static let episode = "sim.episode"
    static let scene = "sim.scene_sha256"
    static let generator = "sim.generator"
    static let stateHash = "sim.state_hash"
    static let success = "success"
    static let cause = "failure.cause"
    static let frame = "failure.frame"
    static let gates = "gates.failed"
    static let drawPrefix = "draw."
  }

  static func fields(_ schema: FeatureSchema, axes: [String]) -> [Field] {
    var fields = [Field("episode_index", .int64), Field("tasks", .list(.string))]
    fields += ["length", "data/chunk_index", "data/file_index", "dataset_from_index", "dataset_to_index"]
      .map { Field($0, .int64) }
    for camera in schema.cameras {
      let name = "videos/\(camera.key)/"
      fields += ["chunk_index", "file_index"].map { Field(name + $0, .int64) }
      fields += ["from_timestamp", "to_timestamp"].map { Field(name + $0, .double) }
    }
    let cameras = Set(schema.cameras.map(\.key))
    for feature in schema.measuredNames {
      let type: ColumnType = cameras.contains(feature) ? .list(.list(.list(.double))) : .list(.double)
      for kind in ["min", "max", "mean", "std"] { fields.append(Field("stats/\(feature)/\(kind)", type)) }
      fields.append(Field("stats/\(feature)/count", .list(.int64)))
      for kind in FeatureStatistics.quantileNames { fields.append(Field("stats/\(feature)/\(kind)", type)) }
    }
    fields += [
      Field(Origin.origin, .string), Field(Origin.seed, .int64), Field(Origin.episode, .int64),
      Field(Origin.scene, .string), Field(Origin.generator, .string), Field(Origin.stateHash, .string),
      Field(Origin.success, .bool), Field(Origin.cause, .string), Field(Origin.frame, .int64),
      Field(Origin.gates, .string),
    ]
    return fields + axes.map { Field(Origin.drawPrefix + $0, .double) }
  }

  /// One column of one row for each field.
  var cells: [ColumnData] {
    var cells = [
      EpisodeRow.cell(index), ColumnData(.bytes([Array(task.utf8)]), counts: [[1]]), EpisodeRow.cell(length),
      EpisodeRow.cell(dataFile.chunk), EpisodeRow.cell(dataFile.file), EpisodeRow.cell(firstFrame),
      EpisodeRow.cell(firstFrame + length),
    ]
    for place in videos {
      cells += [EpisodeRow.cell(place.file.chunk), EpisodeRow.cell(place.file.file)]
      // One division each: sums of durations would drift away from the frames' times.
      for frame in [place.framesBefore, place.framesBefore + length] {
        cells.append(ColumnData(.double([Double(frame) / Double(framesPerSecond)])))
      }
    }
    let numbers = statistics.count - videos.count - FeatureSchema.standard.count
    for (i, feature) in statistics.enumerated() {
      cells += EpisodeRow.cells(feature, isPicture: (numbers..<numbers + videos.count).contains(i))
    }
    return cells + originCells
  }

  private static func cell(_ value: Int) -> ColumnData { ColumnData(.int64([Int64(value)])) }

  private static func cells(_ statistics: FeatureStatistics, isPicture: Bool) -> [ColumnData] {
    var cells = statistics.named.map { _, values in
      let inner = isPicture ? [[Int](repeating: 1, count: values.count), [Int](repeating: 1, count: values.count)] : []
      return ColumnData(.double(values), counts: [[values.count]] + inner)
    }
    cells.insert(ColumnData(.int64([Int64(statistics.count)]), counts: [[1]]), at: 4)
    return cells
  }

  private var originCells: [ColumnData] {
    var cells: [ColumnData] = [
      .strings([provenance.origin]), ColumnData(.int64([Int64(bitPattern: provenance.seed)])),
      EpisodeRow.cell(provenance.episode), .strings([provenance.sceneSHA256]), .strings([provenance.generator]),
      .strings([provenance.stateHash]), ColumnData(.bool([provenance.success])), .strings([provenance.failureCause]),
      EpisodeRow.cell(provenance.failureFrame), .strings([provenance.gatesFailed]),
    ]
    var draws = provenance.draws[...]
    for axis in axes {
      let drawn = draws.first?.path == axis ? draws.popFirst()?.value : nil
      cells.append(.nullable([drawn]))
    }
    return cells
  }
}
