import Foundation

// What a night costs beside the episodes themselves: how two workers compare with one, what supervisor and packers take,
// whether memory grows, and how fast a run is resumed. Ratios within this run; nothing here is asserted.

guard CommandLine.arguments.count == 4, let episodes = Int(CommandLine.arguments[3]) else {
  fatalError("usage: OvernightCost SEEDBED SCENE EPISODES")
}
let (program, scene) = (CommandLine.arguments[1], CommandLine.arguments[2])
let home = FileManager.default.temporaryDirectory.path + "/overnight-\(getpid())"
defer { try? FileManager.default.removeItem(atPath: home) }
try FileManager.default.createDirectory(atPath: home, withIntermediateDirectories: true)

func text(_ value: Double, _ digits: Int) -> String { String(format: "%.\(digits)f", value) }

// One and two workers by turns, so that a machine that slows down slows both.
var ratios: [Double] = []
var shares: [Double] = []
for round in 0..<2 {
  var seconds: [Double] = []
  for workers in [1, 2] {
    let out = "\(home)/speed"
    let run = try generate(
      program, [scene, "--state-only", "--seed", "\(round)", "--workers", "\(workers)"], out: out, episodes: 1000)
    seconds.append(run.seconds)
    shares.append(run.overheadShare)
    try FileManager.default.removeItem(atPath: out)
  }
  ratios.append(seconds[0] / seconds[1])
}
print("2 workers beside 1, 1000 state-only episodes: \(ratios.map { text($0, 2) }) times the speed; bound 1.9")
print("supervisor, journal and packing: \(shares.map { text(100 * $0, 1) + " %" }) of the CPU time; bound 5 %")

// Episodes that end after 0.6 s, so that what grows with their number shows.
let short = [scene, "--state-only", "--seed", "1", "--set", "task.pickAndPlace.within=0.6"]
let night = try generate(program, short, out: home + "/night", episodes: episodes, watchesMemory: true)
print(
  "\(episodes) short episodes in \(text(night.seconds, 0)) s: supervisor and workers have "
    + "\(text(night.early.value, 1)) MB of their own at a tenth of them and \(text(night.late.value, 1)) MB at the end "
    + "(\(text(100 * (night.late.value / night.early.value - 1), 1)) %; bound 5 %); a packer at most "
    + "\(text(night.packer, 1)) MB")
let more = try generate(program, short, out: home + "/night", episodes: episodes + 40, before: episodes)
print("resumed with \(episodes) done: first episode committed after \(text(more.firstEpisode, 2)) s; bound 2")
