internal import CODE
internal import SeedbedGeometry

/// Finds the contacts of a step and makes them joints.
///
/// A fixed list of pairs with a box test before the narrow phase: cheaper than ODE's spaces at this number of geoms, and
/// the order of the contacts is the scene's, not that of a hash.
struct Collider {
  let geoms: [CollisionGeom]
  let pairs: [CollisionPair]
  private let gravityDirection: Vector3
  let erp: Double, cfm: Double, h: Double
  private let manifold: Manifold
  private let parallelBoxes: ParallelBoxes
  /// Six numbers a geom.
  private let boxes: UnsafeMutablePointer<Double>
  private let moving: [Int]
  private let contacts: UnsafeMutablePointer<dContact>

  private var loads: PairLoads
  private var turning: TurningFriction
  private var limits: FrictionLimits
  let reduced: ReducedArm?
  private(set) var slip = ContactRecipe.slip
  /// m: of the last step's touches.
  private(set) var deepest = 0.0
  private var resistsTurning = true, hasOwnLimits = true

  private(set) var resting: RestingObjects

  /// Touches of the last step, and their forces once it is done.
  var touchCount = 0
  private(set) var touches: UnsafeMutablePointer<Touching>
  private(set) var feedback: UnsafeMutablePointer<dJointFeedback>
  /// The same of the step before, in the order of the pairs; what sleeps keeps them.
  private var before: (touches: UnsafeMutablePointer<Touching>, feedback: UnsafeMutablePointer<dJointFeedback>)
  private var beforeCount = 0, kept = 0
  /// Touches beyond this number are not recorded (they still push).
  static let recordedTouches = 4096

  init(
    geoms: [CollisionGeom], pairs: [CollisionPair], _ reduced: ReducedArm?, gravity: Vector3, h: Double,
    sleeping: Bool, in world: inout ODEWorld
  ) {
    self.reduced = reduced
    self.geoms = geoms
    self.pairs = pairs
    gravityDirection = gravity.normalized ?? Vector3(0, 0, -1)
    self.h = h
    (erp, cfm) = ContactRecipe.softness(h: h)
    manifold = Manifold(in: &world)
    parallelBoxes = ParallelBoxes(in: &world)
    boxes = world.allocate(Double.self, count: 6 * geoms.count)
    contacts = world.allocate(dContact.self, count: ContactRecipe.requestedPoints)
    touches = world.allocate(Touching.self, count: Self.recordedTouches)
    feedback = world.allocate(dJointFeedback.self, count: Self.recordedTouches)
    before = (
      world.allocate(Touching.self, count: Self.recordedTouches),
      world.allocate(dJointFeedback.self, count: Self.recordedTouches)
    )
    resting = RestingObjects(geoms, mayRest: sleeping, h: h, in: &world)
    loads = PairLoads(pairCount: pairs.count, in: &world)
    turning = TurningFriction(pairCount: pairs.count, in: &world)
    limits = FrictionLimits(pairCount: pairs.count, in: &world)
    moving = geoms.indices.filter { geoms[$0].body != nil }
    for i in geoms.indices { dGeomGetAABB(geoms[i].id, boxes + 6 * i) }
  }

  /// Replaces the contact joints of the last step by those of this one. `retrySlip`: friction that is softer than usual,
  /// and none against turning, for a step that is likely to fail. `isAgain`: the step is tried again. `ownLimits`: false:
  /// the engine bounds all friction.
  mutating func collide(
    _ world: borrowing ODEWorld, retrySlip: Double? = nil, isAgain: Bool = false, ownLimits: Bool = true
  ) {
    if retrySlip == nil && !isAgain { loads.gather(touches, feedback, count: touchCount) }
    if !isAgain { limits.gather(touches, feedback, count: touchCount) }
    slip = retrySlip ?? ContactRecipe.slip
    resistsTurning = retrySlip == nil
    hasOwnLimits = ownLimits
    dJointGroupEmpty(world.contactGroup)
    if !isAgain {
      swap(&before.touches, &touches)
      swap(&before.feedback, &feedback)
      beforeCount = touchCount
    }
    touchCount = 0
    kept = 0
    deepest = 0
    turning.forget(isAgain: isAgain)
    for i in moving where resting.motions[i] == .moves { dGeomGetAABB(geoms[i].id, boxes + 6 * i) }
    resting.wakeTouched(pairs, boxes)
    for p in pairs.indices {
      if resting.isAsleep(pairs[p]) {
        if resting.asleepCount > 0 { keep(p) }
      } else if Self.meet(pairs[p], boxes) {
        touch(p, world)
      }
    }
  }

  /// Whether the boxes of the pair's geoms meet.
  @inline(__always) static func meet(_ pair: CollisionPair, _ boxes: UnsafePointer<Double>) -> Bool {
    let a = boxes + 6 * Int(pair.first), b = boxes + 6 * Int(pair.second)
    return a[0] <= b[1] && b[0] <= a[1] && a[2] <= b[3] && b[2] <= a[3] && a[4] <= b[5] && b[4] <= a[5]
  }

