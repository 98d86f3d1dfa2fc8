/// The episodes' instances, a line each: `meta/seedbed/instances/chunk-000/file-000.jsonl` for the episodes 0...999, and
/// so on.
struct InstanceLog: ~Copyable {
  /// Lines of a file.
  static let perFile = 1000

  private let folder: DatasetFolder
  private var file: LineLog?
  private var episodes = 0

  /// - Parameter previous: Its full files are linked, its last one is gone on with.
  init(folder: DatasetFolder, continuing previous: PackedDataset?) throws(DatasetError) {
    self.folder = folder
    guard let previous else { return }
    episodes = previous.episodes
    for first in stride(from: 0, to: episodes, by: InstanceLog.perFile) {
      let name = InstanceLog.file(of: first)
      if first + InstanceLog.perFile <= episodes {
        try folder.link(name, from: previous.folder)
      } else {
        let log = try LineLog.continuing(previous.folder(name), path: try folder.place(name))
        guard log.lines == episodes - first else {
          throw DatasetError(
            .damaged, path: previous.folder(name), "it has \(log.lines) lines for \(episodes - first) episodes")
        }
        file = consume log
      }
    }
  }

  /// Stores the next episode's instance: one line.
  mutating func append(_ json: [UInt8]) throws(DatasetError) {
    if episodes % InstanceLog.perFile == 0 {
      try file?.finish()
      file = LineLog(path: try folder.place(InstanceLog.file(of: episodes)))
    }
    try file?.append(json)
    episodes += 1
  }

  mutating func finish() throws(DatasetError) { try file?.finish() }

  static func file(of episode: Int) -> String {
    let file = episode / perFile
    return "meta/seedbed/instances/" + FileNumber(chunk: file / 1000, file: file % 1000).path + ".jsonl"
  }
}
