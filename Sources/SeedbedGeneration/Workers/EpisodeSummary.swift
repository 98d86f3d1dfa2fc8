import FoundationEssentials
import SeedbedEpisodes
package import SeedbedQuality

/// What the supervisor has to know of a staged episode: enough to decide on it and to report.
package struct EpisodeSummary: Equatable, Sendable {
  package var frames = 0
  package var success = false
  /// "none" or the cause of failure.
  package var cause = "none"
  /// What is known of a failure besides its cause.
  package var reason: String?
  /// The gates that the episode does not pass.
  package var gateFailures: [GateFailure] = []
  package var seconds = StageSeconds()
  /// Physics steps in which the solver gave up on some rows.
  package var lcpMessages = 0

  package init() {}

  package init(_ grown: GrownEpisode) {
    let provenance = grown.episode.provenance
    frames = grown.episode.length
    success = provenance.success
    cause = provenance.failureCause
    seconds = grown.seconds
    lcpMessages = provenance.lcpMessages
    gateFailures = grown.gateFailures
    reason = grown.failureReason
  }

  /// One line of words; the last is JSON without blanks at its ends.
  package var line: String {
    let s = seconds
    let times = [s.physics, s.expert, s.pictures, s.encoding, s.writing, s.other].map { "\($0)" }
    let words = ["\(frames)", success ? "success" : "failure", cause, "\(lcpMessages)"] + times
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    let texts = gateFailures.isEmpty && reason == nil ? nil : try? encoder.encode(Texts(gateFailures, reason))
    return words.joined(separator: " ") + " " + (texts.map { String(decoding: $0, as: UTF8.self) } ?? "-")
  }

  package init?(line: some StringProtocol) {
    let words = line.split(separator: " ", maxSplits: 10, omittingEmptySubsequences: false)
    guard words.count == 11, let frames = Int(words[0]), let messages = Int(words[3]) else { return nil }
    let times = words[4..<10].compactMap { Double($0) }
    guard times.count == 6, words[1] == "success" || words[1] == "failure" else { return nil }
    self.frames = frames
    success = words[1] == "success"
    cause = String(words[2])
    lcpMessages = messages
    (seconds.physics, seconds.expert, seconds.pictures) = (times[0], times[1], times[2])
    (seconds.encoding, seconds.writing, seconds.other) = (times[3], times[4], times[5])
    guard words[10] != "-" else { return }
    guard let texts = try? JSONDecoder().decode(Texts.self, from: Data(words[10].utf8)) else { return nil }
    (gateFailures, reason) = (texts.gates, texts.reason)
  }

  private struct Texts: Codable {
    var gates: [GateFailure]
    var reason: String?

    init(_ gates: [GateFailure], _ reason: String?) { (self.gates, self.reason) = (gates, reason) }
  }
}
