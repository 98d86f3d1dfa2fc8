import Diagnostics
import Foundation
import SeedbedPhysics
import SeedbedScene
import SeedbedTestSupport
import Testing

extension PhysicsTests {
  /// Damaged scenes and URDFs: a message or a world that steps; never the end of the process.
  @Suite struct ArticulationFuzzTests {
    static let scene = """
      seedbed: 1
      robot: {urdf: robot.urdf}
      objects:
        - {name: table, fixed: true, shape: {box: [1, 1, 0.1]}, pose: {xyz: [0.5, 0, -0.05]}}
        - {name: cabinet, fixed: FIXED, shape: {urdf: {file: cabinet.urdf}}, pose: {xyz: [0.5, 0.1, 0.2]}, friction: 0.8,
           density: 500, joints: {slide: {position: 0.05, velocity: 0.5, damping: 2, friction: 0.4}, hinge: {velocity: 1}}}
        - {name: cube, shape: {cube: 0.04}, mass: 0.1, pose: {xyz: [0.3, 0.1, 0.0205]}}
      task: {pickAndPlace: {object: cube, into: table}}
      """

    static let cabinet = """
      <robot name="cabinet">
        <link name="body"><inertial><mass value="2"/><inertia ixx="0.05" iyy="0.05" izz="0.05" ixy="0" ixz="0" iyz="0"/></inertial>
          <collision><origin xyz="0 0 0.1" rpy="0 0 0.2"/><geometry><box size="0.3 0.3 0.02"/></geometry></collision></link>
        <link name="drawer"><inertial><origin xyz="0 0 0.01"/><mass value="1"/>
          <inertia ixx="0.01" iyy="0.012" izz="0.011" ixy="0.001" ixz="0" iyz="0"/></inertial>
          <collision><geometry><cylinder radius="0.05" length="0.02"/></geometry></collision></link>
        <link name="door"><collision><geometry><capsule radius="0.01" length="0.1"/></geometry></collision></link>
        <joint name="slide" type="prismatic"><parent link="body"/><child link="drawer"/><origin xyz="0 0 0.05"/><axis xyz="0 1 0"/>
          <limit lower="0" upper="0.2" effort="1" velocity="1"/><dynamics damping="3" friction="0.5"/></joint>
        <joint name="hinge" type="revolute"><parent link="drawer"/><child link="door"/><origin xyz="0.1 0 0"/><axis xyz="0 0 1"/>
          <limit lower="-1" upper="2" effort="1" velocity="1"/></joint>
      </robot>
      """

    static let values = [
      "nan", "inf", "-inf", "-1", "0", "1e300", "1e-300", "-0", "1e9", "1e-9", "0.001", "1000", "-0.3", "3.2", "",
    ]

    /// One to three numbers replaced by others.
    static func renumbered(_ text: String, _ random: inout TestRandom) -> String {
      var words = text.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
      for _ in 0..<Int.random(in: 1...3, using: &random) {
        let places = words.indices.filter { words[$0].contains(where: \.isNumber) }
        guard let at = places.randomElement(using: &random) else { break }
        let value = values.randomElement(using: &random) ?? "0"
        let number = words[at].firstRange(of: /-?[0-9][0-9.e-]*/)
        if let number { words[at].replaceSubrange(number, with: value) }
      }
      return words.joined(separator: " ")
    }

    enum End { case refused, stepped }

    static func attempt(_ scene: [UInt8], _ cabinet: [UInt8], _ robot: [UInt8]) throws -> End {
      let source = MemorySource(["scene.yaml": scene, "cabinet.urdf": cabinet, "robot.urdf": robot])
      do {
        let loaded = try loadScene(sceneFile: "scene.yaml", source: source)
        let instance = try loaded.sample(seed: 1, episode: 0)
        var world = try World(instance, assets: loaded.assets)
        let command = RobotCommand(
          arm: instance.robot.arm.map { Float($0.home) }, opening: Float(instance.robot.gripper.home))
        for _ in 0..<3 { if world.advanceFrame(command) != .ok { break } }
        return .stepped
      } catch let error as InputError {
        #expect(!error.diagnostics.isEmpty)
        return .refused
      } catch is SamplingError {
        return .refused
      } catch is WorldError {
        return .refused
      }
    }

    /// 600 files of either kind, or as many as `SEEDBED_NASTY` says.
    @Test(arguments: [false, true]) func damagedFiles(isFixed: Bool) throws {
      let scene = Self.scene.replacing("FIXED", with: isFixed ? "true" : "false")
      #expect(try Self.attempt(Array(scene.utf8), Array(Self.cabinet.utf8), Array(SmallRobot.text().utf8)) == .stepped)
      var random = TestRandom(seed: isFixed ? 1 : 2)
      var mutator = ByteMutator(seed: isFixed ? 3 : 4)
      var stepped = 0
      let count = Int(ProcessInfo.processInfo.environment["SEEDBED_NASTY"] ?? "") ?? 600
      for k in 0..<count {
        var files = [scene, Self.cabinet, SmallRobot.text()]
        let which = [1, 1, 0, 2][k % 4]
        files[which] = Self.renumbered(files[which], &random)
        var bytes = files.map { Array($0.utf8) }
        if k % 3 == 0 { bytes[which] = mutator.mutate(bytes[which]) }
        if try Self.attempt(bytes[0], bytes[1], bytes[2]) == .stepped { stepped += 1 }
      }
      #expect(stepped > count / 10)
    }
  }
}
