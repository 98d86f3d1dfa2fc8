import SeedbedGeometry
import SeedbedMath
import SeedbedPhysics
import SeedbedScene
import SeedbedSensing
import Testing

extension SensingTests {
  /// The numbers against what is known of the scene.
  @Suite struct ReadingTests {
    /// An IMU at rest reads gravity upwards in its own axes, moved and turned as it may be.
    @Test func imuAtRest() throws {
      let run = try SensingTests.sway(
        "[{name: i, imu: {link: panda_link5, pose: {xyz: [0.1, 0.2, 0], rpy: [0.3, 1, -2]}}}, {name: t, imu: {mount: tcp}}]",
        frames: 0, truth: { world in [world.linkPose(5).orientation, world.tcpPose.orientation] })
      let own = run.truths[0][0] * Quaternion(roll: 0.3, pitch: 1, yaw: -2)
      let up = own.conjugate.rotate(Vector3(0, 0, 9.81))
      let reading = run.blocks[0][0]
      #expect((Vector3(reading[0], reading[1], reading[2]) - up).length < 1e-9)
      #expect(Array(reading[3...]) == [0, 0, 0])
      let tool = run.blocks[0][1]
      let upAtTool = run.truths[0][1].conjugate.rotate(Vector3(0, 0, 9.81))
      #expect((Vector3(tool[0], tool[1], tool[2]) - upAtTool).length < 1e-9)
    }

    /// Beams down onto the table, and one past it.
    @Test func lidarSeesTheTable() throws {
      let run = try SensingTests.sway(
        "[{name: l, lidar: {azimuth: 0, elevation: [-1.5707963267948966, -1.2, 0.3], pose: {xyz: [0.35, 0.55, 0.4]}, range: [0.2, 3]}}]",
        frames: 1, truth: { _ in 0 })
      let beams = run.blocks[1][0]
      #expect(abs(beams[0] - 0.4) < 1e-9)
      #expect(abs(beams[1] - 0.4 / Elementary.sin(1.2)) < 1e-9)
      #expect(beams[2] == 0)
    }

    /// The same wrench in four frames of reference has one length, and along the world's axes hangs straight down.
    @Test func axesTurnTheWrench() throws {
      let run = try SensingTests.sway(
        "[\(SensorAxes.allCases.map { "{name: \($0.rawValue), wrench: {axes: \($0.rawValue)}}" }.joined(separator: ", "))]",
        frames: 2, set: ["robot.pose={rpy: [0, 0, 0.5]}"], truth: { $0.tcpPose.orientation })
      let forces = run.blocks[2].map { Vector3($0[0], $0[1], $0[2]) }
      for force in forces { #expect(abs(force.length - forces[0].length) < 1e-9) }
      let inWorld = forces[2]
      #expect(inWorld.z < -7)
      #expect((Quaternion(roll: 0, pitch: 0, yaw: 0.5).conjugate.rotate(inWorld) - forces[1]).length < 1e-9)
      #expect((run.truths[16].conjugate.rotate(inWorld) - forces[3]).length < 1e-9)
    }

    @Test func unknownLinksAreRefused() throws {
      var (instance, assets) = try SensingTests.scene("[]")
      instance.sensors = [SensorInstance(name: "w", kind: .wrench(link: "nowhere", axes: .sensor), rate: 30)]
      let world = try World(instance, assets: assets)
      #expect(throws: WorldError.self) { _ = try SensorRig(instance, assets: assets, world: world) }
      instance.sensors = [SensorInstance(name: "w", kind: .tcpPose, rate: 77)]
      #expect(throws: WorldError.self) { _ = try SensorRig(instance, assets: assets, world: world) }
    }
  }
}
