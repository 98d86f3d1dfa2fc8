import SeedbedGeometry
import SeedbedScene

/// Tries grasps, placements, ways and entries in a fixed order until a plan keeps clear of everything.
struct PlanSearch {
  let planner: PickAndPlacePlanner
  let poses: [Pose]
  let object: GraspTarget
  let grasps: [GraspCandidate]
  private let placementSearch: PlacementSearch
  private let check: PathCheck
  var solver: ArmSolver
  private var best: MotionPlan?

  /// Whole plans that are worked out per kind of entry before the best so far is taken, although it comes too near to
  /// something; and before the search ends without one.
  private static let attempts = 16, vainAttempts = 48
  /// Grasps that are tried with an entry through joint space, and postures for each.
  private static let jointGrasps = 12, postures = 3

  init(_ planner: PickAndPlacePlanner, poses: [Pose]) {
    self.planner = planner
    self.poses = poses
    let instance = planner.instance
    object = GraspTarget(
      instance.objects[planner.target].shape, at: poses[planner.target], hull: planner.hull, meshes: planner.meshes)
    let obstacles = Obstacle.all(instance, poses: poses, except: planner.target, assets: planner.assets)
    solver = ArmSolver(planner.model)
    let synthesis = GraspSynthesis(
      hand: planner.hand, expert: instance.expert, home: forwardKinematics(planner.model, planner.model.home),
      base: planner.model.base, obstacles: obstacles)
    grasps = synthesis.candidates(object)
    placementSearch = PlacementSearch(
      hand: planner.hand, zone: planner.zone, goal: poses[planner.goal], target: object, obstacles: obstacles,
      base: planner.model.base)
    check = PathCheck(model: planner.model, hand: planner.hand, obstacles: obstacles, target: object.bound)
  }

  mutating func run() throws(PickAndPlacePlanner.Refusal) -> MotionPlan {
    guard !grasps.isEmpty else { throw .noGrasp }
    var isReached = false
    var attempts = 0
    for grasp in grasps where isReachable(grasp) {
      isReached = true
      if tryAll(grasp, .straight, &attempts) { break }
    }
    if best.map({ $0.penalty > 0 }) ?? true {
      // Where no straight way leads down from home, another posture of the arm may.
      attempts = 0
      search: for grasp in grasps.prefix(PlanSearch.jointGrasps) {
        for q in postures(grasp) {
          isReached = true
          if tryAll(grasp, .throughJointSpace(q), &attempts) { break search }
        }
      }
    }
    guard let best else { throw isReached ? .noWay : .graspOutOfReach }
    return best
  }

  /// Configurations of the pre-grasp from which the grasp can be reached: those that keep clear of things first, then
  /// those near to home.
  private mutating func postures(_ grasp: GraspCandidate) -> [[Double]] {
    var found: [(penalty: Double, q: [Double])] = []
    for q in solver.solutions(pregrasp(grasp, 0), limit: 12) {
      guard let low = solver.converge(from: q, to: grasp.tcp) else { continue }
      found.append((check.penalty(q, opening: grasp.opening) + check.penalty(low, opening: grasp.opening), q))
    }
    return found.enumerated().sorted { ($0.element.penalty, $0.offset) < ($1.element.penalty, $1.offset) }
      .prefix(PlanSearch.postures).map(\.element.q)
  }

  /// Whether the search is over: nothing better can come, or enough has been tried.
  private mutating func tryAll(_ grasp: GraspCandidate, _ entry: Entry, _ attempts: inout Int) -> Bool {
    nextPlacement: for placement in placementSearch.placements(grasp).prefix(best == nil ? 4 : 2) {
      var previous = Double.infinity
      for variant in PathVariant.ladder {
        attempts += 1
        if attempts > (best == nil ? PlanSearch.vainAttempts : PlanSearch.attempts) { return true }
        guard var plan = attempt(grasp, placement, variant, entry) else { continue nextPlacement }
        plan.penalty =
          check.penalty(plan, rate: planner.rate) + 5 * planner.overtime(plan.stages)
          + planner.roughness(plan.joints)
        if plan.penalty < (best?.penalty ?? .infinity) { best = plan }
        if plan.penalty == 0 { return true }
        // Bending the way does not help: the trouble lies with the grasp or the place.
        if plan.penalty > 0.8 * previous { continue nextPlacement }
        previous = plan.penalty
      }
    }
    return false
  }

  private mutating func isReachable(_ grasp: GraspCandidate) -> Bool {
    guard let q = solver.converge(from: planner.model.home, to: pregrasp(grasp, 0)) else { return false }
    return solver.converge(from: q, to: grasp.tcp) != nil
  }

  func pregrasp(_ grasp: GraspCandidate, _ raise: Double) -> Pose {
    Pose(grasp.tcp.position - grasp.tcp.rotate(.unitZ) * (grasp.approach + raise), grasp.tcp.orientation)
  }
}
