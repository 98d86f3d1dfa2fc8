/// What the episodes' statistics claim of one camera's pictures, put together as LeRobot does.
struct PictureClaims: Sendable {
  private let feature: SourceFeature
  private let plan: PicturePlan
  /// Of the episodes whose pictures are looked at.
  private(set) var picked: [Int: SourceStatistics] = [:]
  private var total = ColumnTotal()
  private(set) var claimed = 0, unclaimed = 0
  private var pictures = 0.0

  init(feature: SourceFeature, plan: PicturePlan) {
    self.feature = feature
    self.plan = plan
  }

  mutating func add(_ claim: SourceStatistics, episode: Int, file: String, _ findings: inout FindingList) {
    if claim.isEmpty {
      unclaimed += 1
      return
    }
    claimed += 1
    let picture = feature.picture
    PictureClaim(claim, isDepth: picture?.isDepth ?? false, channels: picture?.channels ?? 3)
      .check(file: file, episode: episode, feature: feature.name, &findings)
    for kind in SourceStatistics.kinds where claim[kind] == nil {
      findings.error(
        "statistics-missing", file, episode: episode, feature: feature.name,
        "its statistics lack '\(kind)' although others are there.", "Compute them anew.")
    }
    if plan.isPicked(episode) { picked[episode] = claim }
    guard let low = claim.minimum, let high = claim.maximum, let mean = claim.mean, let deviation = claim.deviation,
      let count = claim.count?.first, count >= 1, count < 1e12,
      [low.count, high.count, deviation.count].allSatisfy({ $0 == mean.count })
    else { return }
    total.add(
      ColumnMoments(
        count: Int(count), minimum: low, maximum: high, mean: mean, squares: deviation.map { $0 * $0 * count }))
  }

  mutating func add(_ other: PictureClaims) {
    picked.merge(other.picked) { first, _ in first }
    total.add(other.total)
    claimed += other.claimed
    unclaimed += other.unclaimed
  }

  /// The whole dataset's statistics have to be what the episodes' make together.
  func check(
    against claim: SourceStatistics?, _ feature: SourceFeature, file: String, _ findings: inout FindingList
  ) {
    if unclaimed > 0 {
      findings.warning(
        "statistics-missing", file, feature: feature.name,
        "\(unclaimed) of \(claimed + unclaimed) episodes have no statistics of it (LeRobot's delete and split then write no "
          + "stats.json).", "Compute them anew, for example by 'seedbed mix' of this dataset alone.")
    }
    guard unclaimed == 0, let claim, total.count > 0 else { return }
    // Depth is not scaled to 0...1.
    let extent = zip(total.maximum, total.minimum).map { max($0 - $1, 1e-3) }
    for (kind, truth, share) in [
      ("min", total.minimum, 0.02), ("max", total.maximum, 0.02), ("mean", total.mean, 0.02),
      ("std", total.deviation, 0.03),
    ] {
      guard let claimed = claim[kind], claimed.count == truth.count else { continue }
      guard let c = truth.indices.first(where: { !((claimed[$0] - truth[$0]).magnitude <= share * extent[$0]) }) else {
        findings.checks += 1
        continue
      }
      findings.error(
        "picture-statistics-total", DatasetStatistics.path, feature: feature.name,
        "\(kind) of channel \(c) is \(claimed[c].short), the episodes' statistics together give \(truth[c].short).",
        "Put the episodes' statistics together anew.")
    }
  }
}
