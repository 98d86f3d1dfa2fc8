import SeedbedDatasets
import SeedbedEpisodes

/// Packs staged episodes into the dataset strictly in the order of their numbers.
struct Packer: ~Copyable {
  private var writer: LeRobotWriter
  private var sidecar: SidecarWriter
  private let staging: StagingFolder
  private var waiting: [Int: Double] = [:]
  private var next = 0
  private var report = RunReport()

  init(directory: String, schema: FeatureSchema, axes: [String]) throws {
    let writer = try LeRobotWriter(directory: directory, schema: schema, axes: axes)
    let sidecar = try SidecarWriter(directory: directory)
    self.writer = writer
    self.sidecar = sidecar
    staging = StagingFolder(dataset: directory)
  }

  var packedEpisodes: Int { next }

  /// Episode k is staged; packs it and all that waited for it.
  mutating func staged(_ k: Int, writingSeconds: Double, progress: some ProgressSink) throws {
    waiting[k] = writingSeconds
    while let writing = waiting.removeValue(forKey: next) {
      let start = processCPUSeconds()
      var grown = try staging.take(next)
      try writer.append(grown.episode)
      try sidecar.append(grown.episode)
      staging.remove(next)
      grown.seconds.writing += writing + processCPUSeconds() - start
      report.add(grown)
      progress.packed(report)
      next += 1
    }
  }

  consuming func finish() throws -> RunReport {
    let start = processCPUSeconds()
    var report = report
    try sidecar.finish()
    try writer.finish()
    report.seconds.writing += processCPUSeconds() - start
    return report
  }
}
