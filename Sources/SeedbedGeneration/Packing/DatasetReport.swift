import PNG
import Plotting
import SeedbedDatasets
import SeedbedEpisodes
import SeedbedQuality
import SeedbedScene

/// Writes `meta/seedbed/report.json`, `report.txt` and `plots/*.png`: what the run brought, from the dataset alone; and
/// `physics-card.*`, what this build's physics does.
///
/// No clock's value is in it, so that a dataset's bytes do not depend on the machine; speed and cost are printed.
func writeReport(_ directory: String, run: DatasetRun) throws {
  let reader = try LeRobotReader(directory: directory)
  let skipped = try SkippedLog.read(directory)
  let paths = run.loaded.description.axisPaths
  var episodes: [RunReportInput.Episode] = []
  var values = [[Double?]](repeating: [], count: paths.count)
  var frames = 0

  func add(_ draws: [DrawRecord]) {
    var rest = draws[...]
    for (i, path) in paths.enumerated() {
      values[i].append(rest.first?.path == path ? rest.popFirst()?.value : nil)
    }
  }
  func gates(_ names: some Sequence<String>) -> [Gate] { names.compactMap(Gate.init(rawValue:)) }

  var left = skipped[...]
  func addSkipped(below episode: Int) {
    while let record = left.first, record.episode < episode {
      left.removeFirst()
      episodes.append(
        .init(
          number: record.episode, rejection: Rejection(rawValue: record.kind) ?? .quarantined, reason: record.reason,
          success: record.success, cause: record.failureCause, failedGates: gates(record.gatesFailed)))
      add(record.draws)
    }
  }
  for k in 0..<reader.episodeCount {
    let metadata = try reader.episodeMetadata(k)
    guard let provenance = metadata.provenance else { continue }
    addSkipped(below: provenance.episode)
    let failed = provenance.gatesFailed == "none" ? [] : provenance.gatesFailed.split(separator: ",").map(String.init)
    episodes.append(
      .init(
        number: provenance.episode, rejection: nil, reason: "", success: provenance.success,
        cause: provenance.failureCause, failedGates: gates(failed)))
    add(provenance.draws)
    frames += metadata.length
  }
  addSkipped(below: .max)
  var bytes = 0
  for folder in ["data", "videos"] where isThere(directory + "/" + folder) {
    bytes += try treeSize(directory + "/" + folder)
  }
  let document = RunReportDocument(
    RunReportInput(
      episodes: episodes, axes: zip(paths, values).map { .init(path: $0, values: $1) }, frames: frames, bytes: bytes,
      gates: run.scene.gates, keep: try KeepRule(parsing: [run.record.keep]), hasPictures: !run.record.stateOnly))
  let home = directory + "/meta/seedbed"
  try writeFile(home + "/report.json", document.json(), synced: true)
  try writeFile(home + "/report.txt", Array(document.text().utf8), synced: true)
  for file in try cardFiles(for: run) { try writeFile(home + "/" + file.name, file.bytes, synced: true) }
  try makeDirectory(home + "/plots")
  for plot in try document.plots() { try writeFile(home + "/plots/" + plot.name, plot.png, synced: true) }
  try syncFolder(home + "/plots")
  try syncFolder(home)
}
