import SeedbedEpisodes

/// `meta/seedbed/episodes.jsonl`: for each episode's fingerprint the columns that say where it comes from, so that they
/// can be put back after a tool dropped them.
struct OriginLog: ~Copyable {
  static let path = "meta/seedbed/episodes.jsonl"

  private var lines: LineLog

  init(folder: DatasetFolder) throws(DatasetError) {
    lines = LineLog(path: try folder.place(OriginLog.path))
  }

  mutating func append(_ provenance: Provenance, fingerprint: String) throws(DatasetError) {
    var members: [JSONValue.Member] = [
      .init("fingerprint", .string(fingerprint)),
      .init(EpisodeRow.Origin.origin, .string(provenance.origin)),
      .init(EpisodeRow.Origin.seed, .integer(Int64(bitPattern: provenance.seed))),
      .init(EpisodeRow.Origin.episode, .integer(provenance.episode)),
      .init(EpisodeRow.Origin.scene, .string(provenance.sceneSHA256)),
      .init(EpisodeRow.Origin.generator, .string(provenance.generator)),
      .init(EpisodeRow.Origin.stateHash, .string(provenance.stateHash)),
      .init(EpisodeRow.Origin.success, .bool(provenance.success)),
      .init(EpisodeRow.Origin.cause, .string(provenance.failureCause)),
      .init(EpisodeRow.Origin.frame, .integer(provenance.failureFrame)),
    ]
    members += provenance.draws.map { .init(EpisodeRow.Origin.drawPrefix + $0.path, .number($0.value)) }
    try lines.append(JSONValue.object(members).compact())
  }

  mutating func finish() throws(DatasetError) { try lines.finish() }
}
