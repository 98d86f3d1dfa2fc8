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
      var seed = model.home
      for j in seed.indices {
        let b = model.bounds[j]
        let low = max(b.lower, b.home - Double.pi), high = min(b.upper, b.home + Double.pi)
        let share = halton(i + 1, base: ArmSolver.primes[j % ArmSolver.primes.count])
        seed[j] = low + (high - low) * (0.1 + 0.8 * share)
      }
      if let q = converge(from: seed, to: target) { return q }
    }
    return nil
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
