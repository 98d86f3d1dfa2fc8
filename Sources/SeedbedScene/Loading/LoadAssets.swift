public import Diagnostics
import URDF

/// Robot, meshes and pictures that an instance names: what a replay needs, without the scene file.
///
/// Throws every file that is missing or damaged.
public func loadAssets(for instance: SceneInstance, source: some AssetSource) throws(InputError) -> SceneAssets {
  let reader = AssetReader(source: source, prefix: "")
  let decoder = Decoder()
  let files = AssetLoader(reader: reader, decoder: decoder)
  let place = SourceLocation(file: "instance of episode \(instance.episode)")
  let robot = files.robot(instance.robot.urdf, namedAt: place)
  for object in instance.objects {
    if case .urdf(let path) = object.shape { files.loadMechanism(path, namedAt: place) }
    if case .mesh(let path, _) = object.shape { files.loadMesh(path, namedAt: place) }
    if case .image(let path, _) = object.appearance.texture { files.loadTexture(path, namedAt: place) }
  }
  if let robot {
    for joint in instance.robot.arm.map(\.joint) + instance.robot.gripper.fingerJoints
    where robot.jointIndex(joint) == nil {
      decoder.error(
        place, "The robot `\(robot.name)` has no joint `\(joint)`.", "Is this the URDF that the episode was made with?")
    }
  }
  guard let robot, !decoder.hasErrors else { throw InputError(decoder.problems) }
  return SceneAssets(
    files: reader.files,
    robot: orientedRobot(robot, fingers: instance.robot.gripper.fingerJoints, meshes: files.meshes),
    mechanisms: files.mechanisms, meshes: files.meshes, textures: files.textures)
}
