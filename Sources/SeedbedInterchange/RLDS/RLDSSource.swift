import Parquet
import SeedbedDatasets
import TFRecord

/// Episodes of a folder that TensorFlow Datasets wrote as RLDS.
final class RLDSSource: EpisodeSource {
  struct Place {
    var shard: Int
    var data: Range<Int>
  }

  let path: String
  private(set) var schema: EpisodeSchema
  private(set) var remarks = Remarks()
  var shards: [String] = []
  /// The split that each shard belongs to, by its name.
  var splits: [String] = []
  var episodes: [Place] = []
  /// Each column's path inside a step.
  var columns: [(path: String, feature: SourceFeature)] = []
  var cameras: [(path: String, feature: SourceFeature)] = []
  var metadata: [RLDSFeatures.Leaf] = []
  var instruction: String?
  let isOurs: Bool
  let task: String
  private var file: RecordFile?
  private var openShard = -1
  var example: (episode: Int, reader: ExampleReader)?

  init(directory: String, _ options: ExportOptions) throws(DatasetError) {
    path = directory
    task = options.task ?? directory.split(separator: "/").last.map(String.init) ?? "task"
    schema = EpisodeSchema(framesPerSecond: nil, robotType: nil, features: [])
    let folder = try DatasetFolder(existing: directory)
    let features = try RLDSFeatures(try folder.readJSON("features.json"), path: directory + "/features.json")
    for (path, reason) in features.strange { remarks.leaveOut("'\(path)'", because: reason) }
    isOurs = folder.exists("seedbed.json")
    metadata = features.metadata
    try findEpisodes(folder, options)
    if isOurs {
      try take(
        try FormatDocument(try folder.read("seedbed.json", limit: 1 << 26), path: directory + "/seedbed.json"), features
      )
    } else {
      try take(features, options)
    }
  }

  var count: Int { episodes.count }
  func place(_ k: Int) -> String { path + "/" + shards[episodes[k].shard] }

  /// Walks over all shards: every record is proved by its checksum, and counted.
  private func findEpisodes(_ folder: DatasetFolder, _ options: ExportOptions) throws(DatasetError) {
    let all = RLDSSplits(folder.entries(""))
    let chosen = try all.chosen(options.split, path: path)
    (shards, splits) = (chosen.map(\.name), chosen.map(\.split))
    var counts: [String: Int] = [:]
    for (i, shard) in chosen.enumerated() {
      try open(i)
      var at = 0
      while let data = try record(at, isProved: true) {
        episodes.append(Place(shard: i, data: data))
        at = RecordFile.end(of: data)
        counts[shard.split, default: 0] += 1
      }
    }
    guard !episodes.isEmpty else { throw DatasetError(.damaged, path: path, "its shards hold no episode") }
    if folder.exists("dataset_info.json") {
      try all.check(counts, try folder.readJSON("dataset_info.json"), options.split, path: path)
    }
    remarks.add(all.remarks(counts, options.split, isOurs: isOurs))
  }

  func open(_ shard: Int) throws(DatasetError) {
    if openShard == shard { return }
    file = nil
    do throws(TFRecordError) {
      file = try RecordFile(path: path + "/" + shards[shard])
    } catch {
      throw DatasetError(error)
    }
    openShard = shard
  }

  func withFile<T>(
    _ k: Int?, _ body: (borrowing RecordFile) throws(TFRecordError) -> T
  ) throws(DatasetError) -> T {
    do throws(TFRecordError) {
      switch file {
      case .some(let file): return try body(file)
      case .none: break
      }
    } catch {
      throw DatasetError(error, episode: k)
    }
    throw DatasetError(.io, path: path, "no shard is open")
  }

  private func record(_ at: Int, isProved: Bool) throws(DatasetError) -> Range<Int>? {
    try withFile(nil) { file throws(TFRecordError) in try file.record(at: at, isProved: isProved) }
  }

  // MARK: What there is

  private func take(_ document: FormatDocument, _ features: RLDSFeatures) throws(DatasetError) {
    schema.framesPerSecond = document.framesPerSecond
    schema.robotType = document.robotType
    schema.tags = document.tags
    instruction = "language_instruction"
    for feature in document.features {
      guard let place = document.places[feature.name] else { continue }
      if feature.kind == .video || feature.kind == .pictures {
        let camera = SourceFeature.video(
          feature.name, height: feature.picture?.height ?? 0, width: feature.picture?.width ?? 0)
        cameras.append((place, camera))
        schema.features.append(camera)
      } else {
        columns.append((place, feature))
        schema.features.append(feature)
      }
    }
  }

