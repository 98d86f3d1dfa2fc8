package import SeedbedGeometry
package import SeedbedPhysics
package import SeedbedScene

/// Plans a whole pick and place from the true poses of all objects. Pure and deterministic.
package struct PickAndPlacePlanner: Sendable {
  package let instance: SceneInstance
  package let meshes: [String: MeshAsset]
  package let model: ArmModel
  package let hand: HandModel
  /// Indices into `SceneInstance.objects`.
  package let target: Int, goal: Int
  package let zone: PlacementZone
  package let rate: Double
  /// Of the target, where it is a mesh, in its own frame.
  package let hull: ConvexPolyhedron?

  package init(_ instance: SceneInstance, assets: SceneAssets, hulls: CollisionHulls) throws(TrialSetupError) {
    guard case .pickAndPlace(let object, let into) = instance.task.kind else { throw .notAPickAndPlace }
    guard let target = instance.objects.firstIndex(where: { $0.name == object }) else { throw .unknownObject(object) }
    guard let goal = instance.objects.firstIndex(where: { $0.name == into }) else { throw .unknownObject(into) }
    guard target != goal else { throw .sameObject(object) }
    do { model = try ArmModel(assets.robot, instance.robot) } catch { throw .robot(error) }
    hand = HandModel(assets.robot, instance.robot, model, meshes: assets.meshes)
    self.instance = instance
    meshes = assets.meshes
    self.target = target
    self.goal = goal
    zone = PlacementZone(instance.objects[goal].shape, at: instance.objects[goal].pose, meshes: assets.meshes)
    rate = Double(instance.rates.control)
    if case .mesh(let path, let scale) = instance.objects[target].shape {
      hull = hulls.hull(path, scale: scale) ?? ConvexPolyhedron(hullOf: meshVertices(path, scale, assets.meshes))
    } else {
      hull = nil
    }
  }

  /// Whole plans that are worked out before the best so far is taken, although it comes too near to something.
  private static let attempts = 28

  /// The best plan for objects that stand as `poses` says; nil: no grasp fits, or none can be reached.
  package func plan(_ poses: [Pose]) -> MotionPlan? {
    let object = GraspTarget(instance.objects[target].shape, at: poses[target], hull: hull, meshes: meshes)
    let obstacles = Obstacle.all(instance, poses: poses, except: target, meshes: meshes)
    let home = forwardKinematics(model, model.home)
    let synthesis = GraspSynthesis(
      hand: hand, expert: instance.expert, home: home, base: model.base, obstacles: obstacles)
    let search = PlacementSearch(
      hand: hand, zone: zone, goal: poses[goal], target: object, obstacles: obstacles, base: model.base)
    let check = PathCheck(model: model, hand: hand, obstacles: obstacles, target: object.bound)
    var solver = ArmSolver(model)
    var best: MotionPlan?
    var attempts = 0
    for grasp in synthesis.candidates(object) where isReachable(grasp, &solver) {
      let placements = search.placements(grasp).prefix(best == nil ? 4 : 2)
      nextPlacement: for placement in placements {
        for variant in PathVariant.ladder {
          attempts += 1
          guard var plan = attempt(grasp, placement, variant, object, poses, &solver) else { continue nextPlacement }
          plan.penalty = check.penalty(plan, rate: rate) + 5 * overtime(plan.stages)
          if plan.penalty < (best?.penalty ?? .infinity) { best = plan }
          if plan.penalty == 0 { return plan }
          if attempts >= PickAndPlacePlanner.attempts, best != nil { return best }
        }
      }
    }
    return best
  }

  private func isReachable(_ grasp: GraspCandidate, _ solver: inout ArmSolver) -> Bool {
    guard let q = solver.converge(from: model.home, to: pregrasp(grasp, 0)) else { return false }
    return solver.converge(from: q, to: grasp.tcp) != nil
  }

  private func pregrasp(_ grasp: GraspCandidate, _ raise: Double) -> Pose {
    Pose(grasp.tcp.position - grasp.tcp.rotate(.unitZ) * (grasp.approach + raise), grasp.tcp.orientation)
  }

  private func attempt(
    _ grasp: GraspCandidate, _ placement: Placement, _ variant: PathVariant, _ object: GraspTarget, _ poses: [Pose],
    _ solver: inout ArmSolver
  ) -> MotionPlan? {
    let waypoints = waypoints(grasp, placement, variant, object, poses)
    let gripper = GripperSchedule(
      home: instance.robot.gripper.home, pregrasp: grasp.opening, released: placement.opening,
      closed: max(0, hand.closedOpening), speed: hand.speed, width: grasp.width, stages: Stages())
    var stages = Timing(speed: max(0.05, instance.expert.speed)).stages(
      waypoints, gripper: gripper, gripForce: instance.expert.gripForce)
    stages.approachOverlap *= variant.overlap
    stages.liftOverlap *= variant.overlap
    stages.lowerOverlap *= variant.overlap
    let unhurried = stages
    stages = fitted(stages)
    var slow: Set<Stages.Part> = []
    let rounds = 6
    for round in 0..<rounds {
      let path = waypoints.path(stages)
      let last = Int((stages.end * rate).rounded(.up))
      guard let joints = solver.track(path, from: 0, at: model.home, to: last, rate: rate) else {
        // Too much of a hurry to be followed, or not to be followed at any pace.
        guard stages != unhurried, round < rounds - 1 else { return nil }
        stages = unhurried
        continue
      }
      let (slower, parts) = slowed(stages, joints)
      if parts.isEmpty {
        var timed = gripper
        timed.stages = stages
        return MotionPlan(
          grasp: grasp, placement: placement, stages: stages, path: path, gripper: timed, joints: joints,
          held: grasp.tcp.inverse * object.pose, penalty: 0)
      }
      slow.formUnion(parts)
      // The joints' limits come first, the time limit second.
      stages = round < rounds - 3 ? fitted(slower, keeping: slow) : slower
    }
    return nil
  }

  private func waypoints(
    _ grasp: GraspCandidate, _ placement: Placement, _ variant: PathVariant, _ object: GraspTarget, _ poses: [Pose]
  ) -> Waypoints {
    let bottom = object.interval(along: .unitZ).low
    let floor = (poses[goal] * zone.floor).position.z
    let rim = zone.isBin ? floor + zone.depth : floor
    let carry = max(rim, bottom) + max(0.005, instance.expert.transportHeight) + variant.raise
    let up = max(0.05, carry - bottom)
    let lifted = Pose(grasp.tcp.position + Vector3(0, 0, up), grasp.tcp.orientation)
    let above = Pose(
      Vector3(placement.tcp.position.x, placement.tcp.position.y, max(lifted.position.z, placement.tcp.position.z)),
      placement.tcp.orientation)
    let retreat = max(0.1, rim + 0.06 - placement.tcp.position.z)
    return Waypoints(
      home: forwardKinematics(model, model.home), pregrasp: pregrasp(grasp, variant.raise), grasp: grasp.tcp,
      lifted: lifted, above: above, place: placement.tcp,
      retreated: Pose(placement.tcp.position + Vector3(0, 0, retreat), placement.tcp.orientation))
  }
}
