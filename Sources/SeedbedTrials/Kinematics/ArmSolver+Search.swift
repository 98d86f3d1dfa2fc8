public import SeedbedGeometry

extension ArmSolver {
  /// What counts as reached when nothing else is asked for: 0.5 mm and 5 mrad.
  public static let tolerance = PoseError(position: 5e-4, rotation: 5e-3)

  /// Iterates from `start` until the tolerance holds; nil where it does not within `iterations`.
  public mutating func converge(
    from start: [Double], to target: Pose, iterations: Int = 60, tolerance: PoseError = ArmSolver.tolerance
  ) -> [Double]? {
    var q = start
    for i in 0..<iterations {
      let error = step(&q, towards: target, posture: i < iterations / 2 ? 0.02 : 0)
      if error.isWithin(position: tolerance.position, rotation: tolerance.rotation) { return q }
    }
    return self.error(q, target).isWithin(position: tolerance.position, rotation: tolerance.rotation) ? q : nil
  }

  /// A configuration that reaches `target`: from `start`, from home, and then from up to `restarts` configurations
  /// spread evenly over the joint ranges (Halton points, so the same every time). nil: none was found.
  public mutating func solve(_ target: Pose, from start: [Double]? = nil, restarts: Int = 8) -> [Double]? {
    if let start, let q = converge(from: start, to: target) { return q }
    if let q = converge(from: model.home, to: target) { return q }
    for i in 0..<restarts {
      if let q = converge(from: spread(i), to: target) { return q }
    }
    return nil
  }

  /// Up to `limit` configurations that reach `target` in different postures, the one nearest to home first.
  mutating func solutions(_ target: Pose, limit: Int, restarts: Int = 14) -> [[Double]] {
    var found: [(distance: Double, q: [Double])] = []
    for i in -1..<restarts {
      guard var q = converge(from: i < 0 ? model.home : spread(i), to: target) else { continue }
      unwind(&q)
      let distance = zip(q, model.bounds).map { abs($0 - $1.home) }.max() ?? 0
      if !found.contains(where: { zip($0.q, q).allSatisfy { abs($0 - $1) < 0.05 } }) { found.append((distance, q)) }
    }
    return found.enumerated().sorted { ($0.element.distance, $0.offset) < ($1.element.distance, $1.offset) }
      .prefix(limit).map(\.element.q)
  }

  /// Takes whole turns out of joints that may turn so far, towards home.
  private func unwind(_ q: inout [Double]) {
    for step in model.steps where !step.isPrismatic && abs(step.multiplier) == 1 {
      let b = model.bounds[step.driver]
      let value = b.home + wrapped(q[step.driver] - b.home)
      if value >= b.lower, value <= b.upper { q[step.driver] = value }
    }
  }

  private func spread(_ i: Int) -> [Double] {
    var seed = model.home
    for j in seed.indices {
      let b = model.bounds[j]
      let low = max(b.lower, b.home - Double.pi), high = min(b.upper, b.home + Double.pi)
      let share = halton(i + 1, base: ArmSolver.primes[j % ArmSolver.primes.count])
      seed[j] = low + (high - low) * (0.1 + 0.8 * share)
    }
    return seed
  }

  private static let primes = [2, 3, 5, 7, 11, 13, 17, 19, 23, 29]

  private func halton(_ index: Int, base: Int) -> Double {
    var i = index, scale = 1.0, value = 0.0
    while i > 0 {
      scale /= Double(base)
      value += scale * Double(i % base)
      i /= base
    }
    return value
  }
}
