import Diagnostics
import FoundationEssentials
import SeedbedScene

extension PhysicsCard {
  private struct Document: Encodable {
    var generator: String
    var physicsRate: Int
    var passed: Bool
    var lines: [Line]
    var notModelled: [String]
  }

  private struct Line: Encodable {
    var section: String, bench: String, setting: String, quantity: String, unit: String, formula: String, note: String
    var expected: Double
    var measured: Double?, error: Double?
    /// `relative`, `absolute`, `at_most` or `at_least`.
    var boundKind: String
    var bound: Double
    var passed: Bool
  }

  /// All numbers with eight significant digits; the same build gives the same bytes.
  public func json(version: String) -> [UInt8] {
    func rounded(_ value: Double) -> Double { Double(significant(value, 8)) ?? value }
    let lines = sections.flatMap { section in
      section.lines.map { line in
        let (kind, bound) =
          switch line.bound {
          case .relative(let share): ("relative", share)
          case .absolute(let most): ("absolute", most)
          case .atMost(let most): ("at_most", most)
          case .atLeast(let least): ("at_least", least)
          }
        let measured = line.measured.flatMap { $0.isFinite ? rounded($0) : nil }
        return Line(
          section: section.title, bench: section.bench, setting: section.setting, quantity: line.quantity,
          unit: line.unit, formula: line.formula, note: line.note, expected: rounded(line.expected), measured: measured,
          error: measured.map { rounded($0 - line.expected) }, boundKind: kind, bound: bound, passed: line.passed)
      }
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted]
    encoder.keyEncodingStrategy = .convertToSnakeCase
    let document = Document(
      generator: version, physicsRate: rates.physics, passed: passed, lines: lines, notModelled: Self.notModelled)
    guard let data = try? encoder.encode(document) else { preconditionFailure("a card holds finite numbers only") }
    return Array(data) + [10]
  }
}
