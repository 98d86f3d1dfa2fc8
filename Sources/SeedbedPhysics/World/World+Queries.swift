internal import CODE
public import SeedbedGeometry

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
  public var armPositions: [Double] { arm.axes.map { joints[$0.joint].position } }

  /// Rates of the joint values, rad/s or m/s.
  public var armVelocities: [Double] { arm.axes.map { joints[$0.joint].velocity } }

  /// Torques of the arm's motors in the last step, gravity compensation included, Nm or N.
  public var armEfforts: [Double] {
    arm.axes.map { joints[$0.joint].motorEffort + gravityEffort($0.joint) }
  }

  /// Distance between the finger pads, m.
  public var gripperOpening: Double { gripper.opening(joints) }

  /// Rate of the opening, m/s.
  public var gripperVelocity: Double { gripper.velocity(joints) }

  /// Force that pulls the fingers together, N; negative while they are driven apart.
  public var gripForce: Double { gripper.force(joints) }

  /// Frame of a body of the tree (that of its first link) in the world.
  func bodyFrame(_ body: Int) -> Pose {
    ODEValue.pose(robotBodies[body]) * Pose(-tree.bodies[body].mass.center)
  }

  /// What the joint's motor has to give so that gravity moves nothing outboard of it.
  private func gravityEffort(_ joint: Int) -> Double {
    let axis = joints[joint].axis
    let anchor = bodyFrame(joint).position
    var effort = 0.0
    for body in outboard[joint] {
      let weight = gravity * tree.bodies[body].mass.mass
      let arm = ODEValue.vector(dBodyGetPosition(robotBodies[body])) - anchor
      effort -= joints[joint].isHinge ? axis.dot(arm.cross(weight)) : axis.dot(weight)
    }
    return effort
  }
}