  /// Takes note of what lies still after a step.
  func watchRest() { resting.watch() }

  /// Wakes the object of a body that is pushed.
  mutating func wake(_ body: dBodyID) { resting.wake(body) }

  /// Lets what lies still sleep, once a frame.
  mutating func settle() { resting.settle(pairs, boxes) }

  /// The touches of a pair that sleeps are those of the step before.
  private mutating func keep(_ p: Int) {
    while kept < beforeCount && Int(before.touches[kept].pair) < p { kept += 1 }
    while kept < beforeCount && Int(before.touches[kept].pair) == p && touchCount < Self.recordedTouches {
      touches[touchCount] = before.touches[kept]
      feedback[touchCount] = before.feedback[kept]
      touchCount += 1
      kept += 1
    }
    turning.keep(p)
  }

  /// m: overlaps with doors and drawers count as no deeper, so that they part no faster than the recipe says. Near a hinge a door
  /// that is pushed out at the usual speed would fly open.
  private var jointedDepth: Double { ContactRecipe.jointedCorrectingVelocity * h / erp }

  /// Drops what was recorded.
  mutating func forget() { touchCount = 0 }

  private mutating func touch(_ p: Int, _ world: borrowing ODEWorld) {
    let pair = pairs[p]
    let a = geoms[Int(pair.first)], b = geoms[Int(pair.second)]
    var count: Int
    if let faces = pair.faces, case .cylinder(let radius, let halfLength) = a.shape,
      let plane = faces.pointee.plane(over: boxes + 6 * Int(pair.first))
    {
      count = CylinderFace.collide(a.id, radius: radius, halfLength: halfLength, plane, contacts)
    } else if pair.areBoxes && ParallelBoxes.areAmbiguous(a.id, b.id) {
      count = parallelBoxes.collide(a.id, b.id, contacts)
    } else {
      count = Int(
        dCollide(
          a.id, b.id, Int32(ContactRecipe.requestedPoints), &contacts.pointee.geom,
          Int32(MemoryLayout<dContact>.stride)))
    }
    guard count > 0 else { return }
    if count == 1 && pair.needsManifold {
      count = manifold.expand(contacts, a, b, limit: ContactRecipe.maximumPoints)
    } else if count == 1 && pair.seatsSphere {
      count = manifold.seatSphere(contacts, a, b)
      guard count > 0 else { return }
    } else {
      count = ContactReduction.reduce(contacts, count: count, to: ContactRecipe.maximumPoints)
    }
    // In a grasp the creep does not depend on the number of points.
    let isGrasp = a.robotBody != nil && resistsTurning
    let slip = isGrasp ? slip * Double(count) / Double(ContactRecipe.maximumPoints) : slip
    var (erp, cfm) = (self.erp, self.cfm)
    if pair.padStiffness > 0 {
      (erp, cfm) = ContactRecipe.softness(
        h: h, padStiffness: pair.padStiffness, padDamping: pair.padDamping, count: count)
    }
    let surface = ContactRecipe.surface(
      friction: pair.friction, slip: slip, restitution: pair.restitution, erp: erp, cfm: cfm)
    let link = pair.reducedLink
    for i in 0..<count {
      contacts[i].surface = surface
      if link >= 0 {
        if b.body == nil || pair.otherLink >= 0 {
          lean(contacts[i].geom, p, link: link, count: count)
          continue
        }
        yield(contacts + i, link: link, count: count)
      } else if pair.otherLink >= 0 {
        yield(contacts + i, link: pair.otherLink, count: count)
      }
      let depth = contacts[i].geom.depth
      if a.isJointed || b.isJointed { contacts[i].geom.depth = min(depth, jointedDepth) }
      shape(contacts + i, a.body, b.body, p)
      let friction = contacts[i].surface.mu
      if hasOwnLimits, let force = limits.normalForce(p, at: contacts[i].geom.point, of: count) {
        contacts[i].surface.mode &= ~Int32(dContactApprox1)
        contacts[i].surface.mu = friction * force
      }
      let joint = dJointCreateContact(world.id, world.contactGroup, contacts + i)
      dJointAttach(joint, a.body, b.body)
      if touchCount < Self.recordedTouches {
        dJointSetFeedback(joint, feedback + touchCount)
        let g = contacts[i].geom
        // What a pad gives is no overlap.
        let give = pair.padStiffness > 0 ? 2 * loads.normal(p) / pair.padStiffness : 0
        deepest = max(deepest, depth - give)
        touches[touchCount] = Touching(pair: Int32(p), point: g.point, normal: g.direction, depth: depth)
        if link < 0 && pair.otherLink < 0 {
          touches[touchCount].friction = friction
          touches[touchCount].tangent = Self.tangent(contacts[i])
          touches[touchCount].slip = contacts[i].surface.slip1
        }
        touchCount += 1
      }
    }
    guard resistsTurning && pair.turningSoftness > 0 else { return }
    if count == 1 {
      turning.resistAtPoint(
        p, world, a.body, b.body, force: loads.normal(p), normal: contacts[0].geom.direction,
        softness: pair.turningSoftness)
    } else if count == 2 && pair.touchesLine {
      turning.resistAtLine(
        p, world, a.body, b.body, force: loads.normal(p), along: contacts[1].geom.point - contacts[0].geom.point,
        softness: pair.turningSoftness)
    }
  }

