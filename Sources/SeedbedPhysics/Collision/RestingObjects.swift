internal import CODE
internal import SeedbedGeometry

/// Lets free objects sleep that lie still: the engine then passes over them, and their contacts keep the forces of the last
/// step awake. Other engines do the same; the speed of rest is MuJoCo's default.
///
/// Objects whose bounding boxes meet fall asleep and wake together. What touches or nearly touches something that moves by
/// itself, a robot's link or a part on joints, stays awake; so a thing is woken before anything can touch it.
struct RestingObjects {
  /// m/s and rad/s: slower than this an object lies still. What the contacts' softness makes of rest is a hundredth of it.
  private static let stillSpeed = 1e-4, stillSpin = 1e-3
  /// Seconds that it must have lain still.
  private static let patience = 0.25

  enum Motion: UInt8 { case fixed, moves, asleep }

  /// By geom.
  let motions: UnsafeMutablePointer<Motion>
  /// Number of the free object that the geom is of; -1: of none.
  private let owners: UnsafeMutablePointer<Int32>
  private let geomCount: Int
  private let bodies: [dBodyID]
  /// Steps since it last moved, and who sleeps with it.
  private let stillSteps: UnsafeMutablePointer<Int>, groups: UnsafeMutablePointer<Int>
  private let mayRest: UnsafeMutablePointer<Bool>
  /// What it still moved at when it fell asleep: m/s and rad/s.
  private let lastMotions: UnsafeMutablePointer<(v: Vector3, w: Vector3)>
  private let patience: Int
  private(set) var asleepCount = 0

  /// - Parameter mayRest: false: nothing ever sleeps.
  init(_ geoms: [CollisionGeom], mayRest: Bool, h: Double, in world: inout ODEWorld) {
    var bodies: [dBodyID] = []
    var owners: [Int32] = []
    for geom in geoms {
      guard let body = geom.body, geom.robotBody == nil, !geom.isJointed, mayRest else {
        owners.append(-1)
        continue
      }
      if !bodies.contains(body) { bodies.append(body) }
      owners.append(Int32(bodies.firstIndex(of: body) ?? -1))
    }
    self.bodies = bodies
    self.owners = world.keep(owners)
    motions = world.keep(geoms.map { $0.body == nil ? .fixed : .moves })
    geomCount = geoms.count
    stillSteps = world.allocate(Int.self, count: bodies.count)
    groups = world.allocate(Int.self, count: bodies.count)
    self.mayRest = world.allocate(Bool.self, count: bodies.count)
    lastMotions = world.allocate((v: Vector3, w: Vector3).self, count: bodies.count)
    patience = max(2, Int((Self.patience / h).rounded(.up)))
  }

  @inline(__always) func isAsleep(_ pair: CollisionPair) -> Bool {
    motions[Int(pair.first)] == .asleep || motions[Int(pair.second)] == .asleep
  }

  /// Wakes who comes near to something that moves. `boxes`: the geoms', six numbers each.
  mutating func wakeTouched(_ pairs: [CollisionPair], _ boxes: UnsafePointer<Double>) {
    guard asleepCount > 0 else { return }
    for pair in pairs {
      let a = motions[Int(pair.first)], b = motions[Int(pair.second)]
      if a == .asleep && b == .moves && Collider.meet(pair, boxes) { wake(groups[Int(owners[Int(pair.first)])]) }
      if a == .moves && b == .asleep && Collider.meet(pair, boxes) { wake(groups[Int(owners[Int(pair.second)])]) }
    }
  }

  /// Wakes the object that the body is of.
  mutating func wake(_ body: dBodyID) {
    guard let i = bodies.firstIndex(of: body) else { return }
    stillSteps[i] = 0
    if dBodyIsEnabled(body) == 0 { wake(groups[i]) }
  }

  private mutating func wake(_ group: Int) {
    for i in bodies.indices where groups[i] == group && dBodyIsEnabled(bodies[i]) == 0 {
      dBodyEnable(bodies[i])
      let (v, w) = lastMotions[i]
      dBodySetLinearVel(bodies[i], v.x, v.y, v.z)
      dBodySetAngularVel(bodies[i], w.x, w.y, w.z)
      stillSteps[i] = 0
      asleepCount -= 1
      for g in 0..<geomCount where owners[g] == Int32(i) { motions[g] = .moves }
    }
  }

  /// Takes note of who lies still after a step.
  func watch() {
    for (i, body) in bodies.enumerated() where dBodyIsEnabled(body) != 0 {
      let v = ODEValue.vector(dBodyGetLinearVel(body)), w = ODEValue.vector(dBodyGetAngularVel(body))
      let isStill =
        v.squaredLength < Self.stillSpeed * Self.stillSpeed && w.squaredLength < Self.stillSpin * Self.stillSpin
      stillSteps[i] = isStill ? stillSteps[i] + 1 : 0
    }
  }

  /// Puts those to sleep that have lain still long enough, with all that they meet.
  mutating func settle(_ pairs: [CollisionPair], _ boxes: UnsafePointer<Double>) {
    guard bodies.indices.contains(where: { stillSteps[$0] >= patience && dBodyIsEnabled(bodies[$0]) != 0 }) else {
      return
    }
    for i in bodies.indices where dBodyIsEnabled(bodies[i]) != 0 {
      groups[i] = i
      mayRest[i] = stillSteps[i] >= patience
    }
    let near = pairs.filter {
      motions[Int($0.first)] == .moves && motions[Int($0.second)] == .moves && Collider.meet($0, boxes)
    }
    // What one of a group may not, none may; the group's number is its least.
    var isChanged = true
    while isChanged {
      isChanged = false
      for pair in near {
        let a = Int(owners[Int(pair.first)]), b = Int(owners[Int(pair.second)])
        let rests = (a < 0 ? false : mayRest[a]) && (b < 0 ? false : mayRest[b])
        let group = min(a < 0 ? .max : groups[a], b < 0 ? .max : groups[b])
        for i in [a, b] where i >= 0 && (mayRest[i] != rests || groups[i] != group) {
          mayRest[i] = rests
          groups[i] = group
          isChanged = true
        }
      }
    }
    for (i, body) in bodies.enumerated() where mayRest[i] && dBodyIsEnabled(body) != 0 {
      lastMotions[i] = (ODEValue.vector(dBodyGetLinearVel(body)), ODEValue.vector(dBodyGetAngularVel(body)))
      dBodySetLinearVel(body, 0, 0, 0)
      dBodySetAngularVel(body, 0, 0, 0)
      dBodyDisable(body)
      asleepCount += 1
      for g in 0..<geomCount where owners[g] == Int32(i) { motions[g] = .asleep }
    }
  }
}
