internal import CODE
internal import SeedbedGeometry

/// Looks at every body after every step, and can take a step back.
///
/// Nothing that is not finite or not credible may enter the next step: ODE's answer to it is to end the process.
struct StateWatch {
  enum Kind {
    case notFinite
    case speed(Double)
    case spin(Double)
  }

  struct Trouble {
    /// Robot bodies first, then those of the objects.
    var body: Int
    var kind: Kind
  }

  // m/s and rad/s. An object may be faster by what falling from its highest point gives.
  private static let objectSpeed = 6.0, linkSpeed = 50.0
  private static let objectSpin = 2000.0, linkSpin = 2000.0
  // m/s and rad/s.
  private static let nudgeSpeed = 1e-7

  private let bodies: [dBodyID]
  /// Bodies that are taken back too, and not looked at: functions of the others.
  private let others: [dBodyID]
  private let robotCount: Int
  private let up: Vector3
  private let g: Double
  /// Highest point of each body so far, along `up`.
  private var highest: [Double]

  /// Pose, velocities and the forces that the coming step will take, a body.
  private static let numbers = 19
  private let saved: UnsafeMutablePointer<Double>

  init(
    _ robot: [dBodyID], _ objects: [dBodyID], others: [dBodyID], gravity: Vector3, in world: inout ODEWorld
  ) {
    self.others = others
    saved = world.allocate(
      Double.self, count: Self.numbers * (robot.count + objects.count + others.count))
    bodies = robot + objects
    robotCount = robot.count
    g = gravity.length
    let up = gravity.normalized.map { -$0 } ?? .unitZ
    self.up = up
    highest = (robot + objects).map { ODEValue.vector(dBodyGetPosition($0)).dot(up) }
  }

  /// Remembers the state of all bodies.
  func save() {
    for i in bodies.indices { save(bodies[i], saved + Self.numbers * i) }
    for i in others.indices { save(others[i], saved + Self.numbers * (bodies.count + i)) }
  }

  /// Takes all bodies back to the saved state.
  func restore() {
    for i in bodies.indices { restore(bodies[i], saved + Self.numbers * i) }
    for i in others.indices { restore(others[i], saved + Self.numbers * (bodies.count + i)) }
  }

  /// Adds up to `nudgeSpeed` to every component of the velocities, as the key says.
  func nudge(_ key: UInt64) {
    var state = key
    func draw() -> Double {
      // Knuth's MMIX generator.
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double(Int64(bitPattern: state) >> 11) * 0x1p-52 * Self.nudgeSpeed
    }
    for body in bodies + others where dBodyIsEnabled(body) != 0 {
      let v = ODEValue.vector(dBodyGetLinearVel(body)), w = ODEValue.vector(dBodyGetAngularVel(body))
      dBodySetLinearVel(body, v.x + draw(), v.y + draw(), v.z + draw())
      dBodySetAngularVel(body, w.x + draw(), w.y + draw(), w.z + draw())
    }
  }

  private func save(_ body: dBodyID, _ s: UnsafeMutablePointer<Double>) {
    s.update(from: dBodyGetPosition(body), count: 3)
    (s + 3).update(from: dBodyGetQuaternion(body), count: 4)
    (s + 7).update(from: dBodyGetLinearVel(body), count: 3)
    (s + 10).update(from: dBodyGetAngularVel(body), count: 3)
    (s + 13).update(from: dBodyGetForce(body), count: 3)
    (s + 16).update(from: dBodyGetTorque(body), count: 3)
  }

  private func restore(_ body: dBodyID, _ s: UnsafeMutablePointer<Double>) {
    dBodySetPosition(body, s[0], s[1], s[2])
    dBodySetQuaternion(body, s + 3)
    dBodySetLinearVel(body, s[7], s[8], s[9])
    dBodySetAngularVel(body, s[10], s[11], s[12])
    dBodySetForce(body, s[13], s[14], s[15])
    dBodySetTorque(body, s[16], s[17], s[18])
  }

  mutating func check() -> Trouble? {
    for i in bodies.indices {
      let body = bodies[i]
      let p = ODEValue.vector(dBodyGetPosition(body))
      let v = ODEValue.vector(dBodyGetLinearVel(body)), w = ODEValue.vector(dBodyGetAngularVel(body))
      let v2 = v.squaredLength, w2 = w.squaredLength
      guard let q = dBodyGetQuaternion(body),
        (p.x + p.y + p.z + v2 + w2 + q[0] + q[1] + q[2] + q[3]).isFinite
      else { return Trouble(body: i, kind: .notFinite) }
      let isLink = i < robotCount
      var limit = Self.linkSpeed
      if !isLink {
        let height = p.dot(up)
        if height > highest[i] { highest[i] = height }
        // (6 + fall)² without the square root where it is not needed.
        limit = Self.objectSpeed
        if v2 > limit * limit { limit += (2 * g * (highest[i] - height)).squareRoot() }
      }
      if v2 > limit * limit { return Trouble(body: i, kind: .speed(v2.squareRoot())) }
      let spin = isLink ? Self.linkSpin : Self.objectSpin
      if w2 > spin * spin { return Trouble(body: i, kind: .spin(w2.squareRoot())) }
    }
    return nil
  }

  /// FNV-1a, byte by byte, over position, quaternion, linear and angular velocity of all bodies.
  func mix(into start: UInt64) -> UInt64 {
    var hash = start
    for body in bodies {
      Self.mix(dBodyGetPosition(body), 3, &hash)
      Self.mix(dBodyGetQuaternion(body), 4, &hash)
      Self.mix(dBodyGetLinearVel(body), 3, &hash)
      Self.mix(dBodyGetAngularVel(body), 3, &hash)
    }
    return hash
  }

  private static func mix(_ values: UnsafePointer<Double>, _ count: Int, _ hash: inout UInt64) {
    for byte in UnsafeRawBufferPointer(start: values, count: count * MemoryLayout<Double>.size) {
      hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3
    }
  }
}
