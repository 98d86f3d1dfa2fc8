public import SeedbedPhysics
public import SeedbedScene

/// Why a trial could not be run to its end. Failing at the task is no error.
public enum TrialError<Frame: Error>: Error, CustomStringConvertible {
  case setup(TrialSetupError)
  case world(WorldError)
  /// What the receiver of the frames threw.
  case frame(Frame)

  public var description: String {
    switch self {
    case .setup(let error): "\(error)"
    case .world(let error): "\(error)"
    case .frame(let error): "\(error)"
    }
  }
}

/// Runs one episode with the scripted expert and hands out every frame in order.
///
/// A function of instance and assets alone: the same frames and the same outcome every time. The episode ends when the
/// success has stood for 0.2 s and the arm rests, 0.5 s after a failure is certain, or when the task's time is up.
/// `hulls`: the robot's, where they are already known.
public func runTrial<E: Error>(
  _ instance: SceneInstance, assets: SceneAssets, hulls: CollisionHulls? = nil,
  onFrame: (borrowing TrialFrame) throws(E) -> Void
) throws(TrialError<E>) -> TrialOutcome {
  var run: TrialRun
  do { run = try TrialRun(instance, assets: assets, hulls: hulls) } catch {
    switch error {
    case .setup(let e): throw .setup(e)
    case .world(let e): throw .world(e)
    }
  }
  while let frame = run.next() {
    do { try onFrame(frame) } catch { throw .frame(error) }
  }
  return run.outcome
}

/// Plays recorded actions in a new world of their episode's instance, through the controller of their action space, and
/// judges what comes of it.
///
/// It takes as many frames as were recorded. Where the judge has not decided by then the outcome is no success and has no
/// failure either. `actions` has at least one frame.
public func replayTrial(
  _ instance: SceneInstance, assets: SceneAssets, hulls: CollisionHulls? = nil, actions: RecordedActions
) throws(TrialError<Never>) -> TrialOutcome {
  var run: TrialRun
  do { run = try TrialRun(instance, assets: assets, hulls: hulls, replaying: actions) } catch {
    switch error {
    case .setup(let e): throw .setup(e)
    case .world(let e): throw .world(e)
    }
  }
  while run.next() != nil {}
  return run.outcome
}
