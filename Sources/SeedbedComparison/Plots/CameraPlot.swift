import Diagnostics
import Plotting

/// Histograms of each camera's colours and brightness.
struct CameraPlot {
  let cameras: [CameraComparison]

  func canvas() -> Canvas {
    let cells = cameras.flatMap { camera in
      (0..<4).map { c in
        (
          name: (c < 3 ? CameraComparison.channels[c] : "brightness") + " " + camera.name,
          real: c < 3 ? camera.real.histograms[c] : camera.real.brightness,
          sim: c < 3 ? camera.sim.histograms[c] : camera.sim.brightness
        )
      }
    }
    return PlotGrid(title: "Pictures: how often each value from 0 to 255 stands", cells: cells.count).canvas {
      i, x, y, canvas in
      let left = x + PlotGrid.inset, width = PlotGrid.cellWidth - 2 * PlotGrid.inset
      canvas.text(PlotGrid.shortened(cells[i].name, width), left, y + 8, Palette.ink)
      // Four values a bin.
      let bins = [cells[i].real, cells[i].sim].map { counts -> [Double] in
        let sum = max(1, counts.reduce(0, +))
        return (0..<64).map { b in counts[4 * b..<4 * b + 4].reduce(0, +) / sum }
      }
      let most = max(bins[0].max() ?? 0, bins[1].max() ?? 0, 1e-9)
      let bottom = y + 156, full = 120
      for (shares, color) in zip(bins, [PlotGrid.real, PlotGrid.sim]) {
        for b in 0..<64 {
          let start = left + width * b / 64, end = left + width * (b + 1) / 64
          let h = Int((shares[b] / most * Double(full)).rounded())
          canvas.fill(color == PlotGrid.real ? start : (start + end) / 2, bottom - h, (end - start) / 2, h, color)
        }
      }
      canvas.fill(left, bottom, width, 1, Palette.pale)
      canvas.text("0", left, bottom + 10, Palette.ink)
      canvas.text("255", left + width, bottom + 10, Palette.ink, .right)
    }
  }
}
