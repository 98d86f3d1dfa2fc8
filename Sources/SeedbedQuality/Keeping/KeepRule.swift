public import Diagnostics
import SeedbedTrials

/// Which grown episodes go into the dataset (`--keep`).
///
/// An episode that no dataset can hold (`Gate.isIndispensable`) is never kept. Of the others
/// * `all` keeps every one;
/// * `passed` keeps those that pass all gates, successes and failures alike;
/// * `successes` keeps the successes that pass all gates.
///
/// `failures=CAUSE:N,…` beside one of these sets a quota: of the failures with that cause the first N are kept and no
/// more — those that pass all gates, or with `all` any. Causes without a quota are as the other word says; where there is
/// no other word, it is `successes`.
public struct KeepRule: Sendable, Codable, Equatable {
  public enum Base: String, Sendable, Codable, CaseIterable {
    case all, passed, successes
  }

  public var base: Base
  /// How many failures of a cause are kept; by cause.
  public var quotas: [String: Int]

  public init(_ base: Base = .all, quotas: [String: Int] = [:]) {
    self.base = base
    self.quotas = quotas
  }

  /// What was asked for, as it can be written on the command line.
  public var text: String {
    let quotas = quotas.sorted { $0.key < $1.key }.map { "\($0.key):\($0.value)" }
    return quotas.isEmpty ? base.rawValue : base.rawValue + ",failures=" + quotas.joined(separator: ",")
  }
}

extension KeepRule {
  /// The causes of failure that quotas can name.
  public static let causes = FailureCause.allCases.map(\.rawValue)

  /// From the texts behind `--keep`, several together: `successes`, `failures=slipped:50,dropped:20`, or both with a
  /// comma between. Without any text: `all`.
  public init(parsing arguments: [String]) throws(InputError) {
    var base: Base?
    var quotas: [String: Int] = [:]
    for argument in arguments {
      let place = SourceLocation(file: "--keep \(argument)")
      var isList = false
      for word in argument.split(separator: ",", omittingEmptySubsequences: false).map(String.init) {
        let quota = word.hasPrefix("failures=") ? String(word.dropFirst("failures=".count)) : word
        isList = isList || quota != word
        if let named = Base(rawValue: word) {
          if let base, base != named {
            throw InputError(
              at: place, "`\(named.rawValue)` contradicts `\(base.rawValue)`.",
              remedy: "Ask for one of \(Base.allCases.map(\.rawValue).joined(separator: ", ")).")
          }
          base = named
          isList = false
        } else if isList {
          let (cause, count) = try Self.quota(quota, at: place)
          if quotas[cause] != nil {
            throw InputError(at: place, "`\(cause)` has two quotas.", remedy: "Write one.")
          }
          quotas[cause] = count
        } else {
          throw Self.unknown(word, at: place)
        }
      }
    }
    self.init(base ?? (quotas.isEmpty ? .all : .successes), quotas: quotas)
  }

  private static func quota(_ text: String, at place: SourceLocation) throws(InputError) -> (String, Int) {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 2 else {
      throw InputError(
        at: place, "`\(text)` is no quota.", remedy: "Write CAUSE:N, for example failures=slipped:50,dropped:20.")
    }
    guard causes.contains(parts[0]) else {
      let remedy =
        closestMatch(to: parts[0], among: causes).map { "Did you mean `\($0)`?" }
        ?? "There are: \(causes.joined(separator: ", "))."
      throw InputError(at: place, "`\(parts[0])` is no cause of failure.", remedy: remedy)
    }
    let most = 10_000_000
    guard let count = Int(parts[1]), (0...most).contains(count) else {
      throw InputError(
        at: place, "The quota of `\(parts[0])` is `\(parts[1])`, but must be a whole number from 0 to \(most).",
        remedy: "Change it.")
    }
    return (parts[0], count)
  }

  private static func unknown(_ word: String, at place: SourceLocation) -> InputError {
    let words = Base.allCases.map(\.rawValue)
    let remedy =
      closestMatch(to: word, among: words + ["failures"]).map {
        $0 == "failures" ? "Write failures=slipped:50." : "Did you mean `\($0)`?"
      } ?? "Write \(words.joined(separator: ", ")) or failures=CAUSE:N."
    return InputError(at: place, "`\(word)` is nothing that can be kept.", remedy: remedy)
  }
}
