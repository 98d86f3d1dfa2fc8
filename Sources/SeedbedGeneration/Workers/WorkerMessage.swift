/// What supervisor and worker say to each other, one line each over the worker's standard input and output.
package enum WorkerJob: Equatable, Sendable {
  /// Grow episode k of the run and stage it.
  case grow(Int)
  /// Regrow episode k of the dataset and compare.
  case check(Int)

  var episode: Int {
    switch self {
    case .grow(let k), .check(let k): k
    }
  }

  package var line: String {
    switch self {
    case .grow(let k): "grow \(k)\n"
    case .check(let k): "check \(k)\n"
    }
  }

  package init?(line: some StringProtocol) {
    let words = line.split(separator: " ")
    guard words.count == 2, let k = Int(words[1]), k >= 0 else { return nil }
    switch words[0] {
    case "grow": self = .grow(k)
    case "check": self = .check(k)
    default: return nil
    }
  }
}

/// A worker's answer. Texts are escaped so that an answer is always one line.
package enum WorkerReply: Equatable, Sendable {
  /// Episode k is staged; CPU seconds of staging.
  case grown(Int, writingSeconds: Double)
  /// Episode k regrew to the same bytes; CPU seconds.
  case identical(Int, seconds: Double)
  /// Episode k differs; the first difference in words.
  case differs(Int, String)
  /// Episode k cannot be grown or read; the reason.
  case failed(Int, String)

  package var line: String {
    switch self {
    case .grown(let k, let seconds): "grown \(k) \(seconds)\n"
    case .identical(let k, let seconds): "identical \(k) \(seconds)\n"
    case .differs(let k, let text): "differs \(k) \(Self.escape(text))\n"
    case .failed(let k, let text): "failed \(k) \(Self.escape(text))\n"
    }
  }

  package init?(line: some StringProtocol) {
    let words = line.split(separator: " ", maxSplits: 2, omittingEmptySubsequences: false)
    guard words.count >= 2, let k = Int(words[1]) else { return nil }
    let rest = words.count > 2 ? String(words[2]) : ""
    switch words[0] {
    case "grown":
      guard let seconds = Double(rest) else { return nil }
      self = .grown(k, writingSeconds: seconds)
    case "identical":
      guard let seconds = Double(rest) else { return nil }
      self = .identical(k, seconds: seconds)
    case "differs": self = .differs(k, Self.unescape(rest))
    case "failed": self = .failed(k, Self.unescape(rest))
    default: return nil
    }
  }

  private static func escape(_ text: String) -> String {
    text.split(separator: "\\", omittingEmptySubsequences: false).joined(separator: "\\\\")
      .split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\\n")
      .split(separator: "\r", omittingEmptySubsequences: false).joined(separator: " ")
  }

  private static func unescape(_ text: String) -> String {
    var result = ""
    var escaped = false
    for character in text {
      if escaped {
        result.append(character == "n" ? "\n" : character)
        escaped = false
      } else if character == "\\" {
        escaped = true
      } else {
        result.append(character)
      }
    }
    return result
  }
}
