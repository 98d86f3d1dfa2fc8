import Diagnostics
import Plotting

/// Values of both datasets, dimension by dimension: real as bars, sim as a line over them.
struct HistogramPlot {
  static let cellsAPage = 48
  let title: String
  let dimensions: [(name: String, values: SampleDistance)]

  func canvas() -> Canvas {
    PlotGrid(title: title, cells: dimensions.count).canvas { i, x, y, canvas in
      let (name, values) = dimensions[i]
      let left = x + PlotGrid.inset, width = PlotGrid.cellWidth - 2 * PlotGrid.inset
      canvas.text(PlotGrid.shortened(name, width - 130), left, y + 8, Palette.ink)
      PlotGrid.label(values.gap, x, y, &canvas)
      let top = y + 34, full = 116, bottom = top + full
      let shares = [values.realBins, values.simBins].map { bins -> [Double] in
        let sum = max(1, bins.reduce(0, +))
        return bins.map { $0 / sum }
      }
      let most = max(shares[0].max() ?? 0, shares[1].max() ?? 0, 1e-9)
      let n = SampleDistance.bins
      func edge(_ i: Int) -> Int { left + width * i / n }
      func height(_ share: Double) -> Int { Int((share / most * Double(full)).rounded()) }
      var last = bottom
      for bin in 0..<n {
        let h = height(shares[0][bin])
        canvas.fill(edge(bin), bottom - h, edge(bin + 1) - edge(bin), h, Palette.grown)
        if h > 0 { canvas.fill(edge(bin), bottom - h, edge(bin + 1) - edge(bin), 2, PlotGrid.real) }
      }
      for bin in 0..<n {
        let level = bottom - height(shares[1][bin])
        if level < bottom || last < bottom {
          canvas.fill(edge(bin), min(level, last) - 1, 2, abs(level - last) + 2, PlotGrid.sim)
          if level < bottom { canvas.fill(edge(bin), level - 1, edge(bin + 1) - edge(bin) + 2, 2, PlotGrid.sim) }
        }
        last = level
      }
      if last < bottom { canvas.fill(edge(n), last - 1, 2, bottom - last + 1, PlotGrid.sim) }
      canvas.fill(left, bottom, width, 1, Palette.pale)
      canvas.text(significant(values.low, 3), left, bottom + 10, Palette.ink)
      canvas.text(significant(values.high, 3), left + width, bottom + 10, Palette.ink, .right)
    }
  }
}
