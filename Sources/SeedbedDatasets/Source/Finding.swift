/// One thing that is wrong or odd about a dataset, and what to do about it.
public struct Finding: Sendable, Equatable {
  public enum Severity: String, Sendable {
    /// Training, merging or reading goes wrong, or gives other data than was recorded.
    case error
    /// Works, but slower, or not with every tool.
    case warning
  }

  public var severity: Severity
  /// A stable name of the check, for programs: "video-frame-count".
  public var rule: String
  /// Inside the dataset, "meta/info.json"; "." for the whole.
  public var file: String
  public var episode: Int?
  public var feature: String?
  /// What is wrong, with the value. One sentence.
  public var message: String
  /// What to do. One sentence.
  public var remedy: String

  /// `[episode k: ]['feature': ]what is wrong. What to do.`
  public var text: String {
    let place = (episode.map { "episode \($0): " } ?? "") + (feature.map { "'\($0)': " } ?? "")
    return place + message + (remedy.isEmpty ? "" : " " + remedy)
  }
}

/// Findings as they come up; of many alike only the first are kept, the others counted.
package struct FindingList: Sendable {
  /// So many of a kind (one rule, one feature) are kept.
  static let keptPerKind = 5

  private struct Kind: Hashable {
    var rule: String
    var feature: String?
    var severity: Finding.Severity
  }

  package private(set) var findings: [Finding] = []
  private var counts: [Kind: Int] = [:]
  /// Whether each kind's findings have an end: how many more there are, and in which file the last one is.
  private var last: [Kind: Finding] = [:]
  /// Comparisons made.
  package var checks = 0

  package init() {}

  package private(set) var errorCount = 0
  private(set) var warningCount = 0

  mutating func add(_ finding: Finding) { add(finding, count: 1) }

  private mutating func add(_ finding: Finding, count: Int) {
    let kind = Kind(rule: finding.rule, feature: finding.feature, severity: finding.severity)
    let before = counts[kind, default: 0]
    counts[kind] = before + count
    if finding.severity == .error { errorCount += count } else { warningCount += count }
    if before < FindingList.keptPerKind { findings.append(finding) } else { last[kind] = finding }
  }

  mutating func error(
    _ rule: String, _ file: String, episode: Int? = nil, feature: String? = nil, _ message: String, _ remedy: String
  ) {
    add(
      Finding(
        severity: .error, rule: rule, file: file, episode: episode, feature: feature, message: message, remedy: remedy))
  }

  mutating func warning(
    _ rule: String, _ file: String, episode: Int? = nil, feature: String? = nil, _ message: String, _ remedy: String
  ) {
    add(
      Finding(
        severity: .warning, rule: rule, file: file, episode: episode, feature: feature, message: message,
        remedy: remedy))
  }

  /// Counts a check and says whether it holds.
  mutating func holds(_ condition: Bool) -> Bool {
    checks += 1
    return condition
  }

  /// Adds what another list gathered, in its order.
  mutating func merge(_ other: FindingList) {
    checks += other.checks
    for finding in other.findings { add(finding) }
    for (kind, more) in other.last {
      add(more, count: max(0, (other.counts[kind] ?? 0) - FindingList.keptPerKind))
    }
  }

  /// The findings kept, and behind them a line for each kind of which there are more.
  package var report: [Finding] {
    findings
      + last.sorted {
        ($0.value.file, $0.key.rule, $0.key.feature ?? "") < ($1.value.file, $1.key.rule, $1.key.feature ?? "")
      }
      .map { kind, finding in
        var summary = finding
        summary.episode = nil
        summary.message = "there are \((counts[kind] ?? 0) - FindingList.keptPerKind) more findings of this kind."
        summary.remedy = ""
        return summary
      }
  }
}

extension DatasetError {
  /// The error that a finding is for those who cannot go on with it.
  package init(_ finding: Finding, directory: String) {
    let place = finding.file == "." ? directory : directory + "/" + finding.file
    let feature = finding.feature.map { "'\($0)': " } ?? ""
    self.init(
      .damaged, path: place, episode: finding.episode,
      feature + finding.message + (finding.remedy.isEmpty ? "" : " " + finding.remedy))
  }
}
