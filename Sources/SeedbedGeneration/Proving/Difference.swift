import SeedbedDatasets
import SeedbedEpisodes
import SeedbedScene
import Video

/// Regrows episode k of a dataset and names the first thing in which it differs from what the files hold; nil where
/// everything is identical: instance, every number of every frame, every picture's packet, outcome and state hash.
func firstDifference(
  episode k: Int, of run: DatasetRun, reader: LeRobotReader, store: SidecarReader, grower: EpisodeGrower
) throws -> String? {
  guard k >= 0, k < reader.episodeCount else {
    throw GenerationError("the dataset has episodes 0...\(reader.episodeCount - 1), not \(k)", kind: .usage)
  }
  let stored = try store.instance(k)
  let metadata = try reader.episodeMetadata(k)
  let instance = try SceneInstance(canonicalJSON: stored)
  if try run.instance(run: instance.episode).canonicalJSON() != stored {
    return "episode \(k): the stored instance is not the one that seed \(run.record.seed) draws from the stored scene"
  }
  let grown = try grower.grow(instance, index: k).episode
  let columns = try reader.columns(k)
  for (feature, (old, new)) in zip(run.scene.schema.features, zip(columns, grown.columns)) {
    if let place = firstDifference(old, new, feature: feature) {
      return "episode \(k), \(place)"
    }
  }
  if metadata.length != grown.length {
    return "episode \(k): the dataset says \(metadata.length) frames, regrown are \(grown.length)"
  }
  for (i, camera) in run.scene.schema.cameras.enumerated() {
    let old = try reader.clip(k, camera: i)
    if let frame = firstDifference(old, grown.clips[i]) {
      return "episode \(k), frame \(frame), \(camera.key): the picture's bytes differ from the regrown ones"
    }
  }
  guard let provenance = metadata.provenance else {
    return "episode \(k): its row in meta/episodes has no origin columns"
  }
  return provenanceDifference(provenance, grown.provenance).map { "episode \(k): \($0)" }
}

/// Frame, feature, dimension and both values of the first difference.
private func firstDifference(_ old: Column, _ new: Column, feature: Feature) -> String? {
  func place(_ index: Int, _ a: String, _ b: String) -> String {
    let frame = index / feature.width, dimension = feature.dimensions[index % feature.width]
    return "frame \(frame), \(feature.name) [\(dimension.name)]: the dataset has \(a), regrown is \(b)"
  }
  switch (old, new) {
  case (.float32(let a), .float32(let b)):
    if let i = zip(a, b).enumerated().first(where: { $1.0.bitPattern != $1.1.bitPattern })?.offset {
      return place(i, "\(a[i])", "\(b[i])")
    }
  case (.float64(let a), .float64(let b)):
    if let i = zip(a, b).enumerated().first(where: { $1.0.bitPattern != $1.1.bitPattern })?.offset {
      return place(i, "\(a[i])", "\(b[i])")
    }
  case (.int64(let a), .int64(let b)):
    if let i = zip(a, b).enumerated().first(where: { $1.0 != $1.1 })?.offset { return place(i, "\(a[i])", "\(b[i])") }
  case (.bool(let a), .bool(let b)):
    if let i = zip(a, b).enumerated().first(where: { $1.0 != $1.1 })?.offset { return place(i, "\(a[i])", "\(b[i])") }
  case (.text(let a), .text(let b)):
    if let i = zip(a, b).enumerated().first(where: { $1.0 != $1.1 })?.offset { return place(i, a[i], b[i]) }
  default: return "\(feature.name): the dataset's type is not \(feature.dataType.rawValue)"
  }
  guard old.count == new.count else {
    return "\(feature.name): the dataset has \(old.count / feature.width) frames, regrown are "
      + "\(new.count / feature.width)"
  }
  return nil
}

/// The first frame whose packet differs.
private func firstDifference(_ old: EncodedClip, _ new: EncodedClip) -> Int? {
  for (i, (a, b)) in zip(old.packets, new.packets).enumerated() where a.bytes != b.bytes { return i }
  return old.packets.count == new.packets.count ? nil : min(old.packets.count, new.packets.count)
}

private func provenanceDifference(_ old: Provenance, _ new: Provenance) -> String? {
  let pairs: [(String, String, String)] = [
    ("sim.state_hash", old.stateHash, new.stateHash), ("origin", old.origin, new.origin),
    ("sim.seed", "\(old.seed)", "\(new.seed)"), ("sim.episode", "\(old.episode)", "\(new.episode)"),
    ("sim.scene_sha256", old.sceneSHA256, new.sceneSHA256), ("sim.generator", old.generator, new.generator),
    ("success", "\(old.success)", "\(new.success)"), ("failure.cause", old.failureCause, new.failureCause),
    ("failure.frame", "\(old.failureFrame)", "\(new.failureFrame)"),
    ("gates.failed", old.gatesFailed, new.gatesFailed),
  ]
  if old.lcpMessages >= 0, old.lcpMessages != new.lcpMessages {
    return "sim.lcp_messages is \(old.lcpMessages), regrown is \(new.lcpMessages)"
  }
  for (name, a, b) in pairs where a != b { return "\(name) is \(a), regrown is \(b)" }
  if old.draws.map(\.path) != new.draws.map(\.path) { return "the draws are of other axes than the regrown ones" }
  for (a, b) in zip(old.draws, new.draws) where a.value.bitPattern != b.value.bitPattern {
    return "draw \(a.path) is \(a.value), regrown is \(b.value)"
  }
  return nil
}
