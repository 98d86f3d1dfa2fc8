import Diagnostics
import Plotting

/// The share of a motion's power in each band of frequency: two bars a band.
struct SpectrumPlot {
  static let mostCells = 48

  struct Cell {
    var name: String
    var real: [Double], sim: [Double]
    var distance: Double
  }

  let dimensions: [Cell]

  func canvas() -> Canvas {
    // Bands above what either dataset holds are left out.
    let bands = (dimensions.flatMap { [$0.real, $0.sim] }.compactMap { $0.lastIndex { $0 > 0 } }.max() ?? 0) + 1
    let grid = PlotGrid(
      title: "Power of the rates of change by frequency (share of all, %); below: the bands' upper edges, Hz",
      cells: dimensions.count)
    return grid.canvas { i, x, y, canvas in
      let dimension = dimensions[i]
      let left = x + PlotGrid.inset, width = PlotGrid.cellWidth - 2 * PlotGrid.inset
      canvas.text(PlotGrid.shortened(dimension.name, width - 130), left, y + 8, Palette.ink)
      PlotGrid.label(dimension.distance, x, y, &canvas)
      let top = y + 46, full = 104, bottom = top + full
      let a = max(1e-300, dimension.real.reduce(0, +)), b = max(1e-300, dimension.sim.reduce(0, +))
      let most = max((0..<bands).map { max(dimension.real[$0] / a, dimension.sim[$0] / b) }.max() ?? 1, 1e-9)
      for band in 0..<bands {
        let start = left + width * band / bands, end = left + width * (band + 1) / bands
        let half = (end - start - 6) / 2
        for (offset, share, color) in [
          (2, dimension.real[band] / a, PlotGrid.real), (2 + half, dimension.sim[band] / b, PlotGrid.sim),
        ] {
          let h = Int((share / most * Double(full)).rounded())
          canvas.fill(start + offset, bottom - h, half, h, color)
          canvas.text(
            "\(Int((100 * share).rounded()))", start + offset + half / 2, bottom - h - 10, Palette.pale, scale: 1,
            .middle)
        }
        canvas.text(
          significant(BandPower.edges[band], 3), (start + end) / 2, bottom + 10, Palette.ink, scale: 1, .middle)
      }
      canvas.fill(left, bottom, width, 1, Palette.pale)
    }
  }
}
