import ArgumentParser
import SeedbedGeneration

/// What every command that records takes to record in the form of a real dataset.
struct LikeArguments: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Record in the form of this real dataset (LeRobot v3.0 or v2.1): its features, names, units, rate, cameras and "
        + "coding, so that LeRobot merges both.", valueName: "dir"))
  var like: String?

  @Option(
    help: ArgumentHelp("What feeds the real dataset's features: a file of `seedbed schema draft`.", valueName: "file"))
  var map: String?

  func validate() throws {
    if map != nil, like == nil { throw ValidationError("--map says what feeds the dataset of --like. Name that too.") }
  }

  var request: LikeRequest? { like.map { LikeRequest(real: $0, map: map) } }
}
