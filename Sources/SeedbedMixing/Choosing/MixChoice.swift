import Diagnostics

/// Which episodes of which sources make up a mix.
struct MixChoice {
  struct Part {
    /// The episodes in rising order, with how often each was taken before.
    var episodes: [(episode: Int, repetition: Int)]
    /// What was asked for; nil where all was taken.
    var wanted: Double?
    /// What they count together.
    var amount: Double
    /// What the longest eligible episode counts.
    var longest: Double
  }

  /// One a source.
  var parts: [Part]
  var total: Double { parts.reduce(0) { $0 + $1.amount } }

  /// The share that a source has of the whole.
  func share(_ place: Int) -> Double { total > 0 ? parts[place].amount / total : 0 }
}

/// Chooses the episodes of a mix: the same request, the same episodes.
struct MixChooser {
  let request: MixRequest
  let sources: [MixSource]
  /// Frames per second of the mix; nil where every source keeps its own.
  let rate: Int?

  private var shares: [Double]? {
    if request.ratio.isEmpty { return sources.count == 1 ? [1] : nil }
    return sources.map { source in request.ratio.first { $0.name == source.name }?.share ?? 0 }
  }

  private func weight(_ source: MixSource, _ unit: MixRequest.Unit) -> (Int) -> Double {
    switch unit {
    case .episodes: { _ in 1 }
    case .frames: { Double(source.frames($0, at: rate)) }
    case .seconds: { Double(source.frames($0, at: rate)) / (rate.map(Double.init) ?? source.framesPerSecond) }
    }
  }

  func choose() throws(InputError) -> MixChoice {
    let pools = sources.map { source in
      EpisodePool(source, seed: request.seed, weight: weight(source, request.unit))
    }
    var problems = MixProblems()
    for (source, pool) in zip(sources, pools) where pool.count == 0 {
      problems.add(
        source.directory, "no episode of '\(source.name)' may be taken: the conditions leave none.",
        "Loosen --where, or leave the source out.")
    }
    try problems.check()
    guard let shares else {
      if request.size != nil {
        problems.add(
          "--ratio", "a size is asked for, and nobody says in which ratio.",
          "Give for example --ratio \(sources.map { "\($0.name)=\(1 / Double(sources.count))" }.joined(separator: ","))."
        )
      }
      try problems.check()
      return whole(pools)
    }
    guard let size = request.size else { return sources.count == 1 ? whole(pools) : try largest(shares, pools) }
    if size.unit == .episodes {
      return request.unit == .episodes
        ? try counted(
          Int(size.amount), Apportionment.largestRemainder(Int(size.amount), weights: shares), shares, pools)
        : try balanced(Int(size.amount), shares, pools)
    }
    return try measured(size.amount, shares, pools)
  }

  private func part(_ taken: [Int], _ pool: EpisodePool, wanted: Double?, whole times: Int = 0) -> MixChoice.Part {
    var episodes = taken.map { (episode: $0, repetition: times) }
    for pass in 0..<times {
      episodes += pool.strata.flatMap { $0.episodes.map { (episode: $0, repetition: pass) } }
    }
    episodes.sort { ($0.repetition, $0.episode) < ($1.repetition, $1.episode) }
    return MixChoice.Part(
      episodes: episodes, wanted: wanted, amount: pool.weight(of: taken) + Double(times) * pool.total,
      longest: pool.strata.reduce(0) { $1.episodes.reduce($0) { max($0, pool.weight($1)) } })
  }

  private func whole(_ pools: [EpisodePool]) -> MixChoice {
    MixChoice(parts: pools.map { pool in part(pool.take(pool.count), pool, wanted: nil) })
  }

  /// As much as the scarcest source allows.
  private func largest(_ shares: [Double], _ pools: [EpisodePool]) throws(InputError) -> MixChoice {
    let most = zip(pools, shares).map { $0.total / $1 }.min() ?? 0
    if request.unit == .episodes {
      var total = Int(most + 1e-9)
      // Rounding up a share must not ask for an episode that is not there.
      while total > 1 {
        let counts = Apportionment.largestRemainder(total, weights: shares)
        if zip(counts, pools).allSatisfy({ $0 <= $1.count }) { break }
        total -= 1
      }
      return try counted(total, Apportionment.largestRemainder(total, weights: shares), shares, pools)
    }
    return try measured(most, shares, pools)
  }

  private func counted(
    _ total: Int, _ counts: [Int], _ shares: [Double], _ pools: [EpisodePool]
  ) throws(InputError) -> MixChoice {
    try checkSupply(
      wanted: counts.map(Double.init), have: pools.map { Double($0.count) }, slack: pools.map { _ in 0 }, shares,
      unit: .episodes)
    return MixChoice(
      parts: zip(counts, pools).map { count, pool in
        part(pool.take(count % pool.count), pool, wanted: Double(count), whole: count / pool.count)
      })
  }

