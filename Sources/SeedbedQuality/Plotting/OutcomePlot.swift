import Plotting
import Diagnostics
import SeedbedScene

/// Bars for the causes of failure, the gates and what is not in the dataset.
struct OutcomePlot {
  private struct Row {
    var name: String
    /// Of the pale and of the solid bar, episodes.
    var whole: Int, part: Int
    var note: String
  }

  private struct Section {
    var title: String
    var rows: [Row]
    var color: Canvas.Color
  }

  private static let width = 1290, margin = 16, rowHeight = 30, names = 210, bar = 460
  private let report: RunReportDocument

  init(_ report: RunReportDocument) { self.report = report }

  func canvas() -> Canvas {
    let sections = self.sections.filter { !$0.rows.isEmpty }
    let height = sections.reduce(56) { $0 + 44 + $1.rows.count * Self.rowHeight }
    var canvas = Canvas(width: Self.width, height: height + Self.margin, Palette.paper)
    let t = report.totals
    canvas.text(
      "\(t.tried) episodes: \(t.grown) grown, \(t.passed) passed, \(t.kept) kept", Self.margin, 14, Palette.ink,
      scale: 3)
    var y = 56
    for section in sections {
      canvas.text(section.title, Self.margin, y + 8, Palette.ink)
      y += 36
      for row in section.rows {
        draw(row, y, section.color, &canvas)
        y += Self.rowHeight
      }
      y += 8
    }
    return canvas
  }

  private func draw(_ row: Row, _ y: Int, _ color: Canvas.Color, _ canvas: inout Canvas) {
    let most = max(1, report.totals.tried)
    let left = Self.margin + Self.names
    canvas.text(row.name, left - 10, y + 5, Palette.ink, .right)
    canvas.fill(left, y, Self.bar, 24, Palette.panel)
    canvas.fill(left, y, length(row.whole, most), 24, Palette.grown)
    canvas.fill(left, y, length(row.part, most), 24, color)
    canvas.text(row.note, left + Self.bar + 10, y + 5, Palette.ink)
  }

  /// At least a pixel of what is there.
  private func length(_ count: Int, _ most: Int) -> Int {
    count == 0 ? 0 : max(1, Self.bar * count / most)
  }

  private var sections: [Section] {
    let t = report.totals
    let outcomes =
      [
        Row(
          name: "success", whole: t.successes, part: t.keptSuccesses,
          note: "\(t.successes) grown, \(t.keptSuccesses) kept")
      ]
      + report.causes.map {
        Row(name: $0.cause, whole: $0.grown, part: $0.kept, note: "\($0.grown) grown, \($0.kept) kept")
      }
    let gates = report.gates.map { line in
      let unit = line.unit.isEmpty ? "" : " " + line.unit.replacing("³", with: "^3")
      let bound = (line.side == .max ? "<= " : ">= ") + significant(line.bound) + unit
      return Row(
        name: line.gate.rawValue, whole: 0, part: line.failed,
        note: "\(line.failed) failed, \(percent(line.passShare)) passed (\(bound))")
    }
    let rejections = report.rejections.map {
      Row(name: $0.kind.rawValue, whole: 0, part: $0.episodes, note: "\($0.episodes) episodes")
    }
    return [
      Section(
        title: "How the grown episodes ended (pale: grown, solid: kept; full bar: \(t.tried) episodes)", rows: outcomes,
        color: Palette.passed),
      Section(title: "Episodes that fail a gate", rows: gates, color: Palette.failed),
      Section(title: "Episodes that are not in the dataset, by reason", rows: rejections, color: Palette.failed),
    ]
  }
}
