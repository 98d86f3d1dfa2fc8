import SeedbedGeneration
import SeedbedGeometry
import SeedbedPhysics
import SeedbedScene
import SeedbedTrials

// State-only episodes with the full and the hybrid arm, turn by turn in one process, so that the ratio holds on a noisy
// machine; and how far the two are apart while they are told the same.

let arguments = CommandLine.arguments
guard arguments.count == 4, let episodes = Int(arguments[2]), let first = Int(arguments[3]) else {
  fatalError("usage: PhysicsCost SCENE EPISODES FIRST")
}

struct Tally {
  var successes = 0, frames = 0, lcpMessages = 0
  var physics = 0.0, expert = 0.0

  mutating func add(_ outcome: TrialOutcome) {
    successes += outcome.success ? 1 : 0
    frames += outcome.frames
    lcpMessages += outcome.lcpMessages
    physics += outcome.timing.physicsSeconds
    expert += outcome.timing.expertSeconds
  }
}

struct Distance {
  var angle = 0.0, tcp = 0.0
  var squares = 0.0, count = 0.0

  mutating func add(_ a: TrialFrame, _ b: TrialFrame) {
    guard a.command == b.command else { return }
    for (p, q) in zip(a.armPositions, b.armPositions) { angle = max(angle, abs(p - q)) }
    for (p, q) in zip(a.armEfforts, b.armEfforts) { squares += (p - q) * (p - q) }
    count += Double(a.armEfforts.count)
    tcp = max(tcp, (a.tcpPose.position - b.tcpPose.position).length)
  }
}

let loaded = try loadScene(path: arguments[1], overrides: SceneOverrides())
let hulls = CollisionHulls(loaded.assets)
let kinds = [ArmDynamics.full, .hybrid]
var tallies = [Tally(), Tally()]
var distance = Distance()
var different = 0
var rates: Rates?
for episode in first..<first + episodes {
  var instance = try loaded.sample(seed: 1, episode: episode)
  rates = instance.rates
  var frames: [[TrialFrame]] = [[], []]
  var outcomes: [TrialOutcome] = []
  for (i, kind) in kinds.enumerated() {
    instance.robot.dynamics = kind
    let outcome = try runTrial(instance, assets: loaded.assets, hulls: hulls) { (frame: borrowing TrialFrame) in
      frames[i].append(copy frame)
    }
    tallies[i].add(outcome)
    outcomes.append(outcome)
  }
  if outcomes[0].failure?.cause != outcomes[1].failure?.cause { different += 1 }
  for (a, b) in zip(frames[0], frames[1]) { distance.add(a, b) }
}
let perFrame = rates?.stepsPerFrame ?? 8, control = rates?.control ?? 30
print("\(episodes) episodes of \(arguments[1]) from \(first) on, without pictures")
print("arm\tsuccess\tms/8 s\tof it expert\tus/step\tLCP messages")
for (kind, tally) in zip(kinds, tallies) {
  let total = tally.physics + tally.expert
  let eightSeconds = total / Double(tally.frames) * Double(8 * control) * 1e3
  let step = tally.physics / Double(tally.frames * perFrame) * 1e6
  print(
    "\(kind.rawValue)\t\(tally.successes)\t\(fixed(eightSeconds, 1))\t\(fixed(100 * tally.expert / total, 1)) %\t\(fixed(step, 2))\t\(tally.lcpMessages)"
  )
}
print("bounds\t\t80\t25 %")
print("hybrid / full\t\(fixed(tallies[1].physics / tallies[0].physics, 3))")
print(
  "apart: outcomes \(different), joints \(fixed(distance.angle * 1e6, 0)) urad, TCP \(fixed(distance.tcp * 1e6, 0)) um, efforts \(fixed((distance.squares / max(1, distance.count)).squareRoot(), 4)) Nm RMS"
)
