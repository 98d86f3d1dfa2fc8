/// `meta/seedbed/episodes.jsonl`: for each episode's fingerprint the columns that say where it comes from, so that they
/// can be put back after a tool dropped them, and of each camera's pictures the hash and the statistics, which only the
/// pictures before their encoding tell. Every line proves itself: see `OriginLine`.
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

  mutating func append(_ line: OriginLine) throws(DatasetError) { try lines.append(line.bytes) }

  mutating func finish() throws(DatasetError) { try lines.finish() }
}
