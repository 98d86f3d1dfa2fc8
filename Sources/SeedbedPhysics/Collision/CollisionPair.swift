internal import CODE
internal import SeedbedGeometry
internal import SeedbedScene

/// Two geoms that may touch; the first one always has a body.
struct CollisionPair {
  let first: Int32, second: Int32
  let friction: Double
  /// While sliding; not above `friction`.
  let kineticFriction: Double
  let restitution: Double
  /// N/m and N s/m, of all contact points together; 0: no pad.
  let padStiffness: Double, padDamping: Double
  /// Softness of the normal row in an impact that bounces, for a step of one second.
  let bounceSoftness: Double
  /// Softness of the friction against turning; 0: the pair has none, since no object takes part.
  let turningSoftness: Double
  let needsManifold: Bool
  /// Both are boxes.
  let areBoxes: Bool
  /// A sphere and a hull.
  let seatsSphere: Bool
  let touchesLine: Bool
  /// Number of the reduced arm's link that the first geom is on, where it is kinematic; else -1.
  let reducedLink: Int
  /// The same of the second geom, where both are the robot's.
  let otherLink: Int
  /// Of the second geom, where the first one is a cylinder.
  let faces: UnsafePointer<FixedFaces>?

  init(_ first: Int, _ second: Int, _ geoms: [CollisionGeom], _ reduced: ReducedArm?, _ rules: MaterialRules) {
    let a = geoms[first], b = geoms[second]
    self.first = Int32(first)
    self.second = Int32(second)
    (friction, kineticFriction) = rules.friction(a, b)
    restitution = rules.restitution(a, b)
    let pad = a.pad ?? b.pad
    (padStiffness, padDamping) = (pad?.stiffness ?? 0, pad?.damping ?? 0)
    let mass = min(a.mass, b.mass), inertia = min(a.inertia, b.inertia)
    bounceSoftness = mass.isFinite ? ContactRecipe.bounceSoftness / mass : 1
    turningSoftness = inertia.isFinite ? ContactRecipe.turningSoftness / inertia : 0
    needsManifold = Self.givesOnePoint(a, b) || Self.givesOnePoint(b, a)
    areBoxes = a.isBox && b.isBox
    seatsSphere = a.isSphere && b.isHull || a.isHull && b.isSphere
    touchesLine = a.isRound || b.isRound
    if case .cylinder = a.shape { faces = b.faces } else { faces = nil }
    reducedLink = Self.kinematicLink(a, reduced)
    otherLink = Self.kinematicLink(b, reduced)
  }

  /// Number of the reduced arm's link that the geom is on, where it is kinematic; else -1.
  static func kinematicLink(_ geom: CollisionGeom, _ reduced: ReducedArm?) -> Int {
    guard let reduced, let body = geom.robotBody, reduced.isLink(body), reduced.linkOfBody[body] != reduced.hand else {
      return -1
    }
    return reduced.linkOfBody[body]
  }

  /// ODE's general convex collider and its capsule-box collider find a single point.
  private static func givesOnePoint(_ a: CollisionGeom, _ b: CollisionGeom) -> Bool {
    switch (a.shape, b.shape) {
    case (.sphere, _), (_, .sphere): false
    case (.polyhedron, .polyhedron): a.isHull || b.isHull
    case (.polyhedron, .cylinder): a.isHull
    case (.polyhedron, .capsule): true
    case (.cylinder, _), (.capsule, _): false
    }
  }
}

extension CollisionGeom {
  /// Of the robot.
  var isLink: Bool { if case .link = owner { true } else { false } }

  var isBox: Bool { if case .polyhedron = shape { !isHull } else { false } }

  var isSphere: Bool { if case .sphere = shape { true } else { false } }

  /// Rolls on its side.
  var isRound: Bool {
    switch shape {
    case .cylinder, .capsule: true
    case .sphere, .polyhedron: false
    }
  }
}

/// A contact point of a step.
struct Touching {
  var pair: Int32
  var point: Vector3
  /// Into the pair's first geom.
  var normal: Vector3
  var depth: Double
  /// What bounds its friction, and the unit vector of its first direction; 0: the engine does not solve it, or it has none.
  var friction = 0.0
  var tangent = Vector3.zero
  /// m/(N s): softness of its friction.
  var slip = 0.0

  /// N. The first geom always has a body, so the feedback's first force is the one on it.
  @inline(__always) static func normalForce(_ touch: Touching, _ feedback: dJointFeedback) -> Double {
    max(0, Vector3(feedback.f1.0, feedback.f1.1, feedback.f1.2).dot(touch.normal))
  }
}
