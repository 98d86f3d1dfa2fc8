import CMuJoCo
import Glibc
import SeedbedGeometry
import SeedbedPhysics
import SeedbedScene
import SeedbedTrials

// Time per physics step of this engine beside MuJoCo's, turn by turn in one process, so that the ratio holds on a noisy
// machine: the same scene, masses, gains, step and commands. The commands are those of the scripted expert.

let arguments = CommandLine.arguments
guard arguments.count == 4, let rounds = Int(arguments[2]), let bound = Double(arguments[3]), rounds > 0 else {
  fatalError("usage: PhysicsPeer SCENE ROUNDS BOUND")
}

func cpuSeconds() -> Double {
  var t = timespec()
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t)
  return Double(t.tv_sec) + 1e-9 * Double(t.tv_nsec)
}

let loaded = try loadScene(path: arguments[1], overrides: SceneOverrides())
let instance = try loaded.sample(seed: 1, episode: 0)
let assets = loaded.assets
let hulls = CollisionHulls(assets)
var commands: [RobotCommand] = []
let trial = try runTrial(instance, assets: assets, hulls: hulls) { (frame: borrowing TrialFrame) in
  commands.append(frame.command)
}
guard trial.success, let last = commands.last else { fatalError("the expert fails in \(arguments[1]): \(trial)") }
// Eight seconds, with the arm at rest where the plan is over.
let frames = 8 * instance.rates.control
commands += [RobotCommand](repeating: last, count: max(0, frames - commands.count))
commands.removeLast(commands.count - frames)

let text = ModelText.of(instance, assets.robot)
var seconds: [[Double]] = [[], []]
var places: [Vector3] = [.zero, .zero]
let goal = instance.objects.firstIndex { $0.name == "cube" } ?? 0
for _ in 0..<rounds {
  var world = try World(instance, assets: assets, hulls: hulls)
  var start = cpuSeconds()
  for command in commands {
    guard case .ok = world.advanceFrame(command) else { fatalError("the world is unstable") }
  }
  seconds[0].append(cpuSeconds() - start)
  places[0] = world.objectPose(goal).position
  var peer = Peer(text, instance)
  start = cpuSeconds()
  for command in commands { peer.advanceFrame(command) }
  seconds[1].append(cpuSeconds() - start)
  places[1] = peer.position(of: instance.objects[goal].name)
}
let steps = Double(frames * instance.rates.stepsPerFrame)
let best = seconds.map { ($0.min() ?? .nan) / steps * 1e6 }
let middle = seconds.map { $0.sorted()[$0.count / 2] / steps * 1e6 }
func text(_ value: Double, _ digits: Int) -> String {
  let scale = (0..<digits).reduce(1.0) { x, _ in 10 * x }
  return "\((value * scale).rounded() / scale)"
}
print(
  "\(arguments[1]): \(Int(steps)) steps, \(rounds) rounds, MuJoCo \(mj_versionString().map { String(cString: $0) } ?? "?")"
)
print(
  "us/step, least and median: Seedbed \(text(best[0], 2)) \(text(middle[0], 2)), MuJoCo \(text(best[1], 2)) \(text(middle[1], 2))"
)
print("ratio \(text(best[0] / best[1], 3)) (of medians \(text(middle[0] / middle[1], 3))); bound \(bound)")
print("the cube stands at \(places[0]) and \(places[1])")
