import Glibc
import SeedbedDatasets
import SeedbedEpisodes
import Video

/// What is damaged of a dataset, and what each part of it can be restored from.
struct RepairPlan {
  let evidence: Evidence
  /// The hashes that the result is to have.
  let manifest: FileManifest
  /// Opened from the store that was put together.
  let run: DatasetRun
  /// The records of the episodes that were left out; nil where none was.
  let skipped: [UInt8]?
  /// Numbers in the run of the dataset's episodes.
  let numbers: [Int]
  let salvage: DatasetSalvage
  /// Files of the dataset that are not as they were written.
  let damaged: Set<String>
  /// Episodes of the dataset that are to be grown anew.
  private(set) var regrown: Set<Int>

  /// Puts the store together and finds out which episodes are damaged.
  init(_ evidence: Evidence, places: RepairPlaces) throws {
    let directory = evidence.directory
    guard let manifest = evidence.manifest else {
      throw GenerationError(
        "\(directory)/\(FileManifest.path) and its second copy in \(RecordsCopy.path) are both damaged, so nothing proves "
          + "what the files held. Take one of the two from a backup, or grow the dataset anew.", kind: .input)
    }
    try RepairPlan.requireRoom(evidence, manifest)
    try StoreRescue(directory: directory, isWritten: evidence.isWritten).write(to: places.store)
    skipped = try evidence.skippedRecords()
    if let skipped { try writeFile(places.store + "/" + FileManifest.skippedPath, skipped, synced: true) }
    self.evidence = evidence
    self.manifest = manifest
    run = try DatasetRun(directory: places.store)
    damaged = Set(evidence.problems.filter { $0.kind != .added }.map(\.path))
    numbers = keptNumbers(
      first: run.record.firstEpisode, count: manifest.episodes, without: Evidence.numbers(of: skipped ?? []))
    let schema = run.scene.schema
    var formats: [EncodedClip] = []
    for camera in schema.cameras {
      formats.append(
        try VideoEncoder(
          width: camera.width, height: camera.height, framesPerSecond: schema.framesPerSecond, settings: camera.video
        ).format)
    }
    let salvage = try DatasetSalvage(
      directory: directory, schema: schema, episodes: manifest.episodes, whole: evidence.whole, numbers: numbers,
      formats: formats)
    self.salvage = salvage
    regrown = []
    if needsPacking { regrown = Set((0..<manifest.episodes).filter { !salvage.isWhole($0) }) }
  }

  /// Throws where something that is not of the dataset stands where one of its files or folders is to stand.
  private static func requireRoom(_ evidence: Evidence, _ manifest: FileManifest) throws(GenerationError) {
    for problem in evidence.problems where problem.kind == .added {
      let isBelowFile = manifest.files.keys.contains { problem.path.hasPrefix($0 + "/") }
      let isFolder = manifest.files.keys.contains { $0.hasPrefix(problem.path + "/") }
      guard isBelowFile || isFolder else { continue }
      throw GenerationError(
        "\(evidence.directory)/\(problem.path) is not of the dataset and stands in its way. Move it elsewhere, then repair "
          + "again.", kind: .cannotWrite)
    }
  }

  /// Whether any file is damaged that the episodes are packed into.
  var needsPacking: Bool {
    damaged.contains {
      !SidecarWriter.writes($0) && !RepairPlan.isOfReport($0)
        && ![FileManifest.path, RecordsCopy.path, FileManifest.skippedPath].contains($0)
    }
  }

  var needsReport: Bool { damaged.contains(where: RepairPlan.isOfReport) }

  /// Whether a file is one of those that `writeReport` writes.
  static func isOfReport(_ path: String) -> Bool {
    ["meta/seedbed/report.json", "meta/seedbed/report.txt"].contains(path) || path.hasPrefix("meta/seedbed/plots/")
      || path.hasPrefix("meta/seedbed/physics-card.")
  }

  /// Takes nothing more from files whose bytes did not come out right; false where nothing was taken from them.
  mutating func distrust(_ files: [String]) -> Bool {
    let before = regrown.count
    for file in files { regrown.formUnion(salvage.episodes(in: file)) }
    if regrown.count == before, needsPacking { regrown.formUnion(0..<manifest.episodes) }
    return regrown.count > before
  }
}
