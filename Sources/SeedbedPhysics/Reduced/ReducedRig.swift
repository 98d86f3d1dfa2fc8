internal import CODE
internal import SeedbedGeometry

/// The reduced arm in ODE's world: its bodies, its hand and the contacts that it feels.
struct ReducedRig {
  let arm: ReducedArm
  private var mount: HandMount
  private var wasLimited = false
  /// Kinematic bodies with the number of their link.
  private let bodies: [(id: dBodyID, link: Int, center: Vector3)]
  private let masses: [(body: Int, id: dBodyID, own: MassProperties)]

  init(_ arm: ReducedArm, _ tree: RobotTree, _ robotBodies: [dBodyID], in world: inout ODEWorld) {
    self.arm = arm
    let handBody = arm.links[arm.hand].body
    bodies = (0..<arm.linkCount).filter { $0 != arm.hand }.map { link in
      let body = arm.links[link].body
      return (robotBodies[body], link, tree.bodies[body].mass.center)
    }
    masses = tree.outboard(of: handBody).map { ($0, robotBodies[$0], tree.bodies[$0].mass) }
    for body in bodies { dBodySetKinematic(body.id) }
    mount = HandMount(arm, tree, robotBodies, in: &world)
    loadHand()
    arm.gatherInertia()
    for c in 0..<arm.driveCount {
      arm.drives[c].applied = arm.drives[c].gravity
      arm.drives[c].commanded = arm.drives[c].gravity
    }
  }

  /// The body that is no link's; it is saved and restored with the others.
  var flange: dBodyID { mount.flange }

  /// Takes what the hand carries (fingers at their present opening) as a part of it. Once a frame is often enough.
  func loadHand() {
    let frame = ODEValue.pose(masses[0].id) * Pose(-masses[0].own.center)
    var sum = masses[0].own
    for (_, id, own) in masses.dropFirst() {
      let pose = frame.inverse * ODEValue.pose(id)
      sum = sum + MassProperties(mass: own.mass, center: .zero, inertia: own.inertia).transformed(by: pose)
    }
    arm.links[arm.hand].mass = sum
  }

  /// Solves the step's joint rates and gives the bodies their velocities. nil: all is well; otherwise what is not.
  mutating func drive(h: Double, isFirstStep: Bool) -> String? {
    guard arm.solve(h: h) else { return "the arm's joint rates are not finite" }
    for c in 0..<arm.driveCount where abs(arm.drives[c].nextRate) > Self.fastest {
      return "the arm's joint number \(arm.drives[c].arm + 1) moves at \(arm.drives[c].nextRate) rad/s or m/s"
    }
    if isFirstStep { loadHand() }
    guard arm.prepareHand(at: mount.position, h: h) else { return "the arm's inertia is not positive" }
    // A motor at its limit no longer holds the arm: it yields at once.
    let isLimited = arm.isLimited
    if isFirstStep || isLimited || wasLimited { mount.yield(like: arm, h: h) }
    wasLimited = isLimited
    arm.move(isNext: true)
    show()
    mount.drive(arm, h: h)
    return nil
  }

  /// Lets the joints feel what the hand took, moves them and the bodies that follow them, and takes note of what touched.
  mutating func finish(h: Double, _ collider: borrowing Collider) {
    mount.pass(to: arm, h: h)
    arm.forgetOutside()
    collider.pushes { body, force, point, torque in arm.push(body, force: force, at: point, torque: torque) }
    arm.integrate(h: h)
    arm.move(isNext: false)
    for body in bodies {
      let state = arm.states[body.link]
      ODEValue.setBodyPose(body.id, Pose(state.apply(body.center), Quaternion(state.rotation)))
    }
    show()
    mount.place(arm)
  }

  /// Gives the bodies the velocities of their links.
  private func show() {
    for body in bodies {
      let state = arm.states[body.link]
      let v = state.linear + state.angular.cross(state.rotation * body.center)
      dBodySetLinearVel(body.id, v.x, v.y, v.z)
      dBodySetAngularVel(body.id, state.angular.x, state.angular.y, state.angular.z)
    }
  }

  /// rad/s or m/s.
  private static let fastest = 1e3
}
