/// Curves over a common axis, with ticks, labels and a key.
package struct LineChart {
  package struct Series {
    package var name: String
    package var points: [(x: Double, y: Double)]
    package var color: Canvas.Color

    package init(_ name: String, _ points: [(x: Double, y: Double)], _ color: Canvas.Color) {
      self.name = name
      self.points = points
      self.color = color
    }
  }

  package var title: String
  package var xLabel: String, yLabel: String
  package var series: [Series]

  package init(_ title: String, x: String, y: String, _ series: [Series]) {
    self.title = title
    xLabel = x
    yLabel = y
    self.series = series
  }

  private static let left = 92, right = 16, top = 62, bottom = 52

  /// Draws into the rectangle with the upper left corner (x, y).
  package func draw(on canvas: inout Canvas, x: Int, y: Int, width: Int, height: Int) {
    canvas.fill(x, y, width, height, Palette.panel)
    canvas.text(title, x + 12, y + 10, Palette.ink)
    let points = series.flatMap(\.points).filter { $0.x.isFinite && $0.y.isFinite }
    guard let first = points.first else { return }
    let xs = points.reduce((first.x, first.x)) { (min($0.0, $1.x), max($0.1, $1.x)) }
    let ys = points.reduce((min(0, first.y), max(0, first.y))) { (min($0.0, $1.y), max($0.1, $1.y)) }
    let across = Scale(xs.0, xs.1, from: x + Self.left, to: x + width - Self.right, isRounded: false)
    let up = Scale(ys.0, ys.1, from: y + height - Self.bottom, to: y + Self.top)
    for (tick, text) in up.ticks {
      canvas.fill(x + Self.left, up.pixel(tick), width - Self.left - Self.right, 1, Palette.line)
      canvas.text(text, x + Self.left - 8, up.pixel(tick) - 6, Palette.pale, .right)
    }
    for (tick, text) in across.ticks {
      canvas.fill(across.pixel(tick), y + height - Self.bottom, 1, 5, Palette.pale)
      canvas.text(text, across.pixel(tick), y + height - Self.bottom + 8, Palette.pale, .middle)
    }
    canvas.text(xLabel, x + width - Self.right, y + height - 22, Palette.ink, .right)
    canvas.text(yLabel, x + 12, y + 34, Palette.ink)
    for one in series {
      for (a, b) in zip(one.points, one.points.dropFirst()) {
        canvas.line(across.pixel(a.x), up.pixel(a.y), across.pixel(b.x), up.pixel(b.y), one.color, thickness: 3)
      }
    }
    var key = x + width - Self.right
    for one in series.reversed() {
      key -= Canvas.width(of: one.name)
      canvas.text(one.name, key, y + 34, Palette.ink)
      key -= 20
      canvas.fill(key, y + 34, 14, 14, one.color)
      key -= 16
    }
  }

  /// Numbers onto pixels.
  struct Scale {
    let low: Double, high: Double, step: Double
    private let from: Int, to: Int

    /// `isRounded`: the ends are round numbers.
    init(_ low: Double, _ high: Double, from: Int, to: Int, isRounded: Bool = true) {
      (self.from, self.to) = (from, to)
      let span = max(high - low, 1e-12 * max(abs(low), abs(high)), 1e-300)
      // 1, 2 or 5 times a power of ten, so that there are three to seven ticks.
      var step = 1.0
      while step > span / 3 { step /= 10 }
      while step * 10 <= span / 3 { step *= 10 }
      if step * 5 <= span / 3 { step *= 5 } else if step * 2 <= span / 3 { step *= 2 }
      self.step = step
      // What is beyond a round number by a twentieth of a step is drawn beyond the axis.
      self.low = isRounded ? (low / step + 0.05).rounded(.down) * step : low
      self.high = isRounded ? max((high / step - 0.05).rounded(.up) * step, self.low + step) : max(high, low + step)
    }

    func pixel(_ value: Double) -> Int {
      from + Int((Double(to - from) * (value - low) / (high - low)).rounded())
    }

    /// Values and their texts.
    var ticks: [(Double, String)] {
      let first = Int((low / step - 1e-6).rounded(.up)), last = Int((high / step + 1e-6).rounded(.down))
      return (first...max(first, last)).map { (Double($0) * step, Self.text(Double($0), step)) }
    }

    /// `units` steps, without the noise of binary fractions.
    private static func text(_ units: Double, _ step: Double) -> String {
      var decimals = 0
      var scaled = step
      while scaled < 0.999, decimals < 9 {
        scaled *= 10
        decimals += 1
      }
      let whole = Int((units * scaled).rounded())
      guard decimals > 0 else { return "\(whole)" }
      let digits = String(abs(whole))
      let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
      return (whole < 0 ? "-" : "") + padded.dropLast(decimals) + "." + padded.suffix(decimals)
    }
  }
}
