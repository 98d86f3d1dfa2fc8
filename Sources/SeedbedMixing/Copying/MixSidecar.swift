import Parquet
import SeedbedDatasets
import SeedbedEpisodes

/// What a mix keeps beside its episodes in `meta/seedbed/`: a line an episode with its fingerprint, from which `retag` restores its
/// columns, and of grown sources the scene, robot and assets that its episodes are grown from again.
struct MixSidecar: ~Copyable {
  static let linesPath = "meta/seedbed/episodes.jsonl"
  static let storesPath = "meta/seedbed/sources/"

  private let folder: DatasetFolder
  private let schema: MixSchema
  private var lines: LineLog

  init(_ folder: DatasetFolder, _ schema: MixSchema) throws(DatasetError) {
    self.folder = folder
    self.schema = schema
    lines = LineLog(path: try folder.place(Self.linesPath))
  }

  mutating func append(
    _ episode: DatasetEpisode, of source: MixSource, _ k: Int, fields: [Field]
  ) throws(DatasetError) {
    var named: [(String, Column)] = []
    var columns = episode.columns[...]
    for plan in schema.features where plan.feature.kind != .video {
      if let values = columns.popFirst(), let column = values.column { named.append((plan.feature.name, column)) }
    }
    named += EpisodeHashes.standard(frames: episode.length, framesPerSecond: schema.framesPerSecond)
    var members: [JSONValue.Member] = [
      .init("fingerprint", .string(EpisodeHashes.fingerprint(named))),
      .init("features", .strings(named.map(\.0).sorted())),
    ]
    for (field, cell) in zip(fields, episode.cells) {
      if let value = JSONValue(cell), value != .null { members.append(.init(field.name, value)) }
    }
    try lines.append(JSONValue.object(members).compact())
  }

  /// The store of a grown source: its scene, robot and assets, its run and its features.
  func takeStore(of source: MixSource) throws(DatasetError) {
    let from = source.data.folder
    guard from.exists("meta/seedbed/run.json") else { return }
    let place = Self.storesPath + source.name
    try folder.makeFolder(place)
    var target = try DatasetFolder(existing: folder(place))
    target.isSynchronized = folder.isSynchronized
    try SidecarWriter.copyStore(from: from, into: target)
  }

  mutating func finish() throws(DatasetError) { try lines.finish(isSynchronized: folder.isSynchronized) }
}
