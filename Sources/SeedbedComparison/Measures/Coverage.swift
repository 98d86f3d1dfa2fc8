/// How much of one dataset's states the other visits, in pairs of dimensions.
struct Coverage: Sendable {
  static let bins = 16
  /// Of more dimensions the first are looked at.
  static let mostDimensions = 24

  struct Pair: Sendable {
    var first: Int, second: Int
    /// Share of the real frames that lie in bins which sim visits, and inversely, 0...1.
    var realInSim: Double, simInReal: Double
    var shared: Double { realInSim + simInReal }
  }

  /// The worst pairs with the counts of their bins, for plots.
  struct Map: Sendable {
    var pair: Pair
    var real: [Double], sim: [Double]
  }

  private static let mapped = 6

  var pairs: [Pair] = []
  private(set) var maps: [Map] = []
  /// Means over all pairs.
  var realInSim: Double { pairs.isEmpty ? 1 : pairs.reduce(0) { $0 + $1.realInSim } / Double(pairs.count) }
  var simInReal: Double { pairs.isEmpty ? 1 : pairs.reduce(0) { $0 + $1.simInReal } / Double(pairs.count) }
  /// The pair of which sim visits the least.
  var worst: Pair? { pairs.min { $0.shared < $1.shared } }

  /// - Parameters: A dimension each, the same frames in all of a dataset; NaN where there is no number.
  init(real: [[Double]], sim: [[Double]]) {
    let count = min(real.count, sim.count, Coverage.mostDimensions)
    let places = (0..<count).map { Coverage.places(real[$0], sim[$0]) }
    if count == 1 { pairs = [Coverage.pair(0, 0, places)] }
    for i in 0..<count {
      for j in 0..<i { pairs.append(Coverage.pair(j, i, places)) }
    }
    let worst = pairs.enumerated().sorted { ($0.element.shared, $0.offset) < ($1.element.shared, $1.offset) }
    maps = worst.prefix(Coverage.mapped).map { _, pair in
      Map(
        pair: pair, real: Coverage.counts(places[pair.first].real, places[pair.second].real),
        sim: Coverage.counts(places[pair.first].sim, places[pair.second].sim))
    }
  }

  /// The bins of both datasets' values: equal parts of the range of both; nil bins hold NaN.
  static func places(_ real: [Double], _ sim: [Double]) -> (real: [Int], sim: [Int], low: Double, high: Double) {
    let finite = (real + sim).filter { $0.isFinite }
    let low = finite.min() ?? 0, high = finite.max() ?? 0
    func bin(_ x: Double) -> Int {
      guard x.isFinite else { return -1 }
      return high > low ? min(bins - 1, Int((x - low) / (high - low) * Double(bins))) : 0
    }
    return (real.map(bin), sim.map(bin), low, high)
  }

  /// Counts of a pair's bins, first dimension rowwise.
  static func counts(_ a: [Int], _ b: [Int]) -> [Double] {
    var counts = [Double](repeating: 0, count: bins * bins)
    for (x, y) in zip(a, b) where x >= 0 && y >= 0 { counts[x * bins + y] += 1 }
    return counts
  }

  private static func pair(_ i: Int, _ j: Int, _ places: [(real: [Int], sim: [Int], low: Double, high: Double)]) -> Pair
  {
    let real = counts(places[i].real, places[j].real), sim = counts(places[i].sim, places[j].sim)
    func share(_ a: [Double], in b: [Double]) -> Double {
      var inside = 0.0, all = 0.0
      for (x, y) in zip(a, b) {
        all += x
        if y > 0 { inside += x }
      }
      return all > 0 ? inside / all : 1
    }
    return Pair(first: i, second: j, realInSim: share(real, in: sim), simInReal: share(sim, in: real))
  }
}
