/// `meta/stats.json`: what a v3.0 dataset claims of all its frames.
struct DatasetStatistics {
  static let path = "meta/stats.json"
  static let quantiles = FeatureStatistics.quantileNames

  private(set) var features: [String: SourceStatistics] = [:]

  /// Of v2.1, which has no such file, empty.
  static func read(_ source: DatasetSource, _ findings: inout FindingList) -> DatasetStatistics {
    var statistics = DatasetStatistics()
    guard source.info.version == .v30 else { return statistics }
    guard findings.holds(source.folder.exists(path)) else {
      findings.error(
        "statistics-missing", path, "it is missing; LeRobot's merge and training need it.",
        "Compute it anew, for example by 'seedbed mix' of this dataset alone.")
      return statistics
    }
    let json: JSONValue
    do throws(DatasetError) {
      json = try source.folder.readJSON(path, takesNonFinite: true)
    } catch {
      findings.add(.unreadable(error, file: path, "Compute it anew."))
      return statistics
    }
    for feature in source.info.features where feature.kind != .texts && feature.kind != .other {
      guard let entry = json[feature.name], entry.members != nil else {
        findings.error(
          "statistics-missing", path, feature: feature.name, "it has no statistics.", "Compute them anew.")
        continue
      }
      let claim = SourceStatistics(json: entry)
      statistics.features[feature.name] = claim
      check(claim, feature, &findings)
    }
    return statistics
  }

  private static func check(_ claim: SourceStatistics, _ feature: SourceFeature, _ findings: inout FindingList) {
    for kind in SourceStatistics.kinds where !findings.holds(claim[kind] != nil) {
      findings.error(
        "statistics-missing", path, feature: feature.name, "'\(kind)' is missing or holds no numbers.",
        "Compute it anew.")
    }
    if !findings.holds(quantiles.allSatisfy { claim.quantiles[$0] != nil }) {
      findings.warning(
        "quantiles-missing", path, feature: feature.name, "it has no quantiles q01 to q99 (some policies need them).",
        "Compute them with LeRobot's augment_dataset_quantile_stats.")
    }
    guard let picture = feature.picture else { return }
    PictureClaim(claim, isDepth: picture.isDepth, channels: picture.channels)
      .check(file: path, episode: nil, feature: feature.name, &findings)
  }
}

/// What statistics of pictures have to be, whatever the pictures show.
struct PictureClaim {
  let claim: SourceStatistics
  let isDepth: Bool
  let channels: Int

  init(_ claim: SourceStatistics, isDepth: Bool, channels: Int) {
    self.claim = claim
    self.isDepth = isDepth
    self.channels = channels
  }

  func check(file: String, episode: Int?, feature: String, _ findings: inout FindingList) {
    let count = isDepth ? 1 : channels
    if claim.mean != nil, !findings.holds(claim.shape == [count, 1, 1]) {
      findings.error(
        "picture-statistics-shape", file, episode: episode, feature: feature,
        "the mean has shape \(claim.shape), not [\(count), 1, 1].", "Give one number a channel, each in lists of one.")
    }
    for kind in SourceStatistics.kinds + DatasetStatistics.quantiles where kind != "count" {
      guard let values = claim[kind] else { continue }
      if !findings.holds(values.allSatisfy(\.isFinite) && values.count == count) {
        findings.error(
          "picture-statistics", file, episode: episode, feature: feature,
          "'\(kind)' is [\(values.listed)], not \(count) finite numbers.", "Compute it anew.")
        return
      }
    }
    guard let low = claim.minimum, let high = claim.maximum, let mean = claim.mean, let deviation = claim.deviation
    else { return }
    if !isDepth, !findings.holds(low.allSatisfy { $0 >= -1e-6 } && high.allSatisfy { $0 <= 1.0001 }) {
      findings.error(
        "picture-statistics-scale", file, episode: episode, feature: feature,
        "they reach from \((low.min() ?? 0).short) to \((high.max() ?? 0).short), not within 0...1.",
        "Divide them by 255.")
      return
    }
    for c in low.indices {
      let slack = 1e-3 * max(1, high[c].magnitude)
      // The deviation is largest where all values lie at both ends.
      let most = max(0, (high[c] - mean[c]) * (mean[c] - low[c])).squareRoot()
      let isPossible =
        low[c] <= mean[c] + slack && mean[c] <= high[c] + slack && deviation[c] >= 0
        && deviation[c] <= most + 10 * slack
      if !findings.holds(isPossible) {
        findings.error(
          "picture-statistics", file, episode: episode, feature: feature,
          "channel \(c) cannot have minimum \(low[c].short), mean \(mean[c].short), maximum \(high[c].short) and deviation "
            + "\(deviation[c].short).", "Compute them anew from the pictures.")
      }
    }
    QuantileOrder(claim).check(
      file: file, episode: episode, feature: feature, slack: low.indices.map { 1e-3 * max(1, high[$0].magnitude) },
      &findings)
  }
}

/// Quantiles rise, between minimum and maximum.
struct QuantileOrder {
  let claim: SourceStatistics

  init(_ claim: SourceStatistics) { self.claim = claim }

  func check(
    file: String, episode: Int?, feature: String, slack: [Double], asWarning: Bool = false,
    _ findings: inout FindingList
  ) {
    let given = DatasetStatistics.quantiles.compactMap { name in claim.quantiles[name].map { (name, $0) } }
    guard !given.isEmpty, let low = claim.minimum, let high = claim.maximum else { return }
    let ladder = [("min", low)] + given + [("max", high)]
    for (below, above) in zip(ladder, ladder.dropFirst()) {
      let isGood =
        below.1.count == slack.count && above.1.count == slack.count
        && slack.indices.allSatisfy { below.1[$0] <= above.1[$0] + slack[$0] }
      guard !findings.holds(isGood) else { continue }
      let d = slack.indices.first { d in
        d < below.1.count && d < above.1.count && !(below.1[d] <= above.1[d] + slack[d])
      }
      let message =
        d.map { "\(below.0) is \(below.1[$0].short) and \(above.0) is \(above.1[$0].short) in dimension \($0)." }
        ?? "\(above.0) has \(above.1.count) numbers, \(below.0) has \(below.1.count)."
      findings.add(
        Finding(
          severity: asWarning ? .warning : .error, rule: "quantile-order", file: file, episode: episode,
          feature: feature, message: message, remedy: "Compute the quantiles anew."))
    }
  }
}

extension Double {
  /// For messages: six digits are enough, and whole numbers have none.
  var short: String {
    guard isFinite, magnitude < 1e15 else { return "\(self)" }
    if self == rounded() { return "\(Int(self))" }
    let scale = magnitude >= 1000 ? 1e3 : 1e6
    let rounded = (self * scale).rounded() / scale
    return rounded == 0 ? "\(self)" : "\(rounded)"
  }
}

extension [Double] {
  /// For messages: "0.1, 0.2, 0.3".
  var listed: String { prefix(6).map(\.short).joined(separator: ", ") + (count > 6 ? ", …" : "") }
}
