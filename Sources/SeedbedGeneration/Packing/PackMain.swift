import CLinux
import SeedbedDatasets
import SeedbedEpisodes
import SeedbedQuality
import SeedbedScene

/// The packer process: makes the next generation of a dataset from the shown one and staged episodes, and shows it.
///
/// A process of its own, so that the supervisor's memory does not grow with the dataset, and so that whatever ends it
/// leaves the shown generation as it is.
public enum PackMain {
  public static func run(dataset: String) throws(GenerationError) {
    StopSignal.ignore()
    // One that outlived its supervisor would be in the way of the run that goes on.
    seedbed_die_with_parent()
    var orders: [PackOrder] = []
    while let line = readLine() {
      if line == "end" { break }
      guard let order = PackOrder(line: line) else { throw GenerationError("unknown order \(line)") }
      orders.append(order)
    }
    let folder = RunFolder(dataset)
    do {
      try pack(orders, folder: folder)
      print(processCPUSeconds())
    } catch let error as GenerationError {
      throw error
    } catch let error as DatasetError {
      throw GenerationError("\(error)", kind: error.kind == .io ? .cannotWrite : .internal)
    } catch {
      throw GenerationError("\(error)")
    }
  }

  /// Obeys the orders. Where it throws, the shown generation is as before.
  static func pack(_ orders: [PackOrder], folder: RunFolder) throws {
    // An earlier packer may have been killed while, or after, it settled the folder.
    if try folder.content() == .finished { return }
    try folder.adopt()
    guard let number = folder.currentNumber else { throw GenerationError("\(folder.path): no generation is shown") }
    let run = try DatasetRun(directory: folder.path)
    let shown = folder.generation(number)
    var state = try PackedState(generation: shown, first: run.record.firstEpisode)
    // An earlier packer may have done some of it and died before it could say so.
    let pending = orders.filter { ($0.episode ?? state.next) >= state.next }
    let isLast = orders.contains { if case .settle = $0 { true } else { false } }
    if pending.contains(where: { $0.episode != nil }) || isLast {
      let next = folder.generation(number + 1)
      folder.removeStaleGenerations()
      do {
        try makeDirectory(next)
        let known = KnownHashes(manifestOf: shown)
        try known?.write(folder.hashes)
        try fill(next, from: shown, run: run, orders: pending, state: &state, staging: folder.staging)
        try known?.requireWhole(shown, sharedWith: next)
        if isLast { try finishDataset(next, run: run, known: known ?? KnownHashes(file: folder.hashes)) }
        try RunFolder.carryForeign(from: shown, to: next)
        try state.write(next)
        try syncFolder(next)
      } catch {
        // What is half made must not take the room that a resume needs.
        removeTree(next)
        throw error
      }
      try folder.show(number + 1)
    }
    for order in orders { if let k = order.episode { folder.staging.remove(k) } }
    for case .settle(let keepingWork) in orders where isThere(folder.current) && state.episodes > 0 {
      try folder.settle(keepingWork: keepingWork)
    }
  }

  private static func fill(
    _ next: String, from shown: String, run: DatasetRun, orders: [PackOrder], state: inout PackedState,
    staging: StagingFolder
  ) throws {
    var packer = try DatasetPacker(
      directory: next, continuing: shown, schema: run.scene.schema, axes: run.loaded.description.axisPaths,
      checkpoint: PackedState.checkpoint(shown))
    for order in orders {
      guard let k = order.episode else { continue }
      guard k == state.next else { throw GenerationError("episode \(k) is not the next one, \(state.next) is") }
      switch order {
      case .keep:
        let grown = try staging.take(k)
        var episode = grown.episode
        episode.index = packer.episodeCount
        try packer.append(episode, statistics: grown.statistics)
        state.episodes += 1
        if episode.provenance.success {
          state.successes += 1
        } else {
          state.causes[episode.provenance.failureCause, default: 0] += 1
        }
      case .reject(_, let kind, let reason):
        let episode = try staging.take(k).episode
        let provenance = episode.provenance
        try packer.skip(
          SkippedEpisode(
            episode: k, seed: run.record.seed, kind: kind, reason: reason, failureCause: provenance.failureCause,
            success: provenance.success, signal: nil,
            gatesFailed: provenance.gatesFailed == "none"
              ? [] : provenance.gatesFailed.split(separator: ",").map(String.init),
            draws: provenance.draws))
        state.skipped += 1
      case .quarantine(_, let signal, let reason):
        let instance = try? run.instance(run: k)
        try packer.skip(
          SkippedEpisode(
            episode: k, seed: run.record.seed, kind: Rejection.quarantined.rawValue, reason: reason,
            failureCause: "none", success: false, signal: signal, gatesFailed: [],
            draws: (instance?.draws ?? []).map { DrawRecord(path: $0.path, value: $0.value) }))
        state.skipped += 1
        state.quarantined += 1
      case .settle: break
      }
      state.next = k + 1
    }
    try packer.finish(checkpoint: PackedState.checkpoint(next))
  }

  /// What a dataset gets when its run ends.
  ///
  /// - Parameter known: Hashes of files that need not be read.
  static func finishDataset(_ directory: String, run: DatasetRun, known: KnownHashes = KnownHashes()) throws {
    guard isThere(directory + "/meta/info.json") else { return }
    try writeReport(directory, run: run)
    try FileManifest.write(directory: directory, known: known)
  }
}
