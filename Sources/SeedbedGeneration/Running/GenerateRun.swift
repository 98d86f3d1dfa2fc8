import Diagnostics
import Glibc
import SeedbedDatasets
import SeedbedQuality
import SeedbedScene

/// Grows a dataset: workers stage episodes in any order, a packer packs them in the order of their numbers.
///
/// What has been packed is a valid dataset at every instant; what has been committed survives any death, and a run with
/// `resume` ends in the very bytes of an undisturbed one. A finished dataset is extended where more episodes are asked
/// for. Asked to stop by a signal (see `StopSignal`), it ends after the episodes at work.
///
/// Throws `InputError` for a scene that cannot be used and `GenerationError` for everything else.
public func generate(_ options: GenerateOptions, progress: some ProgressSink) async throws -> RunReport {
  let start = wallSeconds()
  let (loaded, like) = try LikeScene.load(
    options.like, scene: options.scene, overrides: options.overrides, stateOnly: options.stateOnly,
    resuming: options.resume ? options.out : nil)
  for warning in loaded.warnings { progress.note(warning.description) }
  for note in like?.notes ?? [] { progress.note(note) }
  let plan = try RunPlan(options, loaded: loaded, like: like?.like)
  _ = try growthScene(loaded, record: plan.record)
  try plan.samplePrefix(loaded)
  let out = try OutputFolder(options.out)
  let content = try out.folder.content()
  let isNew = try plan.isNew(content, out: out, resume: options.resume)
  if content == .finished, let report = try plan.alreadyDone(out, loaded: loaded, options: options) { return report }
  do {
    let opening =
      isNew
      ? try RunOpening.fresh(out.folder, loaded: loaded, record: plan.record)
      : try RunOpening.resumed(out.folder, loaded: loaded, record: plan.record)
    var counts = Selection.Counts(next: opening.packed.next)
    (counts.kept, counts.keptSuccesses) = (opening.packed.episodes, opening.packed.successes)
    counts.keptByCause = opening.packed.causes
    var report = RunReport()
    report.workers = options.workers
    (report.doneBefore, report.successesBefore) = (
      opening.packed.next - plan.range.lowerBound, opening.packed.successes
    )
    let ordered = OrderedProgress(
      selection: Selection(options.keep, counts: counts), successes: options.successes, report: report)
    var supervisor = try Supervisor(
      folder: out.folder, pool: WorkerPool(dataset: out.path, workers: options.workers, limits: options.limits),
      end: plan.range.upperBound, opening: opening, ordered: ordered, progress: progress)
    let end = try await supervisor.run()
    return try await conclude(end, plan: plan, out: out, isNew: isNew, start: start, options: options)
  } catch {
    // Where not a single episode was committed, nothing is left behind.
    guard !isNew || (try? hasCommitted(out.folder)) == true else {
      out.discard()
      throw GenerationError.withRemedy(error, "Nothing is left behind. See to it (make room), then start again.")
    }
    throw GenerationError.withRemedy(
      error,
      "Every finished episode is safe in \(options.out). See to it (make room), then go on with --resume.")
  }
}

private func hasCommitted(_ folder: RunFolder) throws(GenerationError) -> Bool {
  try !Journal.read(folder.journal).isEmpty
}

/// Settles the folder, and completes the report.
private func conclude(
  _ end: RunEnd, plan: RunPlan, out: borrowing OutputFolder, isNew: Bool, start: Double, options: GenerateOptions
) async throws -> RunReport {
  var report = end.report
  report.pricePerCoreHour = options.pricePerCoreHour
  let isStopped = StopSignal.number != 0 && !end.isComplete
  report.stoppedBy = isStopped ? StopSignal.number : 0
  let info = out.path + "/meta/info.json"
  if isThere(info) || !end.orders.isEmpty {
    // It settles nothing where no episode is kept.
    report.overheadSeconds += try await PackerProcess(folder: out.folder)
      .run(end.orders + [.settle(keepingWork: end.hasLeftover)]).cpu
  }
  if isThere(info) {
    let tree = try treeSize(out.path)
    report.datasetBytes = tree
    report.datasetEpisodes = try LeRobotReader(directory: out.path).episodeCount
  } else if isStopped, isNew, end.next == plan.range.lowerBound, !end.hasLeftover {
    out.discard()
  } else if !isStopped, plan.record.shard == nil {
    throw GenerationError(
      "none of the \(end.next - plan.range.lowerBound) episodes is kept, so there is no dataset\(report.reasons). "
        + "The reasons of each are in \(out.path)/meta/seedbed/skipped.jsonl. "
        + "Change --keep or the gates and choose another --out, or go on with more episodes by --resume.", kind: .input)
  }
  report.overheadSeconds += processCPUSeconds()
  report.wallSeconds = wallSeconds() - start
  return report
}

/// Bytes of all files below a folder.
func treeSize(_ path: String) throws(GenerationError) -> Int {
  var total = 0
  var folders = [path]
  while let folder = folders.popLast() {
    for name in try directoryEntries(folder) {
      var status = stat()
      guard lstat(folder + "/" + name, &status) == 0 else { continue }
      if status.st_mode & S_IFMT == S_IFDIR {
        folders.append(folder + "/" + name)
      } else {
        total += Int(status.st_size)
      }
    }
  }
  return total
}
