import Diagnostics
import SeedbedScene

extension PhysicsCard {
  /// How every card to read begins.
  public static let heading = "# Physics card\n\n"

  /// The card to read.
  ///
  /// - Parameter picture: file name of the plots beside it; nil where there are none.
  public func markdown(version: String, picture: String?) -> String {
    let failed = lines.count { $0.measured != nil && !$0.passed }, missing = lines.count { $0.measured == nil }
    var text = """
      \(Self.heading)Measured by seedbed \(version) itself, \(rates.physics) steps a second, against closed forms: \(lines.count) quantities, \
      \(failed == 0 ? "all\(missing == 0 ? "" : " that were measured") within their bounds" : "**\(failed) outside of their bounds**")\
      \(missing == 0 ? "" : ", **\(missing) not measured**"). `seedbed physics-card` measures \
      them again; with `--robot` or `--scene` for another robot.


      """
    if let picture { text += "![Curves of the measurements](\(picture))\n\n" }
    for section in sections {
      text += "## \(section.title) (\(section.bench), \(section.setting))\n\n"
      text += "| quantity | unit | expected | measured | error | bound | |\n"
      text += "| --- | --- | --- | --- | --- | --- | --- |\n"
      for line in section.lines { text += row(line) }
      text += "\n"
    }
    text += "## What is not modelled\n\n"
    for item in Self.notModelled { text += "- \(item)\n" }
    return text
  }

  private func row(_ line: CardLine) -> String {
    guard let measured = line.measured.map({ significant($0, 5) }) else {
      return "| \(line.quantity)<br>\(line.note) | | | not measured | | | **not measured** |\n"
    }
    let note = line.note.isEmpty ? "" : "<br>\(line.note)"
    let formula = line.formula.isEmpty ? "" : "<br>`\(line.formula.replacing("|", with: "\\|"))`"
    return
      "| \(line.quantity)\(note) | \(line.unit) | \(significant(line.expected, 5))\(formula) | \(measured) | "
      + "\(line.errorText) | \(line.boundText) | \(line.passed ? "pass" : "**FAIL**") |\n"
  }

  /// One line a quantity, for the terminal.
  public var text: [String] {
    var result: [String] = []
    for section in sections {
      result.append("\(section.title) (\(section.bench), \(section.setting))")
      for line in section.lines {
        guard let measured = line.measured else {
          result.append("  none  \(line.quantity): not measured (\(line.note))")
          continue
        }
        result.append(
          "  \(line.passed ? "pass" : "FAIL")  \(line.quantity): \(significant(measured, 5))"
            + (line.unit.isEmpty ? "" : " " + line.unit) + ", error \(line.errorText), bound \(line.boundText)")
      }
    }
    return result
  }
}

extension CardLine {
  private var unitText: String { unit.isEmpty ? "" : " " + unit }

  /// As its bound is written.
  var errorText: String {
    guard let measured, let error else { return "" }
    switch bound {
    case .relative: return expected == 0 ? "" : percent(error / expected)
    case .absolute: return significant(error, 3) + unitText
    case .atMost, .atLeast: return significant(measured, 3) + unitText
    }
  }

  var boundText: String {
    switch bound {
    case .relative(let share): "\u{b1}" + percent(share)
    case .absolute(let most): "\u{b1}" + significant(most) + unitText
    case .atMost(let most): "\u{2264} " + significant(most) + unitText
    case .atLeast(let least): "\u{2265} " + significant(least) + unitText
    }
  }
}
