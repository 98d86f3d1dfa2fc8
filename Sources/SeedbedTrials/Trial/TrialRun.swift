import SeedbedGeometry
import SeedbedPhysics
import SeedbedScene
import SeedbedSensing

/// One episode in progress: world, pilot and judge.
struct TrialRun: ~Copyable {
  enum StartError: Error {
    case setup(TrialSetupError)
    case world(WorldError)
  }

  /// Seconds that an episode goes on after its success, after its failure, and without a plan.
  static let successTail = 0.2, failureTail = 0.5, unreachableTime = 1.0

  private let instance: SceneInstance
  private var world: World
  private var pilot: Pilot
  /// nil: the instance has no sensors.
  private var sensors: SensorRig?
  private var judge: PickAndPlaceJudge
  private let observer: WorldObserver
  private let frameLimit: Int
  private var index = 0
  /// The last frame of the episode, as soon as it is known.
  private var lastFrame: Int?
  private var commandedOpening: Double
  private var reason: String?
  private var timing = TrialTiming()

  /// `actions`: a recording to play in the expert's place.
  init(
    _ instance: SceneInstance, assets: SceneAssets, hulls: CollisionHulls?, replaying actions: RecordedActions? = nil
  ) throws(StartError) {
    let start = threadCPUSeconds()
    let hulls = hulls ?? CollisionHulls(assets, objects: instance.objects)
    let planner: PickAndPlacePlanner
    do { planner = try PickAndPlacePlanner(instance, assets: assets, hulls: hulls) } catch { throw .setup(error) }
    let world: World
    do { world = try World(instance, assets: assets, hulls: hulls) } catch { throw .world(error) }
    do {
      sensors = actions == nil ? try SensorRig.ofSensors(instance, assets: assets, world: world) : nil
    } catch { throw .world(error) }
    let built = threadCPUSeconds()
    self.instance = instance
    if let actions {
      pilot = Pilot(planner, replaying: actions)
    } else {
      pilot = Pilot(planner, poses: world.objectPoses)
    }
    self.world = world
    judge = PickAndPlaceJudge(JudgeRules(planner))
    observer = WorldObserver(instance, assets.robot, target: planner.target, goal: planner.goal)
    frameLimit = max(1, Int(min(instance.task.timeLimit * planner.rate + 1e-9, 1e6)))
    commandedOpening = instance.robot.gripper.home
    lastFrame = pilot.lastFrame
    if let refusal = pilot.refusal {
      reason = refusal.rawValue
      judge.end(.unreachable, frame: 0)
      lastFrame = min(frameLimit, Int(TrialRun.unreachableTime * planner.rate)) - 1
    }
    timing.physicsSeconds = built - start
    timing.expertSeconds = threadCPUSeconds() - built
  }

  var outcome: TrialOutcome {
    var failure: TrialOutcome.Failure?
    if case .failure(let cause, let frame) = judge.verdict { failure = .init(cause: cause, frame: frame) }
    var isSuccess = false
    if case .success = judge.verdict { isSuccess = true }
    return TrialOutcome(
      success: isSuccess, failure: failure, reason: reason, frames: index, stateHash: world.stateHash,
      lcpMessages: world.lcpMessages, timing: timing)
  }

  /// The next frame; nil after the last.
  mutating func next() -> TrialFrame? {
    if let lastFrame, index > lastFrame { return nil }
    let start = threadCPUSeconds()
    var frame = readWorld()
    frame.sensorBlocks = sensors?.takeBlocks() ?? []
    let read = threadCPUSeconds()
    let target = judge.rules.target
    judge.observe(
      observer.observe(
        contacts: frame.contacts, objectPoses: frame.objectPoses, velocity: frame.objectVelocities[target],
        opening: frame.gripperOpening, openingSpeed: frame.gripperVelocity, commandedOpening: commandedOpening,
        tcp: frame.tcpPose), frame: index)
    frame.command = pilot.command(frame: index, poses: frame.objectPoses, tcp: frame.tcpPose)
    frame.phase = pilot.phase(frame: index)
    if index == frameLimit - 1 { judge.end(.timeout, frame: index) }
    planEnd()
    let thought = threadCPUSeconds()
    if case .unstable(let trouble) = advance(frame.command) {
      reason = trouble
      judge.end(.unstable, frame: index)
      lastFrame = index
    }
    commandedOpening = world.commandedOpening
    if case .success = judge.verdict { frame.success = true }
    frame.reward = frame.success ? 1 : 0
    frame.margins = judge.margins
    frame.done = index == lastFrame
    index += 1
    timing.physicsSeconds += read - start + threadCPUSeconds() - thought
    timing.expertSeconds += thought - read
    return frame
  }

  /// Runs the frame's steps; the sensors see each one.
  private mutating func advance(_ command: RobotCommand) -> FrameOutcome {
    guard var rig = sensors.take() else { return world.advanceFrame(command) }
    defer { sensors = rig }
    return world.advanceFrame(command) { rig.sample($0) }
  }

  /// Sets the last frame once the verdict is there.
  private mutating func planEnd() {
    guard pilot.lastFrame == nil else { return }
    // A success that did not last is none: the episode goes on.
    if judge.verdict == .ongoing { lastFrame = nil }
    guard lastFrame == nil else { return }
    let rate = Double(instance.rates.control)
    switch judge.verdict {
    case .ongoing: return
    case .success: lastFrame = max(index + Int(TrialRun.successTail * rate), pilot.plannedFrames - 1)
    case .failure(.timeout, _): lastFrame = index
    case .failure: lastFrame = index + Int(TrialRun.failureTail * rate)
    }
    lastFrame = lastFrame.map { min($0, frameLimit - 1) }
  }

  private func readWorld() -> TrialFrame {
    TrialFrame(
      index: index, nanoseconds: instance.rates.stepNanoseconds(world.stepCount), armPositions: world.armPositions,
      armVelocities: world.armVelocities,
      armEfforts: world.armEfforts, gripperOpening: world.gripperOpening, gripperVelocity: world.gripperVelocity,
      gripForce: world.gripForce, tcpPose: world.tcpPose, basePose: instance.robot.pose, linkPoses: world.linkPoses,
      objectPoses: world.objectPoses, objectLinkPoses: world.objectLinkPoses,
      objectJointPositions: world.objectJointPositions, objectJointVelocities: world.objectJointVelocities,
      objectVelocities: instance.objects.indices.map { i in
        let v = world.objectVelocity(i)
        return ObjectVelocity(linear: v.linear, angular: v.angular)
      }, contacts: world.contacts, sensorBlocks: [], command: RobotCommand(arm: [], opening: 0), phase: .done,
      reward: 0, done: false,
      success: false, margins: judge.margins)
  }
}
