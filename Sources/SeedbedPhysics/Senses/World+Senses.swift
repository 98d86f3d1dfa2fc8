internal import CODE
public import SeedbedGeometry
internal import SeedbedScene
internal import URDF

extension World {
  /// Velocity of a link at a point of the world that moves with it, m/s, and its angular velocity, rad/s; world axes.
  public func linkVelocity(_ link: Int, at point: Vector3) -> (linear: Vector3, angular: Vector3) {
    guard let body = tree.mounts[link].body else { return (.zero, .zero) }
    let id = robotBodies[body]
    let spin = ODEValue.vector(dBodyGetAngularVel(id))
    let arm = point - ODEValue.vector(dBodyGetPosition(id))
    return (ODEValue.vector(dBodyGetLinearVel(id)) + spin.cross(arm), spin)
  }

  /// Velocity of the tool centre point, m/s, and angular velocity of the tool, rad/s; world axes.
  public var tcpTwist: (linear: Vector3, angular: Vector3) { linkVelocity(tcpLink, at: tcpPose.position) }

  /// Acceleration over the last step of a point that moves with a link, m/s², world axes. Zero before the first step, and in
  /// a world whose instance has no sensor that needs it.
  public func linkAcceleration(_ link: Int, at point: Vector3) -> Vector3 {
    guard let motion, let body = tree.mounts[link].body else { return .zero }
    return acceleration(motion, body, at: point)
  }

  private func acceleration(_ motion: MotionTrack, _ body: Int, at point: Vector3) -> Vector3 {
    let spin = ODEValue.vector(dBodyGetAngularVel(robotBodies[body]))
    let arm = point - ODEValue.vector(dBodyGetPosition(robotBodies[body]))
    let a = motion.accelerations[body]
    return a.linear + a.angular.cross(arm) + spin.cross(spin.cross(arm))
  }

  /// What a link and all that it carries exert on what the link is mounted on: force, N, and torque about `point`, Nm, world
  /// axes. nil for links that no sensor of the instance weighs.
  ///
  /// Newton's and Euler's laws for the carried bodies: weight and touch less what their motion takes. It does not depend on
  /// how the engine holds them, and so is the same for both kinds of `ArmDynamics`.
  public func wrench(
    of link: Int, about point: Vector3, _ contacts: [ContactPoint]
  ) -> (force: Vector3, torque: Vector3)? {
    guard let motion, let load = loads[link] else { return nil }
    var force = Vector3.zero, torque = Vector3.zero
    for part in load.parts {
      var center = part.mass.center
      var push = gravity * part.mass.mass
      if let body = part.body {
        let frame = bodyFrame(body)
        center = frame.apply(center)
        push -= acceleration(motion, body, at: center) * part.mass.mass
        let r = frame.orientation.matrix
        let inertia = r * part.mass.inertia * r.transposed
        let spin = ODEValue.vector(dBodyGetAngularVel(robotBodies[body]))
        torque -= inertia * motion.accelerations[body].angular + spin.cross(inertia * spin)
      }
      force += push
      torque += (center - point).cross(push)
    }
    for contact in contacts {
      let sign = load.carries(contact.first) - load.carries(contact.second)
      guard sign != 0 else { continue }
      force += contact.force * sign
      torque += ((contact.point - point).cross(contact.force) + contact.torque) * sign
    }
    return (force, torque)
  }

  /// What the servos asked the arm's joints for in the last step, before the limit of their effort, in the form of
  /// `armEfforts`: Nm or N.
  public var armEffortsCommanded: [Double] {
    arm.axes.map { axis in
      switch axis.mover {
      case .motor(let i): stepCount == 0 ? gravityEffort(joints[i]) : joints[i].wantedEffort
      case .coordinate(let c): reduced?.arm.drives[c].commanded ?? 0
      }
    }
  }

  /// Where the arm's joints are told to be at this instant, rad or m; their motors may be late.
  public var armTargets: [Double] { arm.axes.map { $0.line.told(share: frameShare) } }

  /// The opening that the gripper is told to have at this instant, m.
  public var gripperTarget: Double { gripper.target(share: frameShare) }

  /// Largest force with which the gripper squeezes, N.
  public var gripForceLimit: Double { gripper.gripForce }
}

extension CarriedLoad {
  /// 1 for links that are carried, else 0.
  fileprivate func carries(_ participant: Contact.Participant) -> Double {
    if case .link(let link) = participant, isCarried[link] { 1 } else { 0 }
  }

  /// Those that the instance's sensors weigh, by link.
  static func weighed(
    _ instance: SceneInstance, _ robot: RobotDescription, _ tree: RobotTree, _ hulls: CollisionHulls
  ) -> [Int: CarriedLoad] {
    let sensed = SensedRobot(robot, instance.robot)
    var loads: [Int: CarriedLoad] = [:]
    for sensor in instance.sensors ?? [] {
      guard let name = sensor.kind.weighedLink(sensed), let link = robot.linkIndex(name) else { continue }
      loads[link] = CarriedLoad(of: link, robot, tree, hulls)
    }
    return loads
  }
}

extension SceneInstance {
  /// Whether a sensor looks at accelerations.
  var sensesMotion: Bool {
    (sensors ?? []).contains {
      switch $0.kind {
      case .wrench, .imu, .fullState: true
      case .jointState, .fingertipForce, .taxels, .contacts, .lidar, .tcpPose, .tcpTwist: false
      }
    }
  }
}
