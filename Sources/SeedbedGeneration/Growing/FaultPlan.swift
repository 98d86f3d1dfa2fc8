import Glibc

/// Damage that tests do on purpose: `SEEDBED_TEST_FAULT=black@4,jerk@8,abort@*` (see Documentation/testing.md).
///
/// Without the variable nothing is looked at. An episode's damage depends on its number alone, never on who grows it.
public struct FaultPlan: Sendable, Equatable {
  public enum Kind: String, Sendable, CaseIterable {
    // Of the recorded data.
    case nan, black, frozenPicture = "frozen-picture", frozenJoint = "frozen-joint", timeGap = "time-gap", jerk
    case missingFrames = "missing-frames", velocity
    // Of the process.
    case abort, hang, memory, trap
  }

  /// All that happens to one episode.
  public struct Fault: Sendable, Equatable {
    public var kinds: [Kind]
    public init(_ kinds: [Kind]) { self.kinds = kinds }
  }

  private struct Entry: Sendable, Equatable {
    var kind: Kind
    /// nil: every episode.
    var episode: Int?
  }

  private var entries: [Entry] = []

  /// What this process was started with; nil without the variable.
  static let ofProcess: FaultPlan? = getenv("SEEDBED_TEST_FAULT").flatMap { value in
    let text = String(cString: value)
    guard !text.isEmpty else { return nil }
    do {
      return try FaultPlan(text)
    } catch {
      // A test that damages nothing would pass for the wrong reason.
      fatalError("\(error)")
    }
  }

  public init(_ text: String) throws(GenerationError) {
    for word in text.split(separator: ",", omittingEmptySubsequences: false) {
      let parts = word.split(separator: "@", omittingEmptySubsequences: false).map(String.init)
      let episode = parts.count == 2 ? Int(parts[1]) : nil
      guard parts.count == 2, let kind = Kind(rawValue: parts[0]), parts[1] == "*" || (episode ?? -1) >= 0 else {
        throw GenerationError(
          "SEEDBED_TEST_FAULT: `\(word)` is no fault. Write KIND@EPISODE or KIND@*; kinds: "
            + Kind.allCases.map(\.rawValue).joined(separator: ", ") + ".", kind: .usage)
      }
      entries.append(Entry(kind: kind, episode: episode))
    }
  }

  /// What happens to an episode of this number in its run; nil: nothing.
  public func fault(in episode: Int) -> Fault? {
    let kinds = entries.filter { $0.episode == nil || $0.episode == episode }.map(\.kind)
    return kinds.isEmpty ? nil : Fault(kinds)
  }
}
