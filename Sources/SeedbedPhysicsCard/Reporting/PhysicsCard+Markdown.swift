import Diagnostics
import SeedbedScene

extension PhysicsCard {
  /// The card to read.
  ///
  /// - Parameter picture: file name of the plots beside it; nil where there are none.
  public func markdown(version: String, picture: String?) -> String {
    let failed = lines.count { !$0.passed }
    var text = """
      # Physics card

      Measured by seedbed \(version) itself, \(rates.physics) steps a second, against closed forms: \(lines.count) quantities, \
      \(failed == 0 ? "all within their bounds" : "**\(failed) outside of their bounds**"). `seedbed physics-card` measures \
      them again; with `--robot` or `--scene` for another robot.


      """
    if let picture { text += "![Curves of the measurements](\(picture))\n\n" }
    for section in sections {
      text += "## \(section.title) (\(section.bench))\n\n"
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
    let measured = line.measured.map { significant($0, 5) } ?? "not measured"
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
      result.append("\(section.title) (\(section.bench))")
      for line in section.lines {
        let measured = line.measured.map { significant($0, 5) + (line.unit.isEmpty ? "" : " " + line.unit) }
        result.append(
          "  \(line.passed ? "pass" : "FAIL")  \(line.quantity): \(measured ?? "not measured (\(line.note))")"
            + (line.measured == nil ? "" : ", error \(line.errorText), bound \(line.boundText)"))
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
