import Plotting
import Diagnostics
/// A grid of histograms, one an axis: what was drawn, and how much of it passed.
struct CoveragePlot {
  static let cellsAPage = 60
  private static let columns = 3, cellWidth = 460, cellHeight = 220, gap = 12, head = 112
  /// Inside a cell, from its upper edge: the shares, the bars, the counts, the values and the last line.
  private static let inset = 14, shares = 34, top = 54, bottom = 146, counts = 151, values = 174, foot = 196

  let axes: [AxisCoverage]
  let page: Int, pages: Int
  let totals: RunReportDocument.Totals

  func canvas() -> Canvas {
    let rows = (axes.count + Self.columns - 1) / Self.columns
    var canvas = Canvas(
      width: Self.columns * (Self.cellWidth + Self.gap) + Self.gap,
      height: Self.head + rows * (Self.cellHeight + Self.gap), Palette.paper)
    heading(&canvas)
    for (i, axis) in axes.enumerated() {
      let x = Self.gap + i % Self.columns * (Self.cellWidth + Self.gap)
      let y = Self.head + i / Self.columns * (Self.cellHeight + Self.gap)
      draw(axis, x, y, &canvas)
    }
    return canvas
  }

  private func heading(_ canvas: inout Canvas) {
    let number = pages > 1 ? " (\(page) of \(pages))" : ""
    canvas.text("Coverage of the randomised axes\(number)", Self.gap, 10, Palette.ink, scale: 3)
    canvas.fill(Self.gap, 42, 14, 14, Palette.grown)
    canvas.text("drawn: \(totals.tried) episodes", Self.gap + 22, 42, Palette.ink)
    canvas.fill(Self.gap + 400, 42, 14, 14, Palette.passed)
    canvas.text("passed all gates: \(totals.passed)", Self.gap + 422, 42, Palette.ink)
    canvas.text(
      "above a bar: % of its grown episodes that passed all gates; below it: episodes that drew it.", Self.gap, 66,
      Palette.pale)
    canvas.text(
      "Values in SI units as in the scene file (m, kg, rad, N); a choice among things by its number from 0.", Self.gap,
      88, Palette.pale)
  }

  private func draw(_ axis: AxisCoverage, _ x: Int, _ y: Int, _ canvas: inout Canvas) {
    canvas.fill(x, y, Self.cellWidth, Self.cellHeight, Palette.panel)
    let width = Self.cellWidth - 2 * Self.inset
    let left = x + Self.inset
    canvas.text(Self.shortened(axis.path, width), left, y + 10, Palette.ink)
    guard !axis.bins.isEmpty else {
      canvas.text("never drawn", left, y + Self.top, Palette.pale)
      return
    }
    let most = max(1, axis.bins.map(\.drawn).max() ?? 1)
    let n = axis.bins.count
    for (i, bin) in axis.bins.enumerated() {
      let start = left + width * i / n, end = left + width * (i + 1) / n
      let middle = (start + end) / 2
      let full = Self.bottom - Self.top
      let drawn = full * bin.drawn / most, passed = full * bin.passed / most
      canvas.fill(start + 1, y + Self.bottom - drawn, end - start - 2, drawn, Palette.grown)
      canvas.fill(start + 1, y + Self.bottom - passed, end - start - 2, passed, Palette.passed)
      let share = bin.passPercent.map { "\($0)" } ?? "-"
      fit(share, middle, y + Self.shares, end - start, Palette.ink, &canvas)
      fit("\(bin.drawn)", middle, y + Self.counts, end - start, Palette.pale, &canvas)
      if axis.isDiscrete { fit(significant(bin.lower, 3), middle, y + Self.values, end - start, Palette.ink, &canvas) }
    }
    canvas.fill(left, y + Self.bottom, width, 1, Palette.pale)
    if !axis.isDiscrete {
      canvas.text(significant(axis.lowest), left, y + Self.values, Palette.ink)
      canvas.text(significant(axis.highest), left + width, y + Self.values, Palette.ink, .right)
    }
    let step = (axis.highest - axis.lowest) / Double(n)
    let kind = axis.isDiscrete ? "\(n) \(n == 1 ? "value" : "values")" : "\(n) bins of \(significant(step, 3))"
    canvas.text(
      "\(axis.drawn) draws, \(kind)", left + width, y + Self.foot, Palette.pale, .right)
  }

  /// In large letters where there is room for them.
  private func fit(
    _ text: String, _ middle: Int, _ y: Int, _ width: Int, _ color: Canvas.Color, _ canvas: inout Canvas
  ) {
    canvas.text(text, middle, y, color, scale: Canvas.width(of: text) <= width - 2 ? 2 : 1, .middle)
  }

  /// The end of a path, which says more than its beginning.
  private static func shortened(_ path: String, _ width: Int) -> String {
    let room = width / (2 * BitmapFont.advance)
    return path.count <= room ? path : ".." + path.suffix(room - 2)
  }
}
