import Parquet
import SeedbedDatasets

/// Copies the chosen episodes into the mix.
struct MixRun {
  let request: MixRequest
  let sources: [MixSource]
  let schema: MixSchema
  let choice: MixChoice

  func run(_ progress: (Int, Int) throws(DatasetError) -> Void) throws(DatasetError) -> MixReport {
    let columns = try MixColumns(sources, hasRepetitions: request.repeats)
    let limits = FileLimits()
    var writer = try DatasetWriter(
      out: request.out,
      schema: DatasetSchema(
        framesPerSecond: schema.framesPerSecond, robotType: schema.robotType, features: schema.features.map(\.feature),
        episodeFields: columns.fields), limits: limits, isSynchronized: request.isSynchronized)
    var report = MixReport(request, sources, schema, choice)
    report.notes += columns.notes
    var reorderings = Reorderings()
    var sidecar = try MixSidecar(writer.folder, schema)
    let all = choice.parts.reduce(0) { $0 + $1.episodes.count }
    for source in sources {
      var summary = MixReport.Summary()
      var at = 0
      let episodes = choice.parts[source.place].episodes
      // Every pass over a source rises: files are read from front to end.
      while at < episodes.count {
        let pass = episodes[at].repetition
        var copier = try EpisodeCopier(source, schema, columns, request)
        while at < episodes.count, episodes[at].repetition == pass {
          let (episode, origin) = try copier.episode(episodes[at].episode, repetition: pass)
          try sidecar.append(episode, of: source, episodes[at].episode, fields: columns.fields)
          try writer.append(episode)
          let success = columns.fields.firstIndex { $0.name == "success" }.flatMap {
            JSONValue(episode.cells[$0])?.bool
          }
          summary.add(episode, origin: origin, success: success, schema)
          at += 1
          try progress(writer.episodeCount, all)
        }
        summary.recoded += copier.recoded
        reorderings.add(copier.reordered, copier.ordered, of: source.name)
      }
      report.sources[source.place].summary = summary
      try sidecar.takeStore(of: source)
    }
    try sidecar.finish()
    report.notes += reorderings.notes
    try writer.addFile(MixReport.path, report.json.indented())
    try writer.addFile("README.md", Array(report.card.utf8))
    try writer.finish()
    return report
  }
}

/// Which sources' pictures are stored in another order than they are shown (B-frames), by camera.
private struct Reorderings {
  private var reordered: [String: Set<String>] = [:], ordered: [String: Set<String>] = [:]

  mutating func add(_ reordered: Set<String>, _ ordered: Set<String>, of source: String) {
    for camera in reordered { self.reordered[camera, default: []].insert(source) }
    for camera in ordered { self.ordered[camera, default: []].insert(source) }
  }

  /// LeRobot's merge appends files with a tool that takes only one of both.
  var notes: [String] {
    reordered.sorted { $0.key < $1.key }.compactMap { camera, sources in
      guard let others = ordered[camera] else { return nil }
      func list(_ names: Set<String>) -> String { names.sorted().map { "'\($0)'" }.joined(separator: ", ") }
      return
        "the videos '\(camera)' have B-frames in \(list(sources)) and episodes without in \(list(others)): every player and "
        + "LeRobot's loader take that, but LeRobot's own merge of this dataset with others fails (Invalid argument); merge "
        + "with 'seedbed mix', which takes them"
    }
  }
}
