import Diagnostics
import Glibc
import SeedbedDatasets
import SeedbedEpisodes
import SeedbedScene

/// What a file or folder is, in words: a scene (.yaml, .yml, .json), a robot (.urdf), its profile
/// (.robot.yaml) or a dataset folder.
public func inspect(_ path: String) throws -> String {
  var status = stat()
  guard stat(path, &status) == 0 else {
    throw GenerationError(
      "\(path): \(String(cString: strerror(errno))). Name a scene, a URDF or a dataset.", kind: .input)
  }
  if status.st_mode & S_IFMT == S_IFDIR { return try describeDataset(path) }
  let name = path.lowercased()
  if name.hasSuffix(".urdf") || name.hasSuffix(".xml") { return try describeRobot(path) }
  if name.hasSuffix(".robot.yaml") { return try describeProfile(path) }
  if name.hasSuffix(".yaml") || name.hasSuffix(".yml") || name.hasSuffix(".json") { return try describeScene(path) }
  throw GenerationError(
    "\(path) is neither a scene (.yaml, .yml, .json), nor a robot (.urdf, .robot.yaml), nor a dataset folder.",
    kind: .input)
}

private func describeScene(_ path: String) throws -> String {
  let loaded = try loadScene(path: path, overrides: SceneOverrides())
  let example = try sampled(loaded, seed: 0, episode: 0)
  var lines = loaded.warnings.map(\.description)
  lines.append("scene \(path), sha256 \(loaded.sha256)")
  lines.append(
    "robot: \(loaded.robotType) (\(example.robot.urdf)), arm "
      + example.robot.arm.map(\.joint).joined(separator: " ") + ", TCP on \(example.robot.tcpLink)")
  lines.append("rates: control and video \(example.rates.control) Hz, physics \(example.rates.physics) Hz")
  lines.append("task: \(example.task.instruction) Within \(example.task.timeLimit) s.")
  for object in example.objects {
    let mass = object.isFixed ? "fixed" : object.mass > 0 ? "\(fixed(object.mass, 3)) kg" : "free"
    lines.append("object \(object.name): \(object.shape.kindName), \(mass) (in episode 0 of seed 0)")
    lines += describeJoints(object, loaded.assets)
  }
  for camera in example.cameras {
    let place = camera.link.map { "on link \($0)" } ?? "fixed"
    lines.append("camera \(camera.name): \(camera.width) x \(camera.height), \(place)")
  }
  lines.append("\(loaded.description.axisPaths.count) axes vary:")
  lines += loaded.description.axisPaths.map { "  " + $0 }
  return lines.joined(separator: "\n")
}

private func describeDataset(_ path: String) throws -> String {
  let reader = try LeRobotReader(directory: path)
  var frames = 0, successes = 0, known = 0
  var causes: [String: Int] = [:]
  for k in 0..<reader.episodeCount {
    let metadata = try reader.episodeMetadata(k)
    frames += metadata.length
    guard let provenance = metadata.provenance else { continue }
    known += 1
    if provenance.success { successes += 1 } else { causes[provenance.failureCause, default: 0] += 1 }
  }
  let schema = reader.schema
  var lines = [
    "LeRobot v3.0 dataset: robot \(schema.robotType), \(reader.episodeCount) episodes, \(frames) frames, "
      + "\(schema.framesPerSecond) frames a second"
  ]
  for feature in schema.features {
    lines.append(
      "  \(feature.name): \(feature.dataType.rawValue)[\(feature.width)] "
        + feature.dimensions.prefix(8).map(\.name).joined(separator: " ") + (feature.width > 8 ? " ..." : ""))
  }
  for camera in schema.cameras { lines.append("  \(camera.key): \(camera.width) x \(camera.height)") }
  lines.append("success: \(successes) of \(known)" + (known < reader.episodeCount ? " that say how they ended" : ""))
  for (cause, count) in causes.sorted(by: { $0.key < $1.key }) { lines.append("  \(cause): \(count)") }
  if access(path + "/meta/seedbed", F_OK) == 0 {
    let run = try DatasetRun(directory: path)
    lines.append(
      "grown by \(run.record.generator) from \(run.record.scene), seed \(run.record.seed), scene sha256 "
        + run.record.sceneSHA256)
  } else {
    lines.append("no store of Seedbed in it: it cannot be regrown")
  }
  return lines.joined(separator: "\n")
}
