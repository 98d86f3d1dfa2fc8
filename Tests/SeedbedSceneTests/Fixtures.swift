import Diagnostics
import SeedbedScene
import SeedbedTestSupport

/// The robot of `smallScene`.
func robotText(opensNegative: Bool = false) -> String { SmallRobot.text(opensNegative: opensNegative) }

/// Where each axis' path is the same as its place in the file, with dots for slashes.
let smallScene = """
  seedbed: 1
  robot: {urdf: robot.urdf, friction: {finger: {uniform: [0.8, 1.2]}}}
  objects:
    - {name: table, fixed: true, shape: {box: [1, 1, 0.1]}, pose: {xyz: [0.5, 0, -0.05]}, friction: {uniform: [0.5, 1]}}
    - {name: bin, fixed: true, shape: {bin: {size: [0.2, 0.2, 0.1]}}, pose: {on: table, xy: [{uniform: [0.75, 0.8]}, 0.3]}}
    - name: cube
      shape: {box: [{uniform: [0.02, 0.06]}, 0.04, 0.05]}
      mass: {logUniform: [0.05, 0.5]}
      friction: {normal: {mean: 0.8, stddev: 0.1, clip: [0.4, 1.2]}}
      color: [{uniform: [0, 1]}, 0.2, 0.2]
      pose: {on: table, xy: [{uniform: [0.2, 0.4]}, {uniform: [-0.2, 0]}], yaw: {uniform: [-3, 3]}}
  cameras:
    - {name: front, size: [64, 48], fovy: {uniform: [0.8, 1]}, pose: {lookAt: {from: [1, {uniform: [-0.1, 0.1]}, 0.6], to: [0.4, 0, 0]}}}
    - {name: wrist, size: [32, 32], fovx: 1, mount: tcp, pose: {xyz: [{uniform: [0.05, 0.06]}, 0, -0.1]}}
  lighting:
    ambient: 0.3
    lights:
      - {name: key, directional: {azimuth: 0, elevation: 1}, intensity: {uniform: [0.5, 1]}, shadow: true}
  task: {pickAndPlace: {object: cube, into: bin}}
  expert: {speed: {uniform: [0.8, 1.2]}, gripForce: {integer: [10, 25]}}
  """

/// An OBJ of 6 cm, closed or without its largest face.
let tetrahedron = openTetrahedron + "f 2 3 4\n"
let openTetrahedron = "v 0 0 0\nv 0.06 0 0\nv 0 0.06 0\nv 0 0 0.06\nf 1 3 2\nf 1 2 4\nf 1 4 3\n"

func load(
  _ scene: String = smallScene, robot: String = robotText(), set: [String] = [], files: [String: String] = [:]
) throws(InputError) -> LoadedScene {
  var all = files
  all["scene.yaml"] = scene
  all["robot.urdf"] = robot
  return try loadScene(sceneFile: "scene.yaml", source: MemorySource(files: all), overrides: SceneOverrides(set: set))
}

/// The messages of a scene that must not load.
func problems(
  _ scene: String, robot: String = robotText(), set: [String] = [], files: [String: String] = [:]
) -> [String] {
  do {
    _ = try load(scene, robot: robot, set: set, files: files)
    return []
  } catch {
    return error.diagnostics.filter { $0.severity == .error }.map(\.description)
  }
}
