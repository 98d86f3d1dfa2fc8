import SeedbedDatasets
import SeedbedRandomness

/// The episodes of a source that may be taken, by task, each task's in an order that seed and names alone decide.
struct EpisodePool {
  struct Stratum {
    let task: String
    /// In the order in which they are taken.
    let episodes: [Int]
  }

  let strata: [Stratum]
  /// What each episode counts, by its number in the source.
  private let weights: [Int: Double]

  /// - Parameter weight: What an episode counts.
  init(_ source: MixSource, seed: UInt64, weight: (Int) -> Double) {
    let axis = Axis("mix/" + source.name)
    var keys: [(key: UInt64, episode: Int)] = []
    keys.reserveCapacity(source.eligible.count)
    for k in source.eligible {
      var stream = RandomStream(seed: seed, episode: k, axis: axis, purpose: .order)
      keys.append((stream.next(), k))
    }
    keys.sort { ($0.key, $0.episode) < ($1.key, $1.episode) }
    var groups: [String: [Int]] = [:]
    for (_, k) in keys { groups[source.data.episodes.tasks(k).joined(separator: "\n"), default: []].append(k) }
    strata = groups.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }.map {
      Stratum(task: $0.key, episodes: $0.value)
    }
    weights = Dictionary(uniqueKeysWithValues: source.eligible.map { ($0, weight($0)) })
  }

  var count: Int { weights.count }
  func weight(_ k: Int) -> Double { weights[k] ?? 0 }
  func weight(of episodes: [Int]) -> Double { episodes.reduce(0) { $0 + weight($1) } }
  /// Of all episodes, in a fixed order of additions.
  var total: Double { strata.reduce(0) { $0 + weight(of: $1.episodes) } }

  /// So many episodes, of each task its share by largest remainder.
  func take(_ wanted: Int) -> [Int] {
    let sizes = strata.map(\.episodes.count)
    let parts = Apportionment.largestRemainder(wanted, weights: sizes.map(Double.init), limits: sizes)
    return zip(strata, parts).flatMap { $0.episodes.prefix($1) }
  }

  /// Episodes that count as nearly `amount` as whole episodes allow, of each task about its share.
  func take(amount: Double) -> [Int] {
    // Tasks take turns, each as often as its share says.
    var turns: [(turn: Double, stratum: Int, episode: Int)] = []
    for (s, stratum) in strata.enumerated() {
      for (i, k) in stratum.episodes.enumerated() {
        turns.append(((Double(i) + 0.5) / Double(stratum.episodes.count), s, k))
      }
    }
    turns.sort { ($0.turn, $0.stratum) < ($1.turn, $1.stratum) }
    var sum = 0.0
    var end = 0
    while end < turns.count, sum + weight(turns[end].episode) <= amount {
      sum += weight(turns[end].episode)
      end += 1
    }
    if end < turns.count, sum + weight(turns[end].episode) - amount < amount - sum { end += 1 }
    return turns[..<end].map(\.episode)
  }

  /// Exchanges episodes of a task for others of it that were not taken, as long as that brings the sum nearer to `amount`.
  ///
  /// - Parameter isCounted: Their number stays; else one may also come or go.
  func nudge(_ taken: [Int], to amount: Double, within tolerance: Double, isCounted: Bool) -> [Int] {
    var chosen = Set(taken)
    var difference = weight(of: taken) - amount
    for _ in 0..<64 where difference.magnitude > tolerance {
      var best: (gain: Double, out: Int?, into: Int?)?
      func consider(_ out: Int?, _ into: Int?) {
        let change = (into.map(weight) ?? 0) - (out.map(weight) ?? 0)
        let gain = difference.magnitude - (difference + change).magnitude
        if gain > (best?.gain ?? 1e-12) { best = (gain, out, into) }
      }
      for stratum in strata {
        let inside = stratum.episodes.filter(chosen.contains).sorted { (weight($0), $0) < (weight($1), $1) }
        let outside = stratum.episodes.filter { !chosen.contains($0) }.sorted { (weight($0), $0) < (weight($1), $1) }
        for out in inside {
          for into in nearest(weight(out) - difference, in: outside) { consider(out, into) }
        }
        if isCounted { continue }
        for into in nearest(-difference, in: outside) { consider(nil, into) }
        for out in nearest(difference, in: inside) { consider(out, nil) }
      }
      guard let best else { break }
      if let out = best.out { chosen.remove(out) }
      if let into = best.into { chosen.insert(into) }
      difference += (best.into.map(weight) ?? 0) - (best.out.map(weight) ?? 0)
    }
    return strata.flatMap { $0.episodes.filter(chosen.contains) }
  }

  /// Of episodes in the order of their weights the two around a weight.
  private func nearest(_ wanted: Double, in sorted: [Int]) -> [Int] {
    var low = 0, high = sorted.count
    while low < high {
      let middle = (low + high) / 2
      if weight(sorted[middle]) < wanted { low = middle + 1 } else { high = middle }
    }
    return [low - 1, low].filter(sorted.indices.contains).map { sorted[$0] }
  }
}
