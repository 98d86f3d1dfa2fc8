import Diagnostics
import Plotting

/// Cells in rows, with a heading and the key of both colours.
struct PlotGrid {
  static let columns = 3, cellWidth = 430, cellHeight = 190, gap = 12, head = 66, inset = 12

  static let real = Palette.passed, sim = Palette.failed, both = Canvas.Color(0x3F3F46)

  let title: String
  let cells: Int

  /// Draws all cells; `draw` is handed a cell's number and upper left corner.
  func canvas(_ draw: (Int, Int, Int, inout Canvas) -> Void) -> Canvas {
    let columns = min(PlotGrid.columns, max(2, cells))
    let rows = (cells + columns - 1) / columns
    var canvas = Canvas(
      width: columns * (PlotGrid.cellWidth + PlotGrid.gap) + PlotGrid.gap,
      height: PlotGrid.head + rows * (PlotGrid.cellHeight + PlotGrid.gap), Palette.paper)
    canvas.text(title, PlotGrid.gap, 10, Palette.ink, scale: 2)
    canvas.fill(PlotGrid.gap, 36, 14, 14, PlotGrid.real)
    canvas.text("real", PlotGrid.gap + 20, 36, Palette.ink)
    canvas.fill(PlotGrid.gap + 90, 36, 14, 14, PlotGrid.sim)
    canvas.text("sim", PlotGrid.gap + 110, 36, Palette.ink)
    for i in 0..<cells {
      let x = PlotGrid.gap + i % columns * (PlotGrid.cellWidth + PlotGrid.gap)
      let y = PlotGrid.head + i / columns * (PlotGrid.cellHeight + PlotGrid.gap)
      canvas.fill(x, y, PlotGrid.cellWidth, PlotGrid.cellHeight, Palette.panel)
      draw(i, x, y, &canvas)
    }
    return canvas
  }

  /// `gap 0.35`, in the upper right corner of a cell.
  static func label(_ gap: Double, _ x: Int, _ y: Int, _ canvas: inout Canvas) {
    let text = gap > 0 && gap < 0.001 ? "<0.001" : significant((gap * 1000).rounded() / 1000, 3)
    canvas.text("gap " + text, x + cellWidth - inset, y + 8, Palette.pale, .right)
  }

  /// The end of a name, which says more than its beginning.
  static func shortened(_ text: String, _ width: Int) -> String {
    let room = max(4, width / (2 * BitmapFont.advance))
    return text.count <= room ? text : ".." + text.suffix(room - 2)
  }
}
