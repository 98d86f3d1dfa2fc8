import Diagnostics
import SeedbedDatasets

/// A source of a mix, opened.
struct MixSource {
  let name: String
  /// Its place among the sources.
  let place: Int
  let data: DatasetSource
  /// The episodes that may be taken, in rising order.
  var eligible: [Int]
  /// What says that it is simulated as a whole; nil: nothing does.
  let evidence: SimulationEvidence?
  /// Where each of its episodes is from.
  private let origins: EpisodeOrigins

  var directory: String { data.path }
  var framesPerSecond: Double { data.info.framesPerSecond }

  init(_ source: MixRequest.Source, place: Int, _ problems: inout MixProblems) throws(DatasetError) {
    name = source.name
    self.place = place
    var findings = FindingList()
    let opened = try DatasetSource.open(source.directory, &findings)
    let obstacles = findings.report.filter { $0.severity == .error && !Self.curable.contains($0.rule) }
    guard let data = opened, obstacles.isEmpty else {
      for finding in obstacles {
        problems.add(source.directory + (finding.file == "." ? "" : "/" + finding.file), finding.text, "")
      }
      throw DatasetError(.damaged, path: source.directory, "it cannot be read")
    }
    self.data = data
    eligible = Array(0..<data.episodes.count)
    evidence = SimulationEvidence.find(data)
    origins = try EpisodeOrigins(data, evidence)
    checkCounts(&problems)
  }

  /// What validation calls errors and a mix puts right: names and keys that are missing or in another form.
  private static let curable: Set<String> = [
    "feature-names", "feature-type", "picture-shape", "info-key", "episode-own-file",
  ]

  /// Counts that lie are found here, before anything is written.
  private func checkCounts(_ problems: inout MixProblems) {
    let info = data.info
    for (what, declared, found) in [
      ("total_episodes", info.episodes, data.episodes.count), ("total_frames", info.frames, data.episodes.frames),
    ] where declared != found {
      problems.add(
        data.path + "/meta/info.json", "\(what) is \(declared), the episodes' metadata say \(found).",
        "Look at it with 'seedbed validate', and restore what is missing.")
    }
    if data.episodes.count == 0 { problems.add(data.path, "it has no episode.", "Leave it out.") }
  }

  /// Where an episode is from: what the user says, else the episode itself, else what it looks like.
  func origin(_ k: Int, _ request: MixRequest) -> String { request.origin(of: name) ?? origins[k] }

  /// Why episodes count as simulated that do not say so themselves.
  var reasonOfSimulation: String? {
    if let evidence { return evidence.reason }
    return origins.inferred == 0 ? nil : "\(origins.inferred) of its episodes have values of columns sim.*"
  }

  /// An episode's frames after they are brought to another rate; nil for the source's own.
  func frames(_ k: Int, at rate: Int?) -> Int {
    let length = data.episodes.length(k)
    return rate.map { Resampler.frames(length, from: framesPerSecond, to: $0) } ?? length
  }
}

/// Why a dataset counts as simulated as a whole.
struct SimulationEvidence: Sendable, Equatable {
  let reason: String

  static func find(_ source: DatasetSource) -> SimulationEvidence? {
    if source.folder.exists("meta/seedbed/run.json") { return .init(reason: "it holds meta/seedbed/run.json") }
    for key in ["sim", "is_sim", "simulated", "simulation", "is_simulated"] {
      if let value = source.info.json[key], value != .bool(false), value != .null, value != .integer(Int64(0)) {
        return .init(reason: "meta/info.json has the key '\(key)'")
      }
    }
    if let origin = source.info.json["origin"]?.string, origin != "real" {
      return .init(reason: "meta/info.json says origin '\(origin)'")
    }
    let robot = source.info.robotType?.lowercased() ?? ""
    let words = robot.split { !$0.isLetter }
    for word in [
      "sim", "simulated", "simulation", "simulator", "mujoco", "isaac", "isaacsim", "isaaclab", "gazebo", "pybullet",
    ]
    where words.contains(where: { $0 == word }) {
      return .init(reason: "its robot_type is '\(source.info.robotType ?? "")'")
    }
    return nil
  }
}
