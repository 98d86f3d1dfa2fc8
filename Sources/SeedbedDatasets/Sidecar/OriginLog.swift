import SeedbedEpisodes

/// `meta/seedbed/episodes.jsonl`: for each episode's fingerprint the columns that say where it comes from, so that they
/// can be put back after a tool dropped them, and the hash of each camera's pictures.
struct OriginLog: ~Copyable {
  static let path = "meta/seedbed/episodes.jsonl"

  private var lines: LineLog

  init(folder: DatasetFolder, continuing previous: PackedDataset?) throws(DatasetError) {
    let log = try LineLog.continuing(previous?.folder(OriginLog.path), path: try folder.place(OriginLog.path))
    if let previous, log.lines != previous.episodes {
      throw DatasetError(
        .damaged, path: previous.folder(OriginLog.path),
        "it has \(log.lines) lines for \(previous.episodes) episodes")
    }
    lines = log
  }

  mutating func append(_ provenance: Provenance, hashes: EpisodeHashes) throws(DatasetError) {
    var members: [JSONValue.Member] = [
      .init("fingerprint", .string(hashes.fingerprint)),
      .init("videos", .object(hashes.videos.map { .init($0.key, .string($0.sha256)) })),
      .init(EpisodeRow.Origin.origin, .string(provenance.origin)),
      .init(EpisodeRow.Origin.seed, .integer(Int64(bitPattern: provenance.seed))),
      .init(EpisodeRow.Origin.episode, .integer(provenance.episode)),
      .init(EpisodeRow.Origin.scene, .string(provenance.sceneSHA256)),
      .init(EpisodeRow.Origin.generator, .string(provenance.generator)),
      .init(EpisodeRow.Origin.stateHash, .string(provenance.stateHash)),
      .init(EpisodeRow.Origin.success, .bool(provenance.success)),
      .init(EpisodeRow.Origin.cause, .string(provenance.failureCause)),
      .init(EpisodeRow.Origin.frame, .integer(provenance.failureFrame)),
      .init(EpisodeRow.Origin.gates, .string(provenance.gatesFailed)),
    ]
    members += provenance.draws.map { .init(EpisodeRow.Origin.drawPrefix + $0.path, .number($0.value)) }
    try lines.append(JSONValue.object(members).compact())
  }

  mutating func finish() throws(DatasetError) { try lines.finish() }
}
