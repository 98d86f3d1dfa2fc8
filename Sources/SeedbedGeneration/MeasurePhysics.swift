import Diagnostics
import SeedbedGeometry
public import SeedbedPhysicsCard
import SeedbedScene

/// With which robots `physicsCard` measures.
public struct PhysicsCardRequest: Sendable {
  /// A URDF file in place of the program's own arm.
  public var robot: String?
  /// Scene files whose robots are measured besides, at the scene's rates.
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

private func sceneBench(_ path: String) throws -> Bench {
  let loaded = try loadScene(path: path)
  let instance = try loaded.sample(seed: 0, episode: 0)
  return Bench(
    name: path, robot: instance.robot, assets: loaded.assets, rates: instance.rates, g: instance.gravity.length)
}

/// Writes `physics-card.md`, `physics-card.json` and `physics-card.png` into a folder, which is made where it is missing.
public func write(_ card: PhysicsCard, to folder: String) throws {
  if !isThere(folder) { try makeDirectory(folder) }
  for file in try files(of: card) { try writeFile(folder + "/" + file.name, file.bytes) }
}

/// What travels in every dataset: this build's card, with the program's own arm. Measured once a process.
let buildCardFiles: Result<[(name: String, bytes: [UInt8])], any Error> = Result {
  try files(of: try physicsCard(PhysicsCardRequest()))
}

/// The card's files. No clock's value is in them: the same build gives the same bytes.
func files(of card: PhysicsCard) throws -> [(name: String, bytes: [UInt8])] {
  let picture = "physics-card.png"
  return [
    ("physics-card.md", Array(card.markdown(version: Version.number, picture: picture).utf8)),
    ("physics-card.json", card.json(version: Version.number)),
    (picture, try card.picture()),
  ]
}
