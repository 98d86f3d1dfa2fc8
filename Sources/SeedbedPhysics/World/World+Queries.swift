internal import CODE
public import SeedbedGeometry
internal import SeedbedScene

extension World {
  /// Poses of all link frames in the world, one a link of the robot's description.
  public var linkPoses: [Pose] { linkNames.indices.map { linkPose($0) } }

  /// Pose of a link's frame in the world.
  public func linkPose(_ i: Int) -> Pose {
    let mount = tree.mounts[i]
    guard let body = mount.body else { return mount.pose }
    return bodyFrame(body) * mount.pose
  }

  /// Poses of the objects' shape frames in the world, one an object of the instance.
  public var objectPoses: [Pose] { objects.indices.map { objectPose($0) } }

  /// Pose of an object's shape frame in the world.
  public func objectPose(_ i: Int) -> Pose {
    guard let body = objects[i].body else { return objects[i].pose }
    return ODEValue.pose(body) * Pose(-objects[i].center)
  }

  /// Velocity of an object's centre of mass (m/s) and its angular velocity (rad/s), world frame; zero where fixed.
  public func objectVelocity(_ i: Int) -> (linear: Vector3, angular: Vector3) {
    guard let body = objects[i].body else { return (.zero, .zero) }
    return (ODEValue.vector(dBodyGetLinearVel(body)), ODEValue.vector(dBodyGetAngularVel(body)))
  }

  /// Pose of the tool centre point in the world.
  public var tcpPose: Pose { linkPose(tcpLink) * tcp }

  /// Joint values in the order of `RobotInstance.arm`, rad or m; a continuous joint counts its turns.
  public var armPositions: [Double] {
    arm.axes.map { axis in
      switch axis.mover {
      case .motor(let i): joints[i].position
      case .coordinate(let c): reduced?.arm.drives[c].position ?? 0
      }
    }
  }

  /// Rates of the joint values, rad/s or m/s.
  public var armVelocities: [Double] {
    arm.axes.map { axis in
      switch axis.mover {
      case .motor(let i): joints[i].velocity
      case .coordinate(let c): reduced?.arm.drives[c].rate ?? 0
      }
    }
  }

  /// Torques that the arm's joints gave their links in the last step, Nm or N: the motors', gravity compensation
  /// included, less what the rotors took (armature × acceleration), before the joints' own damping and friction.
  ///
  /// Link side: inverse dynamics of the links gives them, as a joint torque sensor does. On the motor side is this plus
  /// armature × acceleration.
  public var armEfforts: [Double] {
    arm.axes.map { axis in
      switch axis.mover {
      case .motor(let i): stepCount == 0 ? gravityEffort(joints[i]) : joints[i].motorEffort
      case .coordinate(let c): reduced?.arm.drives[c].applied ?? 0
      }
    }
  }

  /// Distance between the finger pads, m.
  public var gripperOpening: Double { gripper.opening(joints) }

  /// Opening that the fingers were asked for in the last frame, m: what was commanded, their delay ago. Of a force: where
  /// they would be with nothing between them.
  public var commandedOpening: Double { gripper.asked(of: rates.stepsPerFrame) }

  /// Rate of the opening, m/s.
  public var gripperVelocity: Double { gripper.velocity(joints) }

  /// Force that pulls the fingers together, N; negative while they are driven apart.
  public var gripForce: Double { gripper.force(joints) }

  /// Frame of a body of the tree (that of its first link) in the world.
  func bodyFrame(_ body: Int) -> Pose {
    ODEValue.pose(robotBodies[body]) * Pose(-tree.bodies[body].mass.center)
  }

  /// What the joint's motor has to give so that gravity moves nothing outboard of it.
  func gravityEffort(_ joint: MotorJoint) -> Double {
    let axis = joint.axis
    let anchor = bodyFrame(joint.number).position
    var effort = 0.0
    for body in outboard[joint.number] {
      let weight = gravity * tree.bodies[body].mass.mass
      let arm = ODEValue.vector(dBodyGetPosition(robotBodies[body])) - anchor
      effort -= joint.isHinge ? axis.dot(arm.cross(weight)) : axis.dot(weight)
    }
    return effort
  }
}
