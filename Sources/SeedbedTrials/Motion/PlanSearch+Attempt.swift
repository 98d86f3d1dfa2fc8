import SeedbedGeometry
import SeedbedPhysics
import SeedbedScene

extension PlanSearch {
  /// How the tool gets from home to the pre-grasp.
  enum Entry {
    /// In a straight line.
    case straight
    /// With every joint moving straight to a configuration of the pre-grasp.
    case throughJointSpace([Double])
  }

  /// One whole plan, made as fast as asked, as the time limit wants and as the joints allow; nil: cannot be followed.
  mutating func attempt(_ grasp: GraspCandidate, _ placement: Placement, _ variant: PathVariant, _ entry: Entry)
    -> MotionPlan?
  {
    let instance = planner.instance, rate = planner.rate, home = planner.model.home
    var waypoints = waypoints(grasp, placement, variant)
    var gripper = GripperSchedule(
      home: instance.robot.gripper.home, pregrasp: grasp.opening, released: placement.opening,
      closed: planner.hand.smallestOpening, speed: planner.hand.speed, width: grasp.width, stages: Stages())
    let timing = Timing(speed: max(0.05, instance.expert.speed))
    // Both pads are pressed in.
    let pads = instance.robot.gripper.pad.map { 2 * max(0, instance.expert.gripForce) / $0.stiffness } ?? 0
    var stages = timing.stages(waypoints, gripper: gripper, give: GripperInstance.pressed + pads)
    // Fingers that are later than the arm are waited for.
    let late = max(0, (instance.robot.gripper.delay ?? 0) - (instance.robot.arm.map { $0.delay ?? 0 }.min() ?? 0))
    stages.close += late
    stages.release += late
    stages.approachOverlap *= variant.overlap
    stages.liftOverlap *= variant.overlap
    stages.lowerOverlap *= variant.overlap
    var start = home
    if case .throughJointSpace(let q) = entry {
      guard let raised = solver.converge(from: q, to: waypoints.pregrasp) else { return nil }
      start = raised
      waypoints.home = waypoints.pregrasp
      stages.transit = timing.duration(from: home, to: start)
    }
    let unhurried = stages
    stages = planner.fitted(stages)
    var slow: Set<Stages.Part> = []
    let rounds = 6
    for round in 0..<rounds {
      let path = waypoints.path(stages)
      let last = Int((stages.end * rate).rounded(.up))
      guard var joints = solver.track(path, from: 0, at: start, to: last, rate: rate) else {
        // Too much of a hurry to be followed, or not to be followed at any pace.
        guard stages != unhurried, round < rounds - 1 else { return nil }
        stages = unhurried
        continue
      }
      if joints.jerk(rate: rate) > ArmSolver.calmJerk { joints = solver.calmed(joints, along: path, rate: rate) }
      let lead = JointLead(offset: zip(home, start).map { $0 - $1 }, duration: stages.transit)
      lead.add(to: &joints, from: 0, rate: rate)
      let (slower, parts) = planner.slowed(stages, joints)
      if parts.isEmpty {
        gripper.stages = stages
        return MotionPlan(
          grasp: grasp, placement: placement, stages: stages, path: path, lead: lead, gripper: gripper, joints: joints,
          held: grasp.tcp.inverse * object.pose, penalty: 0)
      }
      slow.formUnion(parts)
      // The joints' limits come first, the time limit second.
      stages = round < rounds - 3 ? planner.fitted(slower, keeping: slow) : slower
    }
    return nil
  }

  private func waypoints(_ grasp: GraspCandidate, _ placement: Placement, _ variant: PathVariant) -> Waypoints {
    let zone = planner.zone
    let bottom = object.interval(along: .unitZ).low
    let floor = (poses[planner.goal] * zone.floor).position.z
    let rim = zone.isBin ? floor + zone.depth : floor
    let carry = max(rim, bottom) + max(0.005, planner.instance.expert.transportHeight) + variant.raise
    let up = max(0.05, carry - bottom)
    let lifted = Pose(grasp.tcp.position + Vector3(0, 0, up), grasp.tcp.orientation)
    let above = Pose(
      Vector3(placement.tcp.position.x, placement.tcp.position.y, max(lifted.position.z, placement.tcp.position.z)),
      placement.tcp.orientation)
    let retreat = max(0.1, rim + 0.06 - placement.tcp.position.z)
    return Waypoints(
      home: forwardKinematics(planner.model, planner.model.home), pregrasp: pregrasp(grasp, variant.raise),
      grasp: grasp.tcp, lifted: lifted, above: above, place: placement.tcp,
      retreated: Pose(placement.tcp.position + Vector3(0, 0, retreat), placement.tcp.orientation))
  }
}
