public import PNG
public import Plotting

extension Comparison {
  private static let mostPages = 10

  /// `gaps.png`, `values-1.png` and on (the worst features first), `spectrum.png`, `coverage.png`, `pictures.png`, as far as
  /// there is something to show.
  public func plots() throws(PNGError) -> [Plot] {
    var plots = [Plot(name: "gaps.png", png: try GapPlot(self).canvas().png())]
    let ranked = features.compactMap { feature in numbers.first { $0.name == feature.name } }
    // What stays at one value in both shows nothing.
    let dimensions = ranked.flatMap { feature in
      feature.dimensions.filter { $0.values.low < $0.values.high }
        .map { (name: feature.name + " " + $0.label, values: $0.values) }
    }
    let pages = Array(
      stride(from: 0, to: dimensions.count, by: HistogramPlot.cellsAPage).prefix(Comparison.mostPages))
    for (i, start) in pages.enumerated() {
      let cells = Array(dimensions[start..<min(dimensions.count, start + HistogramPlot.cellsAPage)])
      let plot = HistogramPlot(
        title: "Values, the worst features first (\(i + 1) of \(pages.count))", dimensions: cells)
      plots.append(Plot(name: "values-\(i + 1).png", png: try plot.canvas().png()))
    }
    let actions = ranked.filter { $0.name == "action" } + ranked.filter { $0.name != "action" }
    var spectra: [SpectrumPlot.Cell] = []
    for feature in actions {
      for dimension in feature.dimensions {
        guard let bands = dimension.bands, (bands.real + bands.sim).contains(where: { $0 > 0 }) else { continue }
        spectra.append(
          .init(
            name: feature.name + " " + dimension.label, real: bands.real, sim: bands.sim, distance: bands.distance))
      }
    }
    if !spectra.isEmpty {
      let plot = SpectrumPlot(dimensions: Array(spectra.prefix(SpectrumPlot.mostCells)))
      plots.append(Plot(name: "spectrum.png", png: try plot.canvas().png()))
    }
    if let state = ranked.first(where: { $0.coverage?.maps.isEmpty == false }), let coverage = state.coverage {
      let plot = CoveragePlot(coverage: coverage, labels: state.dimensions.map(\.label))
      plots.append(Plot(name: "coverage.png", png: try plot.canvas().png()))
    }
    if !cameras.isEmpty {
      plots.append(Plot(name: "pictures.png", png: try CameraPlot(cameras: cameras).canvas().png()))
    }
    return plots
  }
}
