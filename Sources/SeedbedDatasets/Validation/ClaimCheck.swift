/// Claimed statistics against those of the values themselves.
struct ClaimCheck {
  /// Relative to a dimension's extent.
  private static let tolerance = 1e-3

  let file: String
  let feature: SourceFeature
  let episode: Int?

  /// - Parameter span: Each dimension's extent.
  func check(_ claim: SourceStatistics, _ truth: ColumnMoments, span: [Double], _ findings: inout FindingList) {
    for (kind, values) in [
      ("min", truth.minimum), ("max", truth.maximum), ("mean", truth.mean), ("std", truth.deviation),
    ] {
      guard let claimed = claim[kind] else { continue }
      if findings.holds(isSame(claimed, values, span)) { continue }
      let d = values.indices.first { $0 < claimed.count && !isSame(claimed[$0], values[$0], span[$0]) }
      let message =
        d.map { "the claimed \(kind) is \(claimed[$0].short), the data give \(values[$0].short)\(dimension($0))." }
        ?? "the claimed \(kind) has \(claimed.count) numbers for \(values.count) dimensions."
      report("statistics", message, &findings)
    }
    if let count = claim.count, !findings.holds(count == [Double(truth.count)] || count == [frames(truth)]) {
      report(
        "statistics-count", "the claimed count is \(count.listed), there are \(frames(truth).short) frames.",
        &findings, always: true)
    }
    QuantileOrder(claim).check(
      file: file, episode: episode, feature: feature.name, slack: span.map { 1e-3 * $0 + 1e-6 },
      asWarning: feature.isBookkeeping, &findings)
  }

  private func frames(_ truth: ColumnMoments) -> Double {
    Double(truth.count * max(truth.mean.count, 1) / max(feature.width, 1))
  }

  /// LeRobot's own merge and delete leave the statistics of renumbered columns as they were.
  private func report(_ rule: String, _ message: String, _ findings: inout FindingList, always: Bool = false) {
    findings.add(
      Finding(
        severity: feature.isBookkeeping && !always ? .warning : .error, rule: rule, file: file, episode: episode,
        feature: feature.name, message: message, remedy: "Compute the statistics anew, or restore the data."))
  }

  private func dimension(_ d: Int) -> String {
    if feature.width == 1 { return "" }
    return feature.names.count == feature.width ? " (\(feature.names[d]))" : " (dimension \(d))"
  }

  private func isSame(_ a: [Double], _ b: [Double], _ span: [Double]) -> Bool {
    a.count == b.count && a.indices.allSatisfy { isSame(a[$0], b[$0], span[$0]) }
  }

  private func isSame(_ a: Double, _ b: Double, _ span: Double) -> Bool {
    (a - b).magnitude <= ClaimCheck.tolerance * span + 1e-6
  }
}
