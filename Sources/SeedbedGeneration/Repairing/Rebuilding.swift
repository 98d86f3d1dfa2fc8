import Digest
import Glibc
import SeedbedDatasets
import SeedbedEpisodes
import SeedbedScene

/// Makes the dataset as it was written out of what is whole of it, and of episodes that are grown anew.
struct Rebuilding {
  private(set) var plan: RepairPlan
  let places: RepairPlaces
  private var directory: String { plan.evidence.directory }

  init(plan: RepairPlan, places: RepairPlaces) {
    self.plan = plan
    self.places = places
  }

  /// Leaves the proved dataset as `places.result`. Throws (exit 65) where the bytes that were written do not come about.
  mutating func run(workers: Int, progress: @escaping @Sendable (Int, Int) -> Void) async throws {
    var done: Set<Int> = []
    while true {
      try await regrow(plan.regrown.subtracting(done).sorted(), workers: workers, progress: progress)
      done = plan.regrown
      removeTree(places.result)
      try fill()
      let wrong = try wrongFiles()
      if wrong.isEmpty { break }
      // What looked whole in them may not have been.
      guard plan.distrust(wrong) else { throw beyondRepair(wrong) }
    }
    try writeLists()
    try takeOver(plan.evidence.problems.filter { $0.kind == .added }.map(\.path))
  }

  /// Everything but the two lists of hashes.
  private func fill() throws {
    try makeDirectory(places.result)
    if plan.needsPacking { try pack() } else { try share { !RepairPlan.isOfReport($0) } }
    if plan.needsReport { try writeReport(places.result, run: plan.run) }
    // What is whole keeps its bytes, whoever wrote them.
    try share { plan.evidence.whole.contains($0) }
  }

  private func pack() throws {
    var packer = try DatasetPacker(
      directory: places.result, continuing: places.store, schema: plan.run.scene.schema,
      axes: plan.run.loaded.description.axisPaths)
    for (k, number) in plan.numbers.enumerated() {
      try RepairStop.check()
      if plan.regrown.contains(k) {
        let grown = try places.staging.take(number)
        var episode = grown.episode
        episode.index = k
        try packer.append(episode, statistics: grown.statistics)
        continue
      }
      let instance = try plan.run.instance(run: number)
      guard
        let episode = plan.salvage.episode(k, instance: instance.canonicalJSON(), task: instance.task.instruction)
      else {
        throw GenerationError(
          "\(directory): episode \(k) changed while the dataset was repaired. Let nobody else write, then repair again.",
          kind: .input)
      }
      try packer.append(episode)
    }
    try packer.finish()
  }

  /// Puts whole files of the dataset, or else those of the store, into the result.
  private func share(where isWanted: (String) -> Bool) throws(GenerationError) {
    for path in plan.manifest.files.keys.sorted() where isWanted(path) {
      let source = plan.evidence.whole.contains(path) ? directory : places.store
      let target = places.result + "/" + path
      guard isThere(source + "/" + path) else { continue }
      try makeParents(target)
      unlink(target)
      try shareFile(source + "/" + path, as: target)
    }
  }

  /// Restored files that have other bytes than were written, and files that were never written.
  private func wrongFiles() throws(GenerationError) -> [String] {
    let lists: Set = [FileManifest.path, RecordsCopy.path]
    var wrong: [String] = []
    for path in plan.damaged.subtracting(lists) {
      let file = places.result + "/" + path
      guard isThere(file), plan.manifest.files[path] == hex(try fileHash(file)) else {
        wrong.append(path)
        continue
      }
    }
    for path in try treeFiles(places.result) where plan.manifest.files[path] == nil && !lists.contains(path) {
      wrong.append(path)
    }
    return wrong.sorted()
  }

  /// The manifest, and the copy of it.
  private func writeLists() throws(GenerationError) {
    var manifest = plan.manifest
    let expected = manifest.files.removeValue(forKey: RecordsCopy.path)
    var bytes = try RecordsCopy(manifest: manifest, skipped: plan.skipped).encoded()
    if plan.evidence.whole.contains(RecordsCopy.path) { bytes = try readFile(directory + "/" + RecordsCopy.path) }
    let hash = sha256Hex(bytes)
    guard expected == nil || expected == hash else { throw beyondRepair([RecordsCopy.path]) }
    try writeFile(places.result + "/" + RecordsCopy.path, bytes, synced: true)
    manifest.files[RecordsCopy.path] = hash
    try writeFile(places.result + "/" + FileManifest.path, manifest.encoded, synced: true)
  }

  /// Gives what is not of the dataset but stands in its folders its place in the result.
  private func takeOver(_ paths: [String]) throws(GenerationError) {
    for path in paths {
      guard let top = path.split(separator: "/").first, RunFolder.topNames.contains(String(top)) else { continue }
      let source = directory + "/" + path, target = places.result + "/" + path
      try makeParents(target)
      if let goal = linkTarget(source) {
        guard symlink(goal, target) == 0 else { throw systemError("cannot create the link \(target)") }
      } else {
        try shareFile(source, as: target)
      }
    }
  }

  private func beyondRepair(_ files: [String]) -> GenerationError {
    let grower = plan.run.record.generator
    return GenerationError(
      "\(directory) cannot be repaired: \(files.prefix(5).joined(separator: ", "))"
        + (files.count > 5 ? " and \(files.count - 5) more files" : "")
        + " did not come out with the bytes that were written"
        + (grower == Version.generator ? "" : " (by \(grower), this is \(Version.generator))")
        + ". Repair it with the program and the machine that grew it, or take these files from a backup.", kind: .input)
  }
}
