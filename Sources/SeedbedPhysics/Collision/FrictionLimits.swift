internal import CODE
internal import SeedbedGeometry

/// Coulomb's limit where friction itself changes the normal force.
///
/// ODE bounds a contact's friction by mu times the normal force of a solution *without* friction. That is the same on a
/// slope or in a straight grasp; where it is not (a leaning board, a tapered thing between fingers, a thing that is being
/// lifted off its support) the pairs get bounds of their own, mu times the normal forces of the last solution, and the step
/// is solved again until force and bound agree. What was found carries over to the next step.
struct FrictionLimits {
  private static let capacity = ContactRecipe.maximumPoints
  /// Share of the limit, and N, by which a friction force may miss it.
  private static let tolerance = 0.01, smallest = 1e-4
  /// N: bounds by less are none, since rows that may give next to nothing make the solver fail.
  private static let nothing = 1e-4
  /// m/s beyond what the softness of friction makes of its force: faster, a contact slides.
  private static let sliding = 1e-4
  /// m: how far a contact point moves in a step and is still the same.
  private static let sameness = 2e-3

  private struct Point {
    var place: Vector3
    var normalForce: Double
  }

  /// By pair: number of points; 0: the pair needs no bounds of its own.
  private let counts: UnsafeMutablePointer<Int8>
  private let points: UnsafeMutablePointer<Point>
  private let isMarked: UnsafeMutablePointer<Bool>
  private(set) var pairsInUse = 0
  private let pairCount: Int

  init(pairCount: Int, in world: inout ODEWorld) {
    self.pairCount = pairCount
    counts = world.allocate(Int8.self, count: pairCount)
    points = world.allocate(Point.self, count: pairCount * Self.capacity)
    isMarked = world.allocate(Bool.self, count: pairCount)
  }

  /// The normal force, N, that bounds the friction of a contact; nil: ODE's own bound will do.
  @inline(__always) func normalForce(_ p: Int, at place: Vector3, of count: Int) -> Double? {
    let known = Int(counts[p])
    guard known > 0 else { return nil }
    let mine = points + p * Self.capacity
    var best = -1, nearest = Self.sameness * Self.sameness, sum = 0.0
    for i in 0..<known {
      sum += mine[i].normalForce
      let distance = (mine[i].place - place).squaredLength
      if distance < nearest { (best, nearest) = (i, distance) }
    }
    let force = best >= 0 && known == count ? mine[best].normalForce : sum / Double(count)
    return force < Self.nothing ? 0 : force
  }

  /// Takes the normal forces of the step before over, for the pairs that are bounded by them.
  mutating func gather(
    _ touches: UnsafeMutablePointer<Touching>, _ feedback: UnsafeMutablePointer<dJointFeedback>, count: Int
  ) {
    guard pairsInUse > 0 else { return }
    for p in 0..<pairCount where counts[p] > 0 {
      counts[p] = 0
      isMarked[p] = true
    }
    take(touches, feedback, count: count, share: 1)
  }

  /// Whether a friction force of the step that was just solved and its limit disagree; their pairs then have bounds of their
  /// own. `share`: of the new normal force in the bound; the rest is the old one's.
  mutating func miss(
    _ touches: UnsafeMutablePointer<Touching>, _ feedback: UnsafeMutablePointer<dJointFeedback>, count: Int,
    share: Double, _ slide: (Touching) -> Vector3?
  ) -> Bool {
    var misses = false
    for i in 0..<count where touches[i].friction > 0 {
      let touch = touches[i], p = Int(touch.pair)
      guard !isMarked[p], Self.misses(touch, feedback[i].f1, slide) else { continue }
      isMarked[p] = true
      misses = true
    }
    if misses { take(touches, feedback, count: count, share: share) }
    return misses
  }

  private static func misses(
    _ touch: Touching, _ f: (Double, Double, Double, Double), _ slide: (Touching) -> Vector3?
  ) -> Bool {
    let force = Vector3(f.0, f.1, f.2)
    let limit = touch.friction * max(0, force.dot(touch.normal))
    let second = touch.normal.cross(touch.tangent)
    let a = force.dot(touch.tangent), b = force.dot(second)
    let largest = max(abs(a), abs(b))
    if largest > (1 + tolerance) * limit + smallest { return true }
    guard largest < (1 - tolerance) * limit - smallest, let v = slide(touch) else { return false }
    // A contact that sticks moves as fast as its softness lets its force.
    return abs(v.dot(touch.tangent) + touch.slip * a) > sliding || abs(v.dot(second) + touch.slip * b) > sliding
  }

  /// Remembers the normal forces of the marked pairs.
  private mutating func take(
    _ touches: UnsafeMutablePointer<Touching>, _ feedback: UnsafeMutablePointer<dJointFeedback>, count: Int,
    share: Double
  ) {
    var i = 0
    while i < count {
      let p = Int(touches[i].pair)
      var end = i + 1
      while end < count && Int(touches[end].pair) == p { end += 1 }
      if isMarked[p] && end - i <= Self.capacity {
        let mine = points + p * Self.capacity
        // The bounds that were in use have the order of the touches.
        let isSame = Int(counts[p]) == end - i
        for k in i..<end {
          var force = Touching.normalForce(touches[k], feedback[k])
          if isSame && share < 1 { force = share * force + (1 - share) * mine[k - i].normalForce }
          mine[k - i] = Point(place: touches[k].point, normalForce: force)
        }
        counts[p] = Int8(end - i)
      }
      i = end
    }
    pairsInUse = 0
    for p in 0..<pairCount {
      isMarked[p] = false
      if counts[p] > 0 { pairsInUse += 1 }
    }
  }
}
