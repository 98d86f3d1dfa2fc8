import Diagnostics
package import SeedbedScene

/// What supervisor and worker say to each other, one line each over the worker's standard input and output.
package enum WorkerJob: Equatable, Sendable {
  /// Grow episode k of the run and stage it.
  case grow(Int)
  /// Regrow episode k of the dataset and compare.
  case check(Int)
  /// Play the actions of episode k of the dataset again.
  case replay(Int, ActionSpace)

  var episode: Int {
    switch self {
    case .grow(let k), .check(let k), .replay(let k, _): k
    }
  }

  package var line: String {
    switch self {
    case .grow(let k): "grow \(k)\n"
    case .check(let k): "check \(k)\n"
    case .replay(let k, let space): "replay \(k) \(space.name)\n"
    }
  }

  package init?(line: some StringProtocol) {
    let words = line.split(separator: " ")
    guard words.count >= 2, let k = Int(words[1]), k >= 0 else { return nil }
    switch (words[0], words.count) {
    case ("grow", 2): self = .grow(k)
    case ("check", 2): self = .check(k)
    case ("replay", 3):
      guard let space = try? ActionSpace(parsing: String(words[2]), at: .init(file: "job")) else { return nil }
      self = .replay(k, space)
    default: return nil
    }
  }
}

/// What a worker says. Texts are escaped so that a message is always one line.
package enum WorkerReply: Equatable, Sendable {
  /// The worker has read the store and takes jobs.
  case ready
  /// The worker is at work: said about once a second.
  case alive
  /// Episode k is staged; the staged file's size.
  case grown(Int, bytes: Int, EpisodeSummary)
  /// Episode k regrew to the same bytes; CPU seconds.
  case identical(Int, seconds: Double)
  /// Episode k differs; the first difference in words.
  case differs(Int, String)
  /// An episode's actions were played again.
  case replayed(ReplayEnding)
  /// Episode k cannot be grown or read; the exit code that fits, and the reason.
  case failed(Int, kind: GenerationError.Kind, String)

  package var line: String {
    switch self {
    case .ready: "ready\n"
    case .alive: "alive\n"
    case .grown(let k, let bytes, let summary): "grown \(k) \(bytes) \(summary.line)\n"
    case .identical(let k, let seconds): "identical \(k) \(seconds)\n"
    case .differs(let k, let text): "differs \(k) \(LineText.escape(text))\n"
    case .replayed(let ending): "replayed \(ending.episode) \(ending.line)\n"
    case .failed(let k, let kind, let text): "failed \(k) \(kind.rawValue) \(LineText.escape(text))\n"
    }
  }

  package init?(line: some StringProtocol) {
    let words = line.split(separator: " ", maxSplits: 2, omittingEmptySubsequences: false)
    if words.count == 1, words[0] == "ready" || words[0] == "alive" {
      self = words[0] == "ready" ? .ready : .alive
      return
    }
    guard words.count >= 2, let k = Int(words[1]) else { return nil }
    let rest = words.count > 2 ? words[2][...] : ""
    let parts = rest.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: false)
    switch words[0] {
    case "grown":
      guard parts.count == 2, let bytes = Int(parts[0]), let summary = EpisodeSummary(line: parts[1]) else {
        return nil
      }
      self = .grown(k, bytes: bytes, summary)
    case "identical":
      guard let seconds = Double(rest) else { return nil }
      self = .identical(k, seconds: seconds)
    case "differs": self = .differs(k, LineText.unescape(rest))
    case "replayed":
      guard let ending = ReplayEnding(episode: k, line: Substring(rest)) else { return nil }
      self = .replayed(ending)
    case "failed":
      guard parts.count == 2, let code = Int32(parts[0]), let kind = GenerationError.Kind(rawValue: code) else {
        return nil
      }
      self = .failed(k, kind: kind, LineText.unescape(parts[1]))
    default: return nil
    }
  }
}
