import CMuJoCo
import Glibc
import SeedbedGeometry
import SeedbedPhysics
import SeedbedScene
import SeedbedTrials

/// The commands of the scripted expert, with the arm at rest where its plan is over.
func expertCommands(_ instance: SceneInstance, _ assets: SceneAssets, _ hulls: CollisionHulls) throws -> [RobotCommand]
{
  var commands: [RobotCommand] = []
  let trial = try runTrial(instance, assets: assets, hulls: hulls) { (frame: borrowing TrialFrame) in
    commands.append(frame.command)
  }
  guard trial.success, let last = commands.last else { fatalError("the expert fails: \(trial)") }
  let frames = 8 * instance.rates.control
  commands += [RobotCommand](repeating: last, count: max(0, frames - commands.count))
  return Array(commands.prefix(frames))
}

func cpuSeconds() -> Double {
  var t = timespec()
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t)
  return Double(t.tv_sec) + 1e-9 * Double(t.tv_nsec)
}

/// CPU seconds of all commands.
private func play(_ world: inout World, _ commands: [RobotCommand]) throws -> Double {
  let start = cpuSeconds()
  for command in commands {
    guard case .ok = world.advanceFrame(command) else { fatalError("the world is unstable") }
  }
  return cpuSeconds() - start
}

func fixed(_ value: Double, _ digits: Int) -> String {
  let scale = (0..<digits).reduce(1.0) { x, _ in 10 * x }
  return "\((value * scale).rounded() / scale)"
}

/// CPU time per physics step, turn by turn, so that the ratio holds on a noisy machine. MuJoCo's bodies never sleep by
/// default, ours do; both are told besides the other way round.
func compareSpeed(scene: String, rounds: Int, bound: Double) throws {
  let loaded = try loadScene(path: scene, overrides: SceneOverrides())
  let instance = try loaded.sample(seed: 1, episode: 0)
  let assets = loaded.assets
  let hulls = CollisionHulls(assets)
  let commands = try expertCommands(instance, assets, hulls)
  var sleepless = instance
  sleepless.sleeping = false
  let model = ModelText.of(instance, assets)
  var seconds: [[Double]] = [[], [], [], []]
  var places: [Vector3] = [.zero, .zero]
  let goal = instance.objects.firstIndex { $0.name == "cube" } ?? 0
  for _ in 0..<rounds {
    var world = try World(instance, assets: assets, hulls: hulls)
    seconds[0].append(try play(&world, commands))
    places[0] = world.objectPose(goal).position
    var awake = try World(sleepless, assets: assets, hulls: hulls)
    seconds[2].append(try play(&awake, commands))
    var peer = Peer(model, instance)
    let start = cpuSeconds()
    for command in commands { peer.advanceFrame(command) }
    seconds[1].append(cpuSeconds() - start)
    places[1] = peer.position(of: instance.objects[goal].name)
    var sleeper = Peer(model, instance, sleeping: true)
    let sleeperStart = cpuSeconds()
    for command in commands { sleeper.advanceFrame(command) }
    seconds[3].append(cpuSeconds() - sleeperStart)
  }
  let steps = Double(commands.count * instance.rates.stepsPerFrame)
  let best = seconds.map { ($0.min() ?? .nan) / steps * 1e6 }
  let middle = seconds.map { $0.sorted()[$0.count / 2] / steps * 1e6 }
  print(
    "\(scene): \(Int(steps)) steps, \(rounds) rounds, MuJoCo \(mj_versionString().map { String(cString: $0) } ?? "?")")
  print(
    "us/step, least and median: Seedbed \(fixed(best[0], 2)) \(fixed(middle[0], 2)), "
      + "MuJoCo \(fixed(best[1], 2)) \(fixed(middle[1], 2))")
  print("ratio \(fixed(best[0] / best[1], 3)) (of medians \(fixed(middle[0] / middle[1], 3))); bound \(bound)")
  print("nothing sleeps in either: \(fixed(best[2], 2)), ratio \(fixed(best[2] / best[1], 3))")
  print("MuJoCo's sleep too: \(fixed(best[3], 2)), ratio \(fixed(best[0] / best[3], 3))")
  print("the cube stands at \(places[0]) and \(places[1])")
}
