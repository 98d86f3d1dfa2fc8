import SeedbedDatasets
public import SeedbedScene
import URDF
import Video

/// Regrows one episode of a dataset from its own store; nil where it is identical, else the first difference.
public func reproduce(directory: String, episode: Int) throws -> String? {
  let run = try DatasetRun(directory: directory)
  return try firstDifference(
    episode: episode, of: run, reader: try LeRobotReader(directory: directory),
    store: try SidecarReader(directory: directory),
    grower: try EpisodeGrower(run.scene))
}

/// Grows a single episode of a scene into a dataset of its own: the same bytes as in a run of that seed.
///
/// `pictures`: also write every frame's RGB, depth and instance ids as PNG below `out`/pictures.
public func reproduce(
  scene path: String, overrides: SceneOverrides, like: LikeRequest? = nil, actions: ActionRequest? = nil, seed: UInt64,
  episode: Int, out: String,
  stateOnly: Bool,
  pictures: Bool
) throws -> RunReport {
  let start = wallSeconds()
  let (loaded, form) = try LikeScene.load(like, scene: path, overrides: overrides, stateOnly: stateOnly)
  var record = RunRecord(loaded, seed: seed, stateOnly: stateOnly)
  record.like = form?.like
  record.actions = actions
  try record.checkActions()
  record.firstEpisode = episode
  let scene = try growthScene(loaded, record: record)
  let folder = try OutputFolder(out)
  try folder.requireEmpty()
  do {
    try writeStore(loaded, record: record, directory: folder.path)
    let instance = try sampled(loaded, seed: seed, episode: episode)
    let sink =
      pictures
      ? try PictureFolder(
        folder.path + "/pictures", instance: instance, linkNames: loaded.assets.robot.links.map(\.name)) : nil
    let grown = try EpisodeGrower(scene).grow(instance, index: 0, pictures: sink)
    var packer = try DatasetPacker(
      directory: folder.path, continuing: nil, schema: scene.schema, axes: loaded.description.axisPaths)
    try packer.append(grown.episode)
    try packer.finish()
    try FileManifest.write(directory: folder.path)
    var report = RunReport()
    report.add(EpisodeSummary(grown))
    report.kept = 1
    report.wallSeconds = wallSeconds() - start
    return report
  } catch {
    folder.discard()
    throw error
  }
}
