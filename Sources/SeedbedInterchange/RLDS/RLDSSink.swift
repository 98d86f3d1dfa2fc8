import Parquet
import SeedbedDatasets
import TFRecord

/// Writes a folder that TensorFlow Datasets reads as RLDS: `NAME/1.0.0/` with dataset_info.json, features.json and shards of
/// one `tf.train.Example` an episode.
final class RLDSSink: EpisodeSink {
  /// Bytes that a shard may grow to: a few hundred megabytes stream well.
  private static let shardBytes = 256 << 20
  /// Protocol Buffers' own limit, and TensorFlow's.
  private static let longestRecord = 1 << 31 - 1

  private let plan: ExportPlan
  private var place: PendingFolder?
  private let root: String
  private let layout: RLDSLayout
  private(set) var remarks: Remarks
  private let spill: PictureSpill
  private var shard: RecordWriter?
  private var shards: [(episodes: Int, bytes: Int)] = []

  init(_ plan: ExportPlan) throws(DatasetError) {
    self.plan = plan
    var remarks = Remarks()
    layout = try RLDSLayout(plan, &remarks)
    let place = try PendingFolder(out: plan.out)
    try place.folder.makeFolder(RLDSLayout.version)
    root = place.folder.path
    spill = try PictureSpill(folder: root)
    self.place = consume place
    self.remarks = remarks
  }

  func add(_ record: EpisodeRecord, _ k: Int) throws(DatasetError) {
    var example = ExampleWriter()
    let length = record.length
    for (tag, cell) in zip(plan.schema.tags, record.tags) { layout.add(tag, cell, to: &example) }
    let tags = zip(plan.schema.tags, record.tags).map { JSONValue.Member($0.name, $1.json) }
    example.texts("episode_metadata/tags", [JSONValue.object(tags).line])
    for (i, feature) in plan.schema.columns.enumerated() where layout.paths[i] != nil {
      let name = "steps/" + (layout.paths[i] ?? "")
      switch record.columns[i] {
      case .float32(let v): example.floats(name, v)
      case .float64(let v):
        if v.contains(where: { Double(Float($0)) != $0 }) {
          remarks.warn("'\(feature.name)' is of type float64; TFRecords hold 32 bits of each number")
        }
        example.floats(name, v.map { Float($0) })
      case .integer(let v): example.integers(name, v)
      case .bool(let v): example.integers(name, v.map { $0 ? 1 : 0 })
      case .text(let v): example.texts(name, v)
      case .pictures: continue
      }
    }
    addSteps(record, to: &example)
    try spill.clear()
    for camera in layout.cameras {
      example.bytes("steps/" + layout.picturePath(camera), try pictures(k, camera, length).map { .place($0) })
    }
    guard example.count <= RLDSSink.longestRecord else {
      throw DatasetError(
        .unsupported, path: plan.source.path, episode: k,
        "it makes a record of \(example.count) bytes; TensorFlow reads \(RLDSSink.longestRecord). Use --image-format jpeg"
      )
    }
    try write(example, k)
  }

  /// What RLDS itself wants of each step.
  private func addSteps(_ record: EpisodeRecord, to example: inout ExampleWriter) {
    let last = record.length - 1
    func steps(_ value: (Int) -> Int64) -> [Int64] { (0...last).map(value) }
    example.integers("steps/is_first", steps { $0 == 0 ? 1 : 0 })
    example.integers("steps/is_last", steps { $0 == last ? 1 : 0 })
    let truncated = plan.column("next.truncated").map { record.columns[$0].doubles.last == 1 } ?? false
    example.integers("steps/is_terminal", steps { $0 == last && !truncated ? 1 : 0 })
    example.floats("steps/discount", (0...last).map { $0 == last && !truncated ? 0 : 1 })
    example.texts("steps/language_instruction", record.instructions)
    if layout.hasOwnReward { return }
    let success = plan.schema.tags.firstIndex { $0.name == "success" }.map { record.tags[$0] } == .bool(true)
    example.floats("steps/reward", (0...last).map { $0 == last && success ? 1 : 0 })
  }

  private func pictures(_ k: Int, _ camera: Int, _ length: Int) throws(DatasetError) -> [Range<Int>] {
    var places: [Range<Int>] = []
    try plan.pictureFiles(k, camera: camera) { bytes throws(DatasetError) in places.append(try spill.add(bytes)) }
    guard places.count == length else {
      throw DatasetError(
        .damaged, path: plan.source.place(k), episode: k,
        "camera '\(plan.cameraNames[camera])' has \(places.count) of \(length) pictures")
    }
    return places
  }

  private func write(_ example: ExampleWriter, _ k: Int) throws(DatasetError) {
    do throws(TFRecordError) {
      if let last = shards.last, last.bytes + example.count > RLDSSink.shardBytes, last.episodes > 0 {
        try shard.take()?.finish()
      }
      if shard == nil {
        shard = try RecordWriter(path: root + "/" + RLDSLayout.version + "/shard-\(shards.count)")
        shards.append((0, 0))
      }
      let spill = spill
      let path = root
      if var open = shard.take() {
        try example.write(to: &open) { range throws(TFRecordError) in
          let bytes = spill.bytes(range)
          guard bytes.count == range.count else { throw TFRecordError(.io, path, "a temporary file cannot be read") }
          return bytes
        }
        shards[shards.count - 1].episodes += 1
        shards[shards.count - 1].bytes = open.size
        shard = consume open
      }
    } catch {
      throw DatasetError(error, episode: k)
    }
  }

  func finish() throws(DatasetError) {
    do throws(TFRecordError) { try shard.take()?.finish() } catch { throw DatasetError(error) }
    guard let place = place.take() else { return }
    let folder = place.folder, version = RLDSLayout.version
    for i in shards.indices {
      try folder.move(version + "/shard-\(i)", to: version + "/" + layout.shardName(i, of: shards.count))
    }
    try folder.write(layout.featuresJSON.indented(), to: version + "/features.json")
    try folder.write(layout.infoJSON(shards).indented(), to: version + "/dataset_info.json")
    try folder.write(layout.document.json.indented(), to: version + "/seedbed.json")
    try place.settle()
  }
}

extension DatasetError {
  init(_ error: TFRecordError, episode: Int? = nil) {
    self.init(error.kind == .io ? .io : .damaged, path: error.path, episode: episode, error.reason)
  }
}
