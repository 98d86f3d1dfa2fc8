/// What the packer process is told, a line each, in the order of the episodes' numbers.
package enum PackOrder: Equatable, Sendable {
  /// The staged episode k of the run becomes the dataset's next one.
  case keep(Int)
  /// The staged episode k is left out, and why.
  case reject(Int, kind: String, reason: String)
  /// Episode k could not be grown.
  case quarantine(Int, signal: String, reason: String)
  /// The dataset ends here: it gets its report and its hashes, and real folders in place of the links.
  case settle(keepingWork: Bool)

  package var line: String {
    switch self {
    case .keep(let k): "keep \(k)\n"
    case .reject(let k, let kind, let reason): "reject \(k) \(kind) \(LineText.escape(reason))\n"
    case .quarantine(let k, let signal, let reason):
      "quarantine \(k) \(signal.split(separator: " ").joined(separator: "-")) \(LineText.escape(reason))\n"
    case .settle(let keepingWork): "settle \(keepingWork ? 1 : 0)\n"
    }
  }

  package init?(line: some StringProtocol) {
    let words = line.split(separator: " ", maxSplits: 3, omittingEmptySubsequences: false)
    guard words.count >= 2, let k = Int(words[1]), k >= 0 else { return nil }
    switch (words[0], words.count) {
    case ("keep", 2): self = .keep(k)
    case ("reject", 4): self = .reject(k, kind: String(words[2]), reason: LineText.unescape(words[3]))
    case ("quarantine", 4): self = .quarantine(k, signal: String(words[2]), reason: LineText.unescape(words[3]))
    case ("settle", 2): self = .settle(keepingWork: k == 1)
    default: return nil
    }
  }

  /// The episode of the run that it is about.
  package var episode: Int? {
    switch self {
    case .keep(let k), .reject(let k, _, _), .quarantine(let k, _, _): k
    case .settle: nil
    }
  }
}
