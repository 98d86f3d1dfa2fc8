import Diagnostics
import Plotting

/// Where in the state space both datasets are, for the pairs of dimensions that share the least.
struct CoveragePlot {
  private static let cell = 400, map = 320, gap = 16, head = 66
  let coverage: Coverage
  let labels: [String]

  func canvas() -> Canvas {
    let maps = coverage.maps
    let columns = max(2, min(3, maps.count)), rows = (maps.count + columns - 1) / columns
    var canvas = Canvas(
      width: columns * (Self.cell + Self.gap) + Self.gap, height: Self.head + rows * (Self.cell + Self.gap),
      Palette.paper)
    canvas.text("Places in the state space: the pairs that share the least", Self.gap, 10, Palette.ink)
    for (i, (name, color)) in [("real only", PlotGrid.real), ("sim only", PlotGrid.sim), ("both", PlotGrid.both)]
      .enumerated()
    {
      canvas.fill(Self.gap + 170 * i, 36, 14, 14, color)
      canvas.text(name, Self.gap + 170 * i + 20, 36, Palette.ink)
    }
    for (i, map) in maps.enumerated() {
      draw(
        map, Self.gap + i % columns * (Self.cell + Self.gap), Self.head + i / columns * (Self.cell + Self.gap), &canvas)
    }
    return canvas
  }

  private func draw(_ map: Coverage.Map, _ x: Int, _ y: Int, _ canvas: inout Canvas) {
    canvas.fill(x, y, Self.cell, Self.cell, Palette.panel)
    let left = x + (Self.cell - Self.map) / 2, top = y + 32, n = Coverage.bins, size = Self.map / n
    canvas.text(
      PlotGrid.shortened("up: " + label(map.pair.second), Self.cell - 16), x + 8, y + 8, Palette.ink)
    canvas.fill(left - 1, top - 1, Self.map + 2, Self.map + 2, Palette.line)
    canvas.fill(left, top, Self.map, Self.map, Palette.paper)
    for i in 0..<n {
      for j in 0..<n {
        let real = map.real[i * n + j] > 0, sim = map.sim[i * n + j] > 0
        guard real || sim else { continue }
        let color = real && sim ? PlotGrid.both : real ? PlotGrid.real : PlotGrid.sim
        canvas.fill(left + i * size, top + (n - 1 - j) * size, size - 1, size - 1, color)
      }
    }
    canvas.text(
      PlotGrid.shortened("right: " + label(map.pair.first), Self.cell - 16), x + 8, top + Self.map + 6, Palette.ink)
    canvas.text(
      "\(percent(map.pair.realInSim)) of real in sim, \(percent(map.pair.simInReal)) of sim in real", x + 8,
      top + Self.map + 27, Palette.pale, scale: 1)
  }

  private func label(_ d: Int) -> String { labels.indices.contains(d) ? labels[d] : "\(d)" }
}
