public import PNG
public import Plotting

extension RunReportDocument {
  /// `outcomes.png` (causes, gates, rejections) and `coverage-1.png`, … (every randomised axis). The same report gives the
  /// same pictures; their bytes depend on the version of libpng and zlib too.
  public func plots() throws(PNGError) -> [Plot] {
    var plots = [Plot(name: "outcomes.png", png: try OutcomePlot(self).canvas().png())]
    let pages = stride(from: 0, to: axes.count, by: CoveragePlot.cellsAPage).map {
      Array(axes[$0..<min(axes.count, $0 + CoveragePlot.cellsAPage)])
    }
    for (i, page) in pages.enumerated() {
      let plot = CoveragePlot(axes: page, page: i + 1, pages: pages.count, totals: totals)
      plots.append(Plot(name: "coverage-\(i + 1).png", png: try plot.canvas().png()))
    }
    return plots
  }
}