  /// Whether friction in the step that was just solved and its limit disagree, so that the step is to be solved again.
  ///
  /// - Parameter round: from 0.
  mutating func meetFriction(round: Int) -> Bool {
    limits.miss(touches, feedback, count: touchCount, share: round < 2 ? 1 : 0.5) { touch in
      let pair = pairs[Int(touch.pair)]
      if resting.isAsleep(pair) { return nil }
      var velocity = Vector3.zero
      if let a = geoms[Int(pair.first)].body { velocity += Self.velocity(a, at: touch.point) }
      if let b = geoms[Int(pair.second)].body { velocity -= Self.velocity(b, at: touch.point) }
      return velocity
    }
  }

  /// The first direction of a contact's friction.
  @inline(__always) private static func tangent(_ contact: dContact) -> Vector3 {
    if contact.surface.mode & Int32(dContactFDir1) != 0 {
      return Vector3(contact.fdir1.0, contact.fdir1.1, contact.fdir1.2)
    }
    return withUnsafeTemporaryAllocation(of: Double.self, capacity: 12) { v in
      guard let v = v.baseAddress else { return .zero }
      let n = contact.geom.normal
      (v[0], v[1], v[2], v[3]) = (n.0, n.1, n.2, 0)
      dPlaneSpace(v, v + 4, v + 8)
      return ODEValue.vector(v + 4)
    }
  }

  /// Hands out what pushed the robot's bodies in the last step: tree number, force N, its point, torque Nm (world axes).
  func pushes(_ take: (_ body: Int, _ force: Vector3, _ point: Vector3, _ torque: Vector3) -> Void) {
    for i in 0..<touchCount {
      let pair = pairs[Int(touches[i].pair)]
      guard let body = geoms[Int(pair.first)].robotBody else { continue }
      let f = feedback[i].f1
      let force = Vector3(f.0, f.1, f.2)
      let other = geoms[Int(pair.second)]
      take(body, force, touches[i].point, .zero)
      if let body = other.robotBody { take(body, -force, touches[i].point, .zero) }
    }
    turning.torques { pair, torque in
      let geom = geoms[Int(pairs[pair].first)]
      if let body = geom.robotBody { take(body, .zero, reduced?.reference ?? .zero, torque) }
    }
  }

  /// Torques of the last step on the first geoms of pairs by friction against turning, Nm, world axes.
  func turningTorques(_ take: (_ pair: Int, _ torque: Vector3) -> Void) { turning.torques(take) }

  /// What depends on the velocity at the point.
  ///
  /// ODE's friction is a pyramid: right only along its own axes. The first axis goes along the slip; at rest, where slip
  /// would begin, along gravity, and on level ground along the friction of the step before.
  @inline(__always)
  private func shape(
    _ contact: UnsafeMutablePointer<dContact>, _ a: dBodyID?, _ b: dBodyID?, _ p: Int
  ) {
    let pair = pairs[p]
    let point = contact.pointee.geom.point, n = contact.pointee.geom.direction
    var velocity = Vector3.zero
    if let a { velocity += Self.velocity(a, at: point) }
    if let b { velocity -= Self.velocity(b, at: point) }
    if pair.restitution > 0 && pair.reducedLink < 0 && velocity.dot(n) < -ContactRecipe.bounceSpeed {
      contact.pointee.surface.soft_cfm = min(cfm, h * pair.bounceSoftness)
    }
    var tangent = velocity - n * velocity.dot(n)
    var length = tangent.length
    if length > ContactRecipe.slipSpeed && pair.kineticFriction < pair.friction {
      let range = ContactRecipe.slidingSpeed - ContactRecipe.slipSpeed
      let share = max(0, (ContactRecipe.slidingSpeed - length) / range)
      contact.pointee.surface.mu = pair.kineticFriction + (pair.friction - pair.kineticFriction) * share
    }
    if length < ContactRecipe.slipSpeed {
      tangent = gravityDirection - n * gravityDirection.dot(n)
      length = tangent.length
      if length < 0.05 {
        let load = loads.tangent(p)
        tangent = load - n * load.dot(n)
        length = tangent.length
        if length <= ContactRecipe.loadedShare * pair.friction * loads.normal(p) { return }
      }
    }
    contact.pointee.surface.mode |= Int32(dContactFDir1)
    let s = 1 / length
    contact.pointee.fdir1 = (tangent.x * s, tangent.y * s, tangent.z * s, 0)
  }

  @inline(__always) private static func velocity(_ body: dBodyID, at point: Vector3) -> Vector3 {
    ODEValue.vector(dBodyGetLinearVel(body))
      + ODEValue.vector(dBodyGetAngularVel(body)).cross(point - ODEValue.vector(dBodyGetPosition(body)))
  }
}
