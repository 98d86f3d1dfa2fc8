import Diagnostics
public import PNG
import Plotting
import SeedbedScene

extension PhysicsCard {
  private static let columns = 2, cell = (width: 720, height: 380), gap = 14, head = 58
  private static let colors: [Canvas.Color] = [
    Palette.passed, Palette.failed, Canvas.Color(0x0F766E), Canvas.Color(0x9D174D),
  ]

  /// All curves in one picture, and how much of its bound each line uses.
  public func picture() throws(PNGError) -> [UInt8] {
    let bars = BoundBars(lines: lines)
    let rows = (figures.count + Self.columns - 1) / Self.columns
    let width = Self.columns * (Self.cell.width + Self.gap) + Self.gap
    let top = Self.head + rows * (Self.cell.height + Self.gap)
    var canvas = Canvas(width: width, height: top + bars.height + Self.gap, Palette.paper)
    canvas.text("Physics card: measured curves, \(rates.physics) steps a second", Self.gap, 16, Palette.ink, scale: 3)
    for (i, figure) in figures.enumerated() {
      let series = figure.traces.enumerated().map { k, trace in
        LineChart.Series(trace.name, Array(zip(trace.x, trace.y)).map { (x: $0.0, y: $0.1) }, Self.colors[k % 4])
      }
      LineChart(figure.title, x: figure.x, y: figure.y, series).draw(
        on: &canvas, x: Self.gap + i % Self.columns * (Self.cell.width + Self.gap),
        y: Self.head + i / Self.columns * (Self.cell.height + Self.gap), width: Self.cell.width,
        height: Self.cell.height)
    }
    bars.draw(on: &canvas, x: Self.gap, y: top, width: width - 2 * Self.gap)
    return try canvas.png()
  }
}

/// A bar a line: the error as a share of its bound, on a scale of powers of ten.
private struct BoundBars {
  let lines: [CardLine]
  private static let row = 24, head = 64, names = 760
  /// Powers of ten below the bound, and above it.
  private static let below = 5, above = 1

  var height: Int { Self.head + lines.count * Self.row + 12 }

  func draw(on canvas: inout Canvas, x: Int, y: Int, width: Int) {
    canvas.fill(x, y, width, height, Palette.panel)
    canvas.text("Error as a share of its bound (1: the bound itself)", x + 12, y + 10, Palette.ink)
    let left = x + Self.names, full = width - Self.names - 110
    for power in -Self.below...Self.above {
      let tick = left + full * (power + Self.below) / (Self.below + Self.above)
      canvas.fill(tick, y + Self.head - 6, power == 0 ? 3 : 1, lines.count * Self.row + 8, Palette.line)
      canvas.text(power == 0 ? "1" : "1e\(power)", tick, y + Self.head - 24, Palette.pale, .middle)
    }
    for (i, line) in lines.enumerated() {
      let top = y + Self.head + i * Self.row
      canvas.text(shortened(line.quantity), left - 10, top + 3, Palette.ink, .right)
      guard let strain = line.strain else {
        canvas.text("not measured", left + 10, top + 3, Palette.failed)
        continue
      }
      canvas.fill(left, top, length(strain, full), 18, line.passed ? Palette.passed : Palette.failed)
      canvas.text(significant(strain, 2), left + full + 12, top + 3, Palette.ink)
    }
  }

  private func shortened(_ text: String) -> String {
    let room = (Self.names - 24) / (2 * BitmapFont.advance)
    return text.count <= room ? text : text.prefix(room - 2) + ".."
  }

  /// Pixels; powers of ten by repeated division: no logarithm.
  private func length(_ strain: Double, _ full: Int) -> Int {
    var powers = 0.0
    var rest = min(max(strain, 1e-5), 10)
    while rest < 1 {
      rest *= 10
      powers -= 1
    }
    // Between two powers in a straight line.
    let position = powers + (rest - 1) / 9 + Double(Self.below)
    return max(1, Int((Double(full) * position / Double(Self.below + Self.above)).rounded()))
  }
}
