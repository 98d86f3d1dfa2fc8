/// All tables of frames, and the statistics of every episode.
struct TableCheck {
  struct Outcome {
    var findings = FindingList()
    /// Of each camera and each feature of stored pictures: what is claimed.
    var pictureClaims: [String: PictureClaims] = [:]
    var picturesDecoded = 0
  }

  let source: DatasetSource
  let claims: DatasetStatistics
  let seals: EpisodeSeals?
  let plan: PicturePlan

  func run() -> Outcome {
    var outcome = Outcome()
    var gathered = source.info.version == .v30 ? tables() : episodeFiles()
    outcome.findings = gathered.findings
    gathered.findings = FindingList()
    wholeDataset(gathered, &outcome.findings)
    outcome.findings.merge(DuplicateCheck(source: source).run(gathered.hashes))
    if let seals { outcome.findings.merge(seals.checkNumbers(source)) }
    outcome.pictureClaims = gathered.pictureClaims
    outcome.picturesDecoded = gathered.picturesDecoded
    return outcome
  }

  /// What is gathered file by file.
  struct Gathered {
    var findings = FindingList()
    var totals: [String: ColumnTotal] = [:]
    /// Of each episode: its columns' hashes, mixed.
    var hashes: [UInt64]
    var pictureClaims: [String: PictureClaims] = [:]
    var picturesDecoded = 0
    /// False where a file could not be read, or does not fit to its episodes.
    var isComplete = true

    init(episodes: Int) { hashes = .init(repeating: 0, count: episodes) }

    mutating func add(_ judge: ColumnJudge) {
      findings.merge(judge.findings)
      totals[judge.feature.name, default: ColumnTotal()].add(judge.total)
      for (k, hash) in judge.hashes { hashes[k] = hashes[k] &+ hash }
    }
  }

  /// `meta/stats.json` against all values, and what episodes' statistics are missing.
  private func wholeDataset(_ gathered: Gathered, _ findings: inout FindingList) {
    let claimFile = source.info.version == .v30 ? EpisodeList.tablePath : StatisticsLines.path
    for feature in source.info.columns where feature.kind == .numbers {
      guard let total = gathered.totals[feature.name], total.count > 0 else { continue }
      if gathered.isComplete, total.isWhole, let claim = claims.features[feature.name] {
        let truth = ColumnMoments(total)
        ClaimCheck(file: DatasetStatistics.path, feature: feature, episode: nil)
          .check(claim, truth, span: truth.span(atLeast: nil), &findings)
        quantiles(claim, total, feature, &findings)
      }
      if total.unclaimed > 0 {
        findings.warning(
          "statistics-missing", claimFile, feature: feature.name,
          "\(total.unclaimed) of \(total.claimed + total.unclaimed) episodes have no statistics of it (LeRobot's delete and "
            + "split then write no stats.json).",
          "Compute them anew, for example by 'seedbed mix' of this dataset alone.")
      }
      if ["action", "observation.state"].contains(feature.name), total.count > 20,
        !findings.holds(zip(total.minimum, total.maximum).contains { $0 < $1 })
      {
        findings.warning(
          "constant", "data", feature: feature.name, "it never changes in \(total.count) frames.",
          "Look whether it was recorded.")
      }
    }
    for (name, claim) in gathered.pictureClaims.sorted(by: { $0.key < $1.key }) {
      guard let feature = source.info.feature(name) else { continue }
      claim.check(against: claims.features[name], feature, file: claimFile, &findings)
    }
  }

  /// A quantile of the whole lies between those of the episodes, however tools put them together.
  private func quantiles(
    _ claim: SourceStatistics, _ total: ColumnTotal, _ feature: SourceFeature, _ findings: inout FindingList
  ) {
    guard !feature.isBookkeeping else { return }
    for name in DatasetStatistics.quantiles {
      guard let claimed = claim.quantiles[name], let range = total.quantileRange[name],
        claimed.count == range.low.count
      else { continue }
      for d in claimed.indices {
        let slack = 0.02 * (total.maximum[d] - total.minimum[d]) + 1e-6
        if findings.holds(claimed[d] >= range.low[d] - slack && claimed[d] <= range.high[d] + slack) { continue }
        findings.warning(
          "quantiles", DatasetStatistics.path, feature: feature.name,
          "\(name) is \(claimed[d].short) in dimension \(d), the episodes' lie in \(range.low[d].short)...\(range.high[d].short).",
          "Compute the quantiles anew.")
      }
    }
  }
}

extension ColumnMoments {
  init(_ total: ColumnTotal) {
    self.init(
      count: total.count, minimum: total.minimum, maximum: total.maximum, mean: total.mean,
      squares: total.deviation.map { $0 * $0 * Double(total.count) })
  }
}

/// Episodes that are copies of each other.
struct DuplicateCheck {
  let source: DatasetSource

  /// - Parameter hashes: Of each episode's values; 0 for episodes that were not read.
  func run(_ hashes: [UInt64]) -> FindingList {
    var findings = FindingList()
    guard source.info.columns.contains(where: { $0.dataType.hasPrefix("float") && $0.name != "timestamp" }) else {
      return findings
    }
    var seen: [UInt64: Int] = [:]
    for (k, hash) in hashes.enumerated() where hash != 0 && source.episodes.length(k) > 1 {
      guard let first = seen[hash], source.episodes.length(first) == source.episodes.length(k) else {
        seen[hash] = k
        findings.checks += 1
        continue
      }
      findings.warning(
        "duplicate", "data", episode: k, "all its numbers are those of episode \(first).",
        "Leave one of them out, unless the repetition is meant.")
    }
    return findings
  }
}
