import ArgumentParser
import Diagnostics
import SeedbedDatasets
import SeedbedGeneration
import SeedbedMixing

struct Mix: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Mix LeRobot datasets, real and simulated, by an exact ratio.",
    discussion: """
      Sources are LeRobot datasets, v3.0 or v2.1, each with a name of your choice: real=data/real sim=data/run1. The same \
      command gives the same bytes. No episode is taken twice (but see --repeat), and each source's tasks keep their shares. \
      Differences of form are reconciled: names in lists, missing keys, order of channels, number types, rates, picture sizes \
      and codecs; videos are copied packet by packet, and encoded anew only where size, rate or codec differ from the first \
      source's (or --like NAME's). Differences of substance are refused, all at once, each with the flag that settles it.

      Without --ratio everything is taken; with it and without a size, as much as the scarcest source allows. What became of \
      it stands in the result's README.md and meta/seedbed/mix.json; each episode's row says where it is from (origin, \
      mix.source, mix.episode).

      Example: seedbed mix real=data/real sim=data/run1 --ratio real=0.3,sim=0.7 --by frames --frames 20000 --seed 1 --out data/mix
      """)

  @Argument(help: ArgumentHelp("The sources, each NAME=DIR.", valueName: "name=dir"))
  var sources: [String]

  @Option(help: ArgumentHelp("The result's folder; must not exist, or be empty.", valueName: "dir"))
  var out: String

  @Option(
    help: ArgumentHelp(
      "Each source's share, for example real=0.3,sim=0.7. They add up to 1.", valueName: "name=share,..."))
  var ratio: String?

  @Option(
    help: ArgumentHelp("What shares are counted in: episodes, frames or seconds.", valueName: "unit"),
    transform: parseChoice)
  var by: MixRequest.Unit = .episodes

  @Option(help: ArgumentHelp("Episodes of the result.", valueName: "n")) var episodes: Int?
  @Option(help: ArgumentHelp("Frames of the result, as nearly as whole episodes allow.", valueName: "n")) var frames:
    Int?
  @Option(help: ArgumentHelp("Seconds of the result, as nearly as whole episodes allow.", valueName: "s")) var seconds:
    Double?

  @Option(help: ArgumentHelp("Decides which episodes are taken.", valueName: "seed"), transform: parseSeed)
  var seed: UInt64 = 0

  @Flag(help: "Episodes may stand in the result several times, where a source has too few.")
  var `repeat` = false

  @Option(
    name: .customLong("where"),
    help: ArgumentHelp(
      """
      Take only such episodes: an expression as of 'seedbed query', or NAME:expression for one source. What it says joined by \
      && of columns that a source lacks does not apply to that source. Repeatable.
      """,
      valueName: "expression"))
  var conditions: [String] = []

  @Option(
    help: ArgumentHelp(
      "The source whose rate, picture sizes, codecs and order count. Default: the first.", valueName: "name"))
  var like: String?

  @Option(
    help: ArgumentHelp(
      "Where sources have different features: common leaves out, all fills (--fill).", valueName: "common|all"),
    transform: parseChoice)
  var features: MixRequest.Features?

  @Option(
    help: ArgumentHelp(
      "What a source that lacks a feature gets: a number, numbers, a text, or black.", valueName: "feature=value"))
  var fill: [String] = []

  @Option(help: ArgumentHelp("Leave a feature out. Repeatable.", valueName: "feature")) var drop: [String] = []

  @Option(
    help: ArgumentHelp(
      "Give a feature another name, in all sources or in one. Repeatable.", valueName: "[name:]old=new"))
  var rename: [String] = []

  @Option(
    help: ArgumentHelp(
      "Take the names of a feature's dimensions from one source: they are the same, in the same order. Repeatable.",
      valueName: "feature=name"))
  var names: [String] = []

  @Option(help: ArgumentHelp("The robot's name in the result, where sources say different ones.", valueName: "name"))
  var robotType: String?

  @Option(
    help: ArgumentHelp("Frames per second of the result. Default: the first source's, or --like's.", valueName: "n"))
  var fps: Int?

  @Option(
    help: ArgumentHelp(
      "How numbers come to another rate: linear or nearest; flags are always nearest.", valueName: "method"),
    transform: parseChoice)
  var resample: MixRequest.Resampling = .linear

  @Option(
    help: ArgumentHelp(
      "Where a source is from, whatever it says: real, sim or another word. Repeatable.", valueName: "name=origin"))
  var origin: [String] = []

  @Flag(help: "Give every frame the feature sim.origin (0 real, 1 simulated, 2 other), which no tool loses.")
  var frameOrigin = false

  @Flag(help: "Copy nothing: write mix.json and episodes.jsonl with weights, for trainers that sample.")
  var virtual = false

  @Flag(help: "Sources may hold links to files outside of them.") var followLinks = false
  @Flag(help: "Wait until the disk has everything.") var sync = false

  func run() async throws {
    let request = try self.request()
    let line = StatusLine()
    try await reportingErrors {
      StopSignal.install()
      let report = try mix(request) { (done, all) throws(DatasetError) in
        try checkStop(out)
        if done == all || done % 50 == 0 { line.show("\(done) of \(all) episodes", isMilestone: done == all) }
      }
      line.clear()
      for text in report.lines { print(text.escapingControlCharacters) }
      print((report.isVirtual ? "virtual mix: " : "dataset: ") + out)
    }
  }
}
