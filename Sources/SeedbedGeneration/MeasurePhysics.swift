import Diagnostics
import SeedbedGeometry
public import SeedbedPhysicsCard
import SeedbedScene

/// With which robots `physicsCard` measures.
public struct PhysicsCardRequest: Sendable {
  /// A URDF file in place of the program's own arm.
  public var robot: String?
  /// Scene files and datasets whose robots are measured besides, at their rates.
  public var scenes: [String]

  public init(robot: String? = nil, scenes: [String] = []) {
    self.robot = robot
    self.scenes = scenes
  }
}

/// Measures this build's physics.
public func physicsCard(_ request: PhysicsCardRequest) throws -> PhysicsCard {
  var bench = try Bench.builtIn()
  if let robot = request.robot { bench = try robotBench(robot) }
  return PhysicsCard(bench, others: try request.scenes.map(sceneBench))
}

private func robotBench(_ path: String) throws -> Bench {
  let loaded = try loadRobot(path: path)
  guard let drive = loaded.drive else { throw InputError(loaded.problems) }
  let slash = path.lastIndex(of: "/")
  let folder = slash.map { String(path[..<$0]) } ?? "."
  return try bench(drive, name: path, folder: folder.isEmpty ? "/" : folder)
}

private func bench(_ robot: RobotInstance, name: String, folder: String) throws -> Bench {
  let bench = try Bench.builtIn()
  let instance = bench.emptyScene(with: robot)
  let assets = try loadAssets(for: instance, source: DiskAssetSource(folder: folder))
  return Bench(name: name, robot: robot, assets: assets, rates: bench.rates)
}

/// `path`: a scene file or a dataset's folder.
private func sceneBench(_ path: String) throws -> Bench {
  let loaded: LoadedScene, instance: SceneInstance
  if isThere(path + "/meta/seedbed/run.json") {
    let run = try DatasetRun(directory: path)
    loaded = run.loaded
    instance = try run.instance(run: run.record.firstEpisode)
  } else {
    loaded = try loadScene(path: path)
    instance = try loaded.sample(seed: 0, episode: 0)
  }
  return Bench(
    name: path, robot: instance.robot, assets: loaded.assets, rates: instance.rates, g: instance.gravity.length)
}

/// Writes `physics-card.md`, `physics-card.json` and `physics-card.png` into a folder, which is made where it is missing.
public func write(_ card: PhysicsCard, to folder: String) throws {
  if !isThere(folder) { try makeDirectory(folder) }
  for file in try files(of: card) { try writeFile(folder + "/" + file.name, file.bytes) }
}

/// This build's card, with the program's own arm: measured once a build where there is a cache, else once a process.
private let buildCard: Result<[CardCache.File], any Error> = Result {
  let cache = CardCache.standard(), key = cache == nil ? nil : CardCache.programKey()
  if let cache, let key, let files = cache.files(key) { return files }
  let files = try files(of: try physicsCard(PhysicsCardRequest()))
  if let cache, let key { cache.keep(files, key) }
  return files
}

/// What travels in a dataset: this build's card, and in its heading how the dataset's robot differs from the card's.
func cardFiles(for run: DatasetRun) throws -> [CardCache.File] {
  let instance = try run.instance(run: run.record.firstEpisode)
  return try buildCard.get().map { file in
    guard file.name.hasSuffix(".md") else { return file }
    let heading = Array(PhysicsCard.heading.utf8)
    guard file.bytes.starts(with: heading) else { throw GenerationError("the physics card has no heading") }
    let remark = try Bench.builtIn().remark(on: instance) + "\n\n"
    return (file.name, heading + Array(remark.utf8) + file.bytes[heading.count...])
  }
}

/// The card's files. No clock's value is in them: the same build gives the same bytes.
func files(of card: PhysicsCard) throws -> [CardCache.File] {
  let picture = "physics-card.png"
  return [
    ("physics-card.md", Array(card.markdown(version: Version.number, picture: picture).utf8)),
    ("physics-card.json", card.json(version: Version.number)),
    (picture, try card.picture()),
  ]
}
