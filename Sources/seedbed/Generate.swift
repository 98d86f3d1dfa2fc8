import ArgumentParser
import Glibc
import SeedbedDatasets
import SeedbedGeneration
import SeedbedQuality

struct Generate: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Grow a dataset of episodes from a scene.",
    discussion: """
      The dataset's bytes depend on the scene, its files, the seed and this program's version; not on --workers, nor \
      on what ran before, nor on how often the run was killed and resumed. Failed episodes stay in, with their cause \
      and first failing frame, unless --keep says otherwise. What is packed is a valid dataset at every instant.

      Ctrl-C once stops after the episodes at work with a valid dataset, twice at once; --resume goes on, also after a \
      kill or a full disk. On a finished dataset, a larger --episodes extends it.

      Examples:
        seedbed generate Scenes/pick-place.yaml --episodes 100 --seed 1 --out data/pick-place
        seedbed generate Scenes/pick-place.yaml --successes 1000 --keep successes --keep failures=slipped:50 --out data/clean
        seedbed generate Scenes/pick-place.yaml --episodes 20000 --shard 0/4 --out data/part0
      """)

  @OptionGroup var scene: SceneArguments

  @OptionGroup var form: LikeArguments

  @OptionGroup var actions: ActionArguments

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("How many episodes to grow. Default: 10, without a bound beside --successes.", valueName: "n"))
  var episodes: Int?

  @Option(
    parsing: .unconditional, help: ArgumentHelp("Go on until so many successful episodes are kept.", valueName: "n"))
  var successes: Int?

  @Option(
    help: ArgumentHelp(
      "The dataset's folder: new, empty, with --resume an interrupted run, or a finished dataset to extend.",
      valueName: "dir"))
  var out: String

  @Flag(help: "Go on with a run that was interrupted, in whatever way.")
  var resume = false

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Worker processes. Default: as many as there are cores.", valueName: "w"))
  var workers: Int?

  @Flag(help: "Leave the cameras out: numbers only.")
  var stateOnly = false

  @Option(
    parsing: .singleValue,
    help: ArgumentHelp(
      "What goes into the dataset: all (default), passed (all gates), successes; failures=slipped:50,dropped:20 keeps "
        + "so many failures of a cause. May be repeated.", valueName: "rule"))
  var keep: [String] = []

  @Option(
    name: .customLong("gate"), parsing: .singleValue,
    help: ArgumentHelp(
      "Change a quality gate of the scene: jerk=500, visible=off. May be repeated.", valueName: "gate=bound"))
  var gates: [String] = []

  @Option(
    help: ArgumentHelp(
      "Grow only part k (from 0) of n, for `seedbed merge`. auto: from SLURM_ARRAY_TASK_ID or JOB_COMPLETION_INDEX.",
      valueName: "k/n|auto"))
  var shard: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("A worker without a sign of life for so long is killed.", valueName: "seconds"))
  var hangTimeout: Double = 30

  @Option(parsing: .unconditional, help: ArgumentHelp("A worker with more resident memory is killed.", valueName: "MB"))
  var memoryCap: Int = 1024

  @Option(parsing: .unconditional, help: ArgumentHelp("Say what the episodes cost at this price.", valueName: "price"))
  var pricePerCoreHour: Double?

  @Option(
    help: ArgumentHelp(
      "Also write speed and cost as JSON into this file, outside of the dataset (whose bytes no clock may touch).",
      valueName: "file"))
  var timings: String?

  func validate() throws {
    if let episodes { try checkRange("--episodes", episodes, 1...10_000_000) }
    if let successes { try checkRange("--successes", successes, 1...10_000_000) }
    if let workers { try checkRange("--workers", workers, 1...1024) }
    try checkRange("--memory-cap", memoryCap, 64...1 << 20)
    guard hangTimeout >= 1, hangTimeout <= 86400 else {
      throw ValidationError("--hang-timeout is \(hangTimeout). It must be between 1 and 86400 seconds.")
    }
    if let price = pricePerCoreHour, !(price >= 0 && price.isFinite) {
      throw ValidationError("--price-per-core-hour is \(price). It must be a number from 0.")
    }
  }

  private func options() throws -> GenerateOptions {
    var options = GenerateOptions(scene: scene.scene, out: out)
    options.overrides = scene.overrides
    options.like = form.request
    options.actions = actions.request
    options.episodes = episodes
    options.successes = successes
    options.seed = scene.seed
    options.workers = workers ?? coreCount()
    options.stateOnly = stateOnly
    options.resume = resume
    options.keep = try KeepRule(parsing: keep)
    options.gates = gates
    options.shard = shard
    options.limits = WorkerLimits(silenceSeconds: hangTimeout, memoryBytes: memoryCap << 20)
    options.pricePerCoreHour = pricePerCoreHour
    return options
  }

  func run() async throws {
    let progress = TerminalProgress(wanted: successes ?? episodes ?? 10, ofSuccesses: successes != nil)
    StopSignal.install()
    try await reportingErrors {
      if let real = form.like { try requireOutside(real, out) }
      let report = try await generate(try options(), progress: progress)
      progress.finish()
      if report.episodes > 0 || report.datasetEpisodes > 0 { print(report.text) }
      if report.datasetEpisodes > 0 { print("dataset: \(out)") }
      if let timings { try report.writeTimings(timings) }
      if report.datasetEpisodes == 0, report.stoppedBy == 0 {
        complain("this shard keeps no episode, so it is no dataset by itself; merge it with the others as it is.")
      }
      if report.stoppedBy != 0 {
        complain(
          "stopped by signal \(report.stoppedBy): "
            + (report.datasetEpisodes == 0
              ? "no episode was done."
              : "\(report.datasetEpisodes) episodes are in the dataset, which is complete as it is. Go on with --resume.")
        )
        throw ExitCode(128 + report.stoppedBy)
      }
      if report.quarantined > 0 {
        complain(
          "\(report.quarantined) episodes could not be grown and are left out; \(out)/meta/seedbed/skipped.jsonl says "
            + "why.")
        throw ExitCode(75)
      }
    }
  }
}
