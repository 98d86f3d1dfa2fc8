import SeedbedGeneration
import SeedbedPhysics
import SeedbedRendering
import SeedbedScene
import SeedbedTrials

// What an episode costs on one core, split by stage, each stage beside the bare work it consists of. All in one
// process and one run, so that the ratios hold on a noisy machine.

let arguments = CommandLine.arguments
guard arguments.count == 4, let episodes = Int(arguments[2]), let seed = UInt64(arguments[3]) else {
  fatalError("usage: EpisodeCost SCENE EPISODES SEED")
}

/// Keeps the I420 planes of every picture of one camera.
final class Footage: PictureSink {
  private(set) var planes: [[UInt8]] = []
  private(set) var size = (width: 0, height: 0)
  private let camera: String
  init(camera: String) { self.camera = camera }

  func take(camera: CameraInstance, frame: Int, picture: borrowing Picture) {
    guard camera.name == self.camera else { return }
    size = (camera.width, camera.height)
    var buffer = [UInt8](repeating: 0, count: picture.i420Size)
    buffer.withUnsafeMutableBufferPointer { picture.writeI420(into: $0) }
    planes.append(buffer)
  }
}

let loaded = try loadScene(path: arguments[1], overrides: SceneOverrides())
let grower = try EpisodeGrower(GrowthScene(loaded, seed: seed))

var stages = StageSeconds()
var simulated = 0.0
let startCPU = cpuSeconds()
for episode in 0..<episodes {
  let grown = try grower.grow(try loaded.sample(seed: seed, episode: episode), index: episode)
  stages += grown.seconds
  simulated += Double(grown.episode.length) / Double(grown.episode.clips.first?.framesPerSecond ?? 30)
}
let totalCPU = cpuSeconds() - startCPU
let memory = peakMegabytes()

// The bare work, on the same episodes: the recorded commands into a fresh world, and the pictures into libx264.
var physics = 0.0, engine = 0.0
for episode in 0..<episodes {
  let instance = try loaded.sample(seed: seed, episode: episode)
  var commands: [RobotCommand] = []
  _ = try runTrial(instance, assets: loaded.assets) { commands.append($0.command) }
  let start = cpuSeconds()
  var world = try World(instance, assets: loaded.assets)
  for command in commands { _ = world.advanceFrame(command) }
  physics += cpuSeconds() - start
  engine += world.engineSeconds
}
var wrapped = 0.0, bare = 0.0
for camera in try loaded.sample(seed: seed, episode: 0).cameras {
  let footage = Footage(camera: camera.name)
  wrapped += try grower.grow(try loaded.sample(seed: seed, episode: 0), index: 0, pictures: footage).seconds.encoding
  bare += bareEncoderSeconds(
    frames: footage.planes, width: footage.size.width, height: footage.size.height, framesPerSecond: 30)
}
let cameras = Double(try loaded.sample(seed: seed, episode: 0).cameras.count)

let n = Double(episodes)
func row(_ name: String, _ seconds: Double, _ note: String = "") {
  let share = fixed(100 * seconds / totalCPU, 1)
  print("\(name)\t\(fixed(seconds / n, 4)) s\t\(share) %\t\(note)")
}
print("\(episodes) episodes of \(arguments[1]), seed \(seed), \(fixed(simulated / n, 2)) simulated seconds each")
print("stage\tCPU s/episode\tshare\tbeside the bare work")
row("physics", stages.physics, "\(fixed(physics / engine, 2)) x dWorldStep alone (\(fixed(engine / n, 4)) s)")
row("expert", stages.expert, "planning, IK, judging")
row("pictures", stages.pictures)
row("encoding", stages.encoding, "\(fixed(wrapped / cameras / bare, 2)) x libx264 alone")
row("other", stages.other, "recording, statistics")
row("total", totalCPU, "\(fixed(totalCPU / simulated * 8, 3)) s for 8 simulated seconds; bound 4")
print("peak memory\t\(fixed(memory, 0)) MB\t\tbound 120")