  private func measured(_ total: Double, _ shares: [Double], _ pools: [EpisodePool]) throws(InputError) -> MixChoice {
    let wanted = shares.map { $0 * total }
    let shortest = pools.map { pool in
      pool.strata.reduce(Double.infinity) { $1.episodes.reduce($0) { min($0, pool.weight($1)) } }
    }
    try checkSupply(
      wanted: wanted, have: pools.map(\.total), slack: shortest.map { $0 / 2 }, shares, unit: request.unit)
    return MixChoice(
      parts: zip(wanted, pools).map { amount, pool in
        let times = amount > pool.total ? Int(amount / pool.total) : 0
        let rest = amount - Double(times) * pool.total
        let taken = pool.take(amount: rest)
        return part(
          pool.nudge(taken, to: rest, within: 1e-9 * max(1, amount), isCounted: false), pool, wanted: amount,
          whole: times)
      })
  }

  /// So many episodes, in a ratio of frames or seconds.
  private func balanced(_ total: Int, _ shares: [Double], _ pools: [EpisodePool]) throws(InputError) -> MixChoice {
    let means = pools.map { $0.total / Double($0.count) }
    let weights = zip(shares, means).map { $0 / $1 }
    let counts = Apportionment.largestRemainder(total, weights: weights)
    try checkSupply(
      wanted: counts.map(Double.init), have: pools.map { Double($0.count) }, slack: pools.map { _ in 0 }, weights,
      unit: .episodes)
    var taken = zip(counts, pools).map { $1.take($0 % $1.count) }
    let repeated = zip(counts, pools).map { Double($0 / $1.count) * $1.total }
    func amounts() -> [Double] { pools.indices.map { pools[$0].weight(of: taken[$0]) + repeated[$0] } }
    for _ in 0..<8 {
      // Each source is moved to its share of what the others have.
      let now = amounts()
      let sum = now.reduce(0, +)
      let worst =
        now.indices.max { (now[$0] - shares[$0] * sum).magnitude < (now[$1] - shares[$1] * sum).magnitude } ?? 0
      let others = sum - now[worst]
      guard shares[worst] < 1 else { break }
      let goal = shares[worst] / (1 - shares[worst]) * others
      if (now[worst] - goal).magnitude <= 1e-9 * sum { break }
      taken[worst] = pools[worst].nudge(taken[worst], to: goal - repeated[worst], within: 1e-9 * sum, isCounted: true)
    }
    let final = amounts()
    let sum = final.reduce(0, +)
    let parts = pools.indices.map { i in
      part(taken[i], pools[i], wanted: shares[i] * sum, whole: counts[i] / pools[i].count)
    }
    var problems = MixProblems()
    let longest = parts.map(\.longest).max() ?? 0
    for (source, part) in zip(sources, parts) where (part.amount - (part.wanted ?? 0)).magnitude > longest {
      problems.add(
        "--episodes",
        "with \(total) episodes '\(source.name)' comes to \(text(part.amount)) of \(text(sum)) \(request.unit.rawValue), "
          + "\(text(part.wanted ?? 0)) are wanted.",
        "Give the size in \(request.unit.rawValue) (--\(request.unit.rawValue) \(text(sum))), or more episodes.")
    }
    try problems.check()
    return MixChoice(parts: parts)
  }

  private func checkSupply(
    wanted: [Double], have: [Double], slack: [Double], _ shares: [Double], unit: MixRequest.Unit
  ) throws(InputError) {
    if request.repeats { return }
    var problems = MixProblems()
    for (i, source) in sources.enumerated() where wanted[i] > have[i] + slack[i] + 1e-9 * wanted[i] {
      let sum = shares.reduce(0, +)
      let most = zip(have, shares).map { $0 * sum / $1 }.min() ?? 0
      // Rounded down: no more than that is there.
      let possible =
        unit == .seconds ? plain(((most + 1e-9) * 100).rounded(.down) / 100) : "\(Int(min(most + 1e-9, 1e15)))"
      problems.add(
        source.directory,
        "'\(source.name)' has \(text(have[i])) \(unit.rawValue), the mix wants \(text(wanted[i])) of it.",
        "At most --\(unit.rawValue) \(possible) are possible in this ratio; ask for less, or allow --repeat.")
    }
    try problems.check()
  }

  private func text(_ value: Double) -> String {
    value == value.rounded() && value.magnitude < 1e15 ? "\(Int(value))" : "\((value * 100).rounded() / 100)"
  }
}
