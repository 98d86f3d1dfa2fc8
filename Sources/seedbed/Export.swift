public import ArgumentParser
import Diagnostics
import Glibc
import SeedbedDatasets
import SeedbedGeneration
public import SeedbedInterchange

struct Export: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Write a dataset in another format, or another format as a LeRobot dataset.",
    discussion: """
      SOURCE is a LeRobot dataset (v3.0 or v2.1), an HDF5 file of robomimic, a folder or file of ALOHA's, a folder of RLDS as \
      TensorFlow Datasets writes it, or a folder or file of MCAP recordings; what it is, it says itself. It is only read, one \
      episode at a time. The result is made beside its place and takes it when it is whole.

      What a format cannot express is told line by line: "left out", "warning" (not the same as in the source, or not what \
      the format's own tools expect), "note".

      Example: seedbed export data/run1 --to robomimic --out run1.hdf5
      """)

  @Argument(help: "The dataset: a folder or a file.")
  var source: String

  @Option(help: "lerobot-v3.0, lerobot-v2.1, robomimic, aloha, rlds or mcap.")
  var to: ExchangeFormat

  @Option(help: ArgumentHelp("The new folder, of robomimic the new file; must not exist.", valueName: "path"))
  var out: String

  @Option(
    help: ArgumentHelp(
      "What makes up the state: features of the source, separated by commas. Default: observation.state.",
      valueName: "keys"))
  var state: String?

  @Option(
    help: ArgumentHelp("What makes up the action, as --state. Default: action.", valueName: "keys"))
  var action: String?

  @Option(help: ArgumentHelp("Another name for a camera; can be repeated.", valueName: "old=new"))
  var camera: [String] = []

  @Option(
    help: ArgumentHelp(
      "Take these episodes alone: a split of RLDS, or a list under robomimic's mask. Default: all.", valueName: "name"))
  var split: String?

  @Option(help: ArgumentHelp("The instruction where the source has none.", valueName: "text"))
  var task: String?

  @Option(help: ArgumentHelp("Frames a second where the source does not say it.", valueName: "hz"))
  var fps: Double?

  @Option(help: ArgumentHelp("The robot's name in the result.", valueName: "name"))
  var robotType: String?

  @Option(help: "How pictures are stored one by one (rlds, mcap): png keeps every pixel, jpeg is a tenth of the size.")
  var imageFormat = ExportOptions.ImageFormat.png

  @Option(help: ArgumentHelp("How hard pictures in HDF5 are compressed, 0 to 9.", valueName: "level"))
  var gzip = 1

  @Flag(name: .customLong("no-next-obs"), help: "robomimic: leave out the observations one frame later.")
  var noNextObservations = false

  @Flag(help: "Exchange red and blue of pictures that the source holds as JPEG files written from RGB by OpenCV.")
  var swapRedBlue = false

  @Flag(help: "Refuse where anything is left out or warned of.")
  var strict = false

  /// Set in the process that does the work.
  @Flag(name: .customLong("in-own-process"), help: .hidden)
  var isInOwnProcess = false

  func validate() throws {
    try checkRange("--gzip", gzip, 0...9)
    if let fps, !(fps > 0 && fps <= 1000) {
      throw ValidationError("--fps is \(fps). It must be above 0 and at most 1000.")
    }
    for text in camera where text.split(separator: "=", omittingEmptySubsequences: false).count != 2 {
      throw ValidationError(
        "--camera \(text.escapingControlCharacters) is not old=new. Write for example --camera front=top.")
    }
  }

  private var options: ExportOptions {
    var options = ExportOptions(format: to)
    func keys(_ text: String?) -> [String] { text?.split(separator: ",").map(String.init) ?? [] }
    options.state = keys(state)
    options.action = action
    options.cameras = camera.map { text in
      let parts = text.split(separator: "=", omittingEmptySubsequences: false)
      return (String(parts[0]), String(parts[1]))
    }
    options.split = split
    options.task = task
    options.framesPerSecond = fps
    options.robotType = robotType
    options.imageFormat = imageFormat
    options.deflate = gzip
    options.holdsNextObservations = !noNextObservations
    options.swapsRedAndBlue = swapRedBlue
    options.isStrict = strict
    return options
  }

  func run() async throws {
    try await reportingErrors {
      StopSignal.install()
      if !isInOwnProcess, needsOwnProcess(source) {
        return try await exportInOwnProcess()
      }
      if isInOwnProcess { boundOwnProcess() }
      let out = out
      let summary = try exportEpisodes(of: source, to: out, options) { () throws(DatasetError) in try checkStop(out) }
      for line in summary.remarks.lines { print(line.escapingControlCharacters) }
      print("\(summary.episodes) episodes, \(summary.frames) frames")
      print("\(to.rawValue): \(out)")
    }
  }
}

extension Export {
  private func exportInOwnProcess() async throws {
    do {
      try await runInOwnProcess(arguments: CommandLine.arguments.dropFirst() + ["--in-own-process"])
    } catch ChildEnd.exited where StopSignal.number != 0 {
      throw ExitCode(128 + StopSignal.number)
    } catch ChildEnd.exited(let code) {
      throw ExitCode(code)
    } catch ChildEnd.died(let how) {
      discardUnfinished(out, options)
      throw InputError(
        at: SourceLocation(file: source), "\(how): the file is damaged, or asks for more memory than there is.",
        remedy: "Restore it from a backup; nothing was written.")
    }
  }
}

extension ExchangeFormat: ExpressibleByArgument {}
extension ExportOptions.ImageFormat: ExpressibleByArgument {}
