import SeedbedGeometry
import SeedbedPhysics
import SeedbedScene

/// The scripted expert: follows its plan and looks twice whether the object is where it should be — before the fingers
/// go down, and when the object hangs in the air.
struct PickAndPlaceExpert {
  let planner: PickAndPlacePlanner
  private(set) var plan: MotionPlan?
  /// Why there is no plan.
  private(set) var refusal: PickAndPlacePlanner.Refusal?
  private var solver: ArmSolver
  private var start: [Pose]
  private var hasLookedDown = false, hasLookedAtHand = false

  /// Corrections beyond this are not made, metres.
  static let farthestCorrection = 0.06
  /// Smaller ones are not worth it, metres.
  static let smallestCorrection = 3e-4

  init(_ planner: PickAndPlacePlanner, poses: [Pose]) {
    self.planner = planner
    do { plan = try planner.plan(poses) } catch { refusal = error }
    solver = ArmSolver(planner.model)
    start = poses
  }

  /// Frames until the tool rests for good; 0 without a plan.
  var plannedFrames: Int { plan?.frames(rate: planner.rate) ?? 0 }

  func phase(frame k: Int) -> TrialPhase { plan?.stages.phase(at: Double(k) / planner.rate) ?? .done }

  /// The action of frame k, given the true poses of all objects and of the tool at its start.
  mutating func command(frame k: Int, poses: [Pose], tcp: Pose) -> RobotCommand {
    guard let current = plan else {
      return RobotCommand(planner)
    }
    let time = Double(k) / planner.rate
    if !hasLookedDown, time >= current.stages.approachStart {
      hasLookedDown = true
      followObject(k, poses)
    }
    if !hasLookedAtHand, time >= current.stages.transportStart {
      hasLookedAtHand = true
      centerInHand(k, poses, tcp)
    }
    let plan = plan ?? current
    return RobotCommand(
      arm: plan.joints[k + 1].map { Float($0) },
      opening: Float(plan.gripper.opening(at: Double(k + 1) / planner.rate)))
  }

  /// The object has moved since the plan was made: go down where it is now, and come back to the plan on the way.
  private mutating func followObject(_ k: Int, _ poses: [Pose]) {
    guard let plan else { return }
    let moved = poses[planner.target].position - start[planner.target].position
    let stages = plan.stages
    revise(
      k,
      [
        .init(start: Double(k) / planner.rate, duration: 0.6 * stages.approach, translation: moved),
        .init(start: stages.transportStart, duration: stages.transport, translation: -moved),
      ])
  }

  /// The object sits in the hand otherwise than planned: shift the place by as much.
  private mutating func centerInHand(_ k: Int, _ poses: [Pose], _ tcp: Pose) {
    guard let plan else { return }
    let bound = SolidBound(planner.instance.objects[planner.target].shape, meshes: planner.meshes)
    let held = tcp.inverse * poses[planner.target]
    let wanted = plan.placement.tcp.apply(plan.held.apply(bound.pose.position))
    let expected = plan.placement.tcp.apply(held.apply(bound.pose.position))
    let now = Double(k) / planner.rate
    let left = plan.stages.transportStart + plan.stages.transport - now
    revise(k, [.init(start: now, duration: max(0.2, left), translation: wanted - expected)])
  }

  private mutating func revise(_ k: Int, _ corrections: [CartesianPath.Displacement]) {
    guard var revised = plan, let size = corrections.first?.translation.length,
      size > PickAndPlaceExpert.smallestCorrection, size < PickAndPlaceExpert.farthestCorrection
    else { return }
    revised.path.displacements += corrections
    let n = revised.joints.joints
    guard k < revised.joints.count - 1 else { return }
    var old = JointTrajectory(joints: n, values: Array(revised.joints.values[(k * n)...]))
    revised.lead.add(to: &old, from: k, rate: planner.rate, factor: -1)
    guard var tail = solver.carried(old, along: revised.path, from: k, rate: planner.rate) else { return }
    revised.lead.add(to: &tail, from: k, rate: planner.rate)
    revised.joints.values.replaceSubrange((k * n)..., with: tail.values)
    plan = revised
  }
}
