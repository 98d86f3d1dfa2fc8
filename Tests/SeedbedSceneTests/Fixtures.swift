import Diagnostics
import SeedbedScene

/// Files in memory.
struct MemorySource: AssetSource {
  var files: [String: String]

  func read(_ path: String) throws(AssetError) -> [UInt8] {
    guard let text = files[path] else { throw AssetError(path: path, reason: "no such file") }
    return Array(text.utf8)
  }
}

/// Two revolute joints, a hand and two sliding fingers of boxes.
let smallRobot = """
  <robot name="small arm">
    <link name="base"><inertial><mass value="2"/><inertia ixx="0.1" iyy="0.1" izz="0.1" ixy="0" ixz="0" iyz="0"/></inertial></link>
    <link name="upper"><inertial><mass value="1"/><inertia ixx="0.1" iyy="0.1" izz="0.1" ixy="0" ixz="0" iyz="0"/></inertial></link>
    <link name="hand"><inertial><mass value="0.5"/><inertia ixx="0.01" iyy="0.01" izz="0.01" ixy="0" ixz="0" iyz="0"/></inertial></link>
    <link name="left"><inertial><mass value="0.05"/><inertia ixx="1e-4" iyy="1e-4" izz="1e-4" ixy="0" ixz="0" iyz="0"/></inertial>
      <collision><origin xyz="0 0.005 0.03"/><geometry><box size="0.02 0.01 0.06"/></geometry></collision></link>
    <link name="right"><inertial><mass value="0.05"/><inertia ixx="1e-4" iyy="1e-4" izz="1e-4" ixy="0" ixz="0" iyz="0"/></inertial>
      <collision><origin xyz="0 -0.005 0.03"/><geometry><box size="0.02 0.01 0.06"/></geometry></collision></link>
    <joint name="shoulder" type="revolute"><parent link="base"/><child link="upper"/><origin xyz="0 0 0.3"/><axis xyz="0 0 1"/>
      <limit lower="-1" upper="3" effort="80" velocity="2"/></joint>
    <joint name="elbow" type="continuous"><parent link="upper"/><child link="hand"/><origin xyz="0.3 0 0"/><axis xyz="0 1 0"/>
      <limit effort="40" velocity="3"/></joint>
    <joint name="slide_left" type="prismatic"><parent link="hand"/><child link="left"/><origin xyz="0 0 0.05"/><axis xyz="0 1 0"/>
      <limit lower="0" upper="0.03" effort="30" velocity="0.1"/></joint>
    <joint name="slide_right" type="prismatic"><parent link="hand"/><child link="right"/><origin xyz="0 0 0.05"/><axis xyz="0 AXIS 0"/>
      <limit lower="LOWER" upper="UPPER" effort="30" velocity="0.1"/><mimic joint="slide_left" multiplier="MULTIPLIER"/></joint>
  </robot>
  """

/// The robot with a second finger that opens towards positive or towards negative values.
func robotText(opensNegative: Bool = false) -> String {
  let values =
    opensNegative
    ? ["AXIS": "1", "LOWER": "-0.03", "UPPER": "0", "MULTIPLIER": "-1"]
    : ["AXIS": "-1", "LOWER": "0", "UPPER": "0.03", "MULTIPLIER": "1"]
  return values.reduce(smallRobot) { $0.replacing($1.key, with: $1.value) }
}

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
