import Diagnostics
import SeedbedScene

extension RunReportDocument {
  /// The report for people, with a line feed at the end.
  public func text() -> String {
    var lines: [String] = []
    let t = totals
    lines.append(
      "\(t.tried) episodes tried, \(t.grown) grown, \(t.passed) passed all gates (\(percent(t.passed, of: t.grown))), "
        + "\(t.kept) kept (--keep \(keep))")
    lines.append(
      "success: \(t.successes) of \(t.grown) grown (\(percent(t.successes, of: t.grown))), "
        + "\(t.keptSuccesses) of \(t.kept) kept (\(percent(t.keptSuccesses, of: t.kept)))")
    lines.append(
      "dataset: \(dataset.frames) frames, \(dataset.bytes) bytes; an episode has "
        + "\(significant(dataset.framesPerEpisode)) frames and \(significant(dataset.bytesPerEpisode)) bytes")
    lines.append("speed and cost: \(speed)")
    lines += table(
      "gates", ["bound", "failed", "passed"],
      gates.map { line in
        let sign = line.side == .max ? "<= " : ">= "
        let unit = line.unit.isEmpty ? "" : " " + line.unit
        return (
          line.gate.rawValue, [sign + significant(line.bound) + unit, "\(line.failed)", percent(line.passShare)]
        )
      })
    lines += table("failures", ["grown", "kept"], causes.map { ($0.cause, ["\($0.grown)", "\($0.kept)"]) })
    lines += table("not in the dataset", ["episodes"], rejections.map { ($0.kind.rawValue, ["\($0.episodes)"]) })
    for line in rejections {
      guard let example = rejected.first(where: { $0.kind == line.kind }) else { continue }
      lines.append("  \(line.kind.rawValue), episode \(example.episode): \(example.reason)")
    }
    lines += axisLines()
    return lines.joined(separator: "\n") + "\n"
  }

  /// Four lines an axis: what was drawn, and how it went.
  private func axisLines() -> [String] {
    guard !axes.isEmpty else { return [] }
    var lines = [
      "",
      "axes: what each bin drew, and the shares of its grown episodes that succeeded and that passed all gates in %",
    ]
    for axis in axes {
      guard axis.drawn > 0 else {
        lines.append("  \(axis.path): never drawn")
        continue
      }
      let range =
        axis.isDiscrete
        ? "values " + axis.bins.map { significant($0.lower) }.joined(separator: " ")
        : "\(significant(axis.lowest)) to \(significant(axis.highest)) in \(axis.bins.count) equal bins"
      lines.append("  \(axis.path): \(range), drawn \(axis.drawn) times")
      let counts = axis.bins.map { "\($0.drawn)" }
      let successes = axis.bins.map { $0.successPercent.map { "\($0)" } ?? "-" }
      let passes = axis.bins.map { $0.passPercent.map { "\($0)" } ?? "-" }
      let width = (counts + successes + passes).map(\.count).max() ?? 1
      for (name, cells) in [("drawn", counts), ("success %", successes), ("passed %", passes)] {
        lines.append(
          "    " + name + String(repeating: " ", count: 10 - name.count)
            + cells.map { padded($0, width) }.joined(separator: " "))
      }
    }
    return lines
  }

  private func table(_ title: String, _ head: [String], _ rows: [(name: String, cells: [String])]) -> [String] {
    guard !rows.isEmpty else { return [] }
    let nameWidth = max(title.count, 2 + (rows.map(\.name.count).max() ?? 0)) + 2
    let widths = head.indices.map { i in max(head[i].count, rows.map { $0.cells[i].count }.max() ?? 0) }
    func line(_ name: String, _ cells: [String]) -> String {
      name + String(repeating: " ", count: nameWidth - name.count)
        + zip(cells, widths).map { padded($0, $1) }.joined(separator: "  ")
    }
    return ["", line(title, head)] + rows.map { line("  " + $0.name, $0.cells) }
  }

  /// Right-aligned.
  private func padded(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(0, width - text.count)) + text
  }
}