  private func take(_ features: RLDSFeatures, _ options: ExportOptions) throws(DatasetError) {
    let own: Set = ["is_first", "is_last", "discount"]
    for leaf in features.steps {
      if own.contains(leaf.path) {
        remarks.leaveOut("'\(leaf.path)'", because: "RLDS's own; it follows from the episode's frames")
        continue
      }
      switch leaf.kind {
      case .image:
        guard let camera = try camera(leaf) else { continue }
        cameras.append((leaf.path, camera))
      case .text where leaf.shape.isEmpty:
        if leaf.path.hasSuffix("language_instruction") || leaf.path.hasSuffix("natural_language_instruction") {
          if instruction == nil || leaf.path == "language_instruction" { instruction = leaf.path }
        } else {
          columns.append((leaf.path, .values(name(leaf.path), "string", shape: [1])))
        }
      case .tensor(let type):
        let width = leaf.shape.reduce(1, *)
        let stored = RLDSSource.stored(type)
        let isTerminal = leaf.path == "is_terminal"
        columns.append(
          (leaf.path, .values(name(leaf.path), isTerminal ? "bool" : stored, shape: [width])))
      case .text: remarks.leaveOut("'\(leaf.path)'", because: "lists of texts are not read")
      }
    }
    if instruction == nil, options.task == nil {
      remarks.note("the source names no task; '\(task)' stands for it. --task gives another")
    }
    schema.features = columns.map(\.feature) + cameras.map(\.feature)
    let names = schema.features.map(\.name)
    if let twice = names.first(where: { name in names.count { $0 == name } > 1 }) {
      throw DatasetError(.unsupported, path: path, "two of its features would become '\(twice)'")
    }
    var types = TagTypes()
    for leaf in metadata {
      guard leaf.shape.reduce(1, *) == 1 else {
        remarks.leaveOut("'episode_metadata/\(leaf.path)'", because: "it is a list")
        continue
      }
      switch leaf.kind {
      case .text: types.add(tag(leaf.path), .text(""))
      case .tensor("bool"): types.add(tag(leaf.path), .bool(false))
      case .tensor(let type): types.add(tag(leaf.path), type.contains("float") ? .number(0) : .integer(0))
      case .image: remarks.leaveOut("'episode_metadata/\(leaf.path)'", because: "it is a picture")
      }
    }
    if splits.contains(where: { !$0.isEmpty }) { types.add(splitTag, .text("")) }
    schema.tags = types.fields
  }

  /// What numbers of a type come as: records hold 32 bits of each float, and 64 of each integer.
  private static func stored(_ type: String) -> String {
    let known = ["bool", "float16", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64"]
    return known.contains(type) ? type : type.contains("float") ? "float32" : "int64"
  }

  /// The tag that names an episode's split.
  var splitTag: String { metadata.contains { tag($0.path) == "split" } ? "tfds_split" : "split" }

  func tag(_ path: String) -> String { path.split(separator: "/").joined(separator: ".") }

  private func name(_ path: String) -> String {
    switch path {
    case "reward": "next.reward"
    case "is_terminal": "next.done"
    default: path.split(separator: "/").joined(separator: ".")
    }
  }

  private func camera(_ leaf: RLDSFeatures.Leaf) throws(DatasetError) -> SourceFeature? {
    let last = leaf.path.split(separator: "/").last.map(String.init) ?? leaf.path
    let short = last.hasSuffix("_image") && last.count > 6 ? String(last.dropLast(6)) : last
    if leaf.shape.count == 3, leaf.shape[2] != 3 {
      remarks.leaveOut("'\(leaf.path)'", because: "pictures with \(leaf.shape[2]) channels are not read, only with 3")
      return nil
    }
    var size = (height: leaf.shape.first ?? 0, width: leaf.shape.count > 1 ? leaf.shape[1] : 0)
    if leaf.shape.count != 3 {
      try load(0)
      guard case .bytes(let places)? = try values("steps/" + leaf.path, 0), let first = places.first else {
        remarks.leaveOut("'\(leaf.path)'", because: "the first episode has no picture of it")
        return nil
      }
      let bytes = try withFile(0) { file throws(TFRecordError) in try file.read(first) }
      let found = try FramePicture.size(bytes, subject: path)
      size = (found.height, found.width)
    }
    return .video("observation.images." + short, height: size.height, width: size.width)
  }
}
