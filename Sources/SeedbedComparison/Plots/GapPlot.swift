import Diagnostics
import Plotting

/// Bars, the worst first.
struct GapPlot {
  private static let width = 1290, margin = 16, rowHeight = 30, names = 560, bar = 560
  private let rows: [(name: String, gap: Double)]

  init(_ comparison: Comparison) {
    rows = comparison.features.flatMap { feature in
      Comparison.told(feature).map { gap in
        (feature.name + (gap.dimension.map { " " + $0 } ?? "") + ": " + gap.aspect.rawValue, gap.gap)
      }
    }.enumerated().sorted { ($1.element.gap, $0.offset) < ($0.element.gap, $1.offset) }.prefix(30).map(\.element)
  }

  func canvas() -> Canvas {
    var canvas = Canvas(
      width: Self.width, height: 66 + max(1, rows.count) * Self.rowHeight + Self.margin, Palette.paper)
    canvas.text("The largest gaps between sim and real", Self.margin, 12, Palette.ink, scale: 3)
    canvas.text("0: alike, 1: nothing in common", Self.margin, 42, Palette.pale)
    if rows.isEmpty { canvas.text("none", Self.margin, 70, Palette.ink) }
    let left = Self.margin + Self.names
    for (i, row) in rows.enumerated() {
      let y = 66 + i * Self.rowHeight
      canvas.text(PlotGrid.shortened(row.name, Self.names - 12), left - 10, y + 5, Palette.ink, .right)
      canvas.fill(left, y, Self.bar, 24, Palette.panel)
      canvas.fill(left, y, max(1, Int(row.gap * Double(Self.bar))), 24, PlotGrid.sim)
      canvas.text(significant(row.gap, 3), left + Self.bar + 10, y + 5, Palette.ink)
    }
    return canvas
  }
}
