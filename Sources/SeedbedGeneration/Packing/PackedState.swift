import FoundationEssentials
import SeedbedDatasets
import SeedbedEpisodes
import SeedbedQuality

/// How far a generation is: stands beside its dataset as `packed.json`.
struct PackedState: Codable, Equatable, Sendable {
  /// The run's first episode that is neither packed nor left out.
  var next: Int
  /// Episodes in the dataset, and those left out.
  var episodes = 0
  var skipped = 0
  var successes = 0
  /// Failed episodes in the dataset by cause.
  var causes: [String: Int] = [:]
  var quarantined = 0

  init(next: Int) { self.next = next }

  static func path(_ generation: String) -> String { generation + "/packed.json" }
  static func checkpoint(_ generation: String) -> String { generation + "/checkpoint" }

  func write(_ generation: String) throws(GenerationError) {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    guard let data = try? encoder.encode(self) else { throw GenerationError("the packed state cannot be encoded") }
    try writeFile(PackedState.path(generation), Array(data), synced: true)
  }

  /// Of a folder that holds a dataset, or only a run's store; `first`: the run's first episode.
  init(generation: String, first: Int) throws(GenerationError) {
    let path = PackedState.path(generation)
    if isThere(path), let state = try? JSONDecoder().decode(PackedState.self, from: Data(try readFile(path))) {
      self = state
      return
    }
    self.init(next: first)
    do {
      for record in try SkippedLog.read(generation) {
        skipped += 1
        if record.kind == Rejection.quarantined.rawValue { quarantined += 1 }
      }
      if isThere(generation + "/meta/info.json") {
        let reader = try LeRobotReader(directory: generation)
        episodes = reader.episodeCount
        for k in 0..<episodes {
          guard let provenance = try reader.episodeMetadata(k).provenance else {
            throw GenerationError("\(generation): episode \(k) has no origin columns", kind: .input)
          }
          if provenance.success { successes += 1 } else { causes[provenance.failureCause, default: 0] += 1 }
        }
      }
    } catch let error as GenerationError {
      throw error
    } catch {
      throw GenerationError("\(error)", kind: .input)
    }
    next = first + episodes + skipped
  }
}
