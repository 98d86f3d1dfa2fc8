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

    /// The fingers close on a block that stands still between them: the cells of each pad keep force and centre of its
    /// contacts, and the fingertip feels what they sum up to.
    @Test(arguments: [0.0, 0.004]) func taxelsKeepForceAndCentre(offset: Double) throws {
      var (instance, assets) = try SensingTests.scene(
        "[{name: skin, taxels: {rows: 9, columns: 7, size: [0.036, 0.028]}}, {name: tips, fingertipForce: {}}]")
      let bare = try World(instance, assets: assets)
      let tcp = bare.tcpPose
      var block = try #require(instance.objects.first)
      block.name = "block"
      block.shape = .box(size: Vector3(0.01, 0.03, 0.01))
      block.pose = tcp * Pose(Vector3(offset, 0, 0))
      instance.objects = [block]
      let pads = try #require(FingerPad.pair(assets.robot, instance.robot, meshes: assets.meshes))
      var world = try World(instance, assets: assets)
      var rig = try SensorRig(instance, assets: assets, world: world)
      let home = instance.robot.arm.map { Float($0.home) }
      var blocks = rig.takeBlocks()
      #expect(blocks[0].allSatisfy { $0 == 0 })
      for _ in 0..<30 {
        let outcome = world.advanceFrame(RobotCommand(arm: home, opening: 0)) { rig.sample($0) }
        #expect(outcome == .ok)
        blocks = rig.takeBlocks()
      }
      let points = world.contactPoints
      for (i, pad) in pads.enumerated() {
        let frame = world.linkPose(pad.link) * pad.pose
        // The pads look at each other.
        #expect(frame.rotate(.unitZ).dot(tcp.rotate(.unitY)) * (i == 0 ? -1 : 1) > 0.99)
        #expect(frame.rotate(.unitX).dot(tcp.rotate(.unitZ)) > 0.99)
        let own = points.filter { $0.first == .link(pad.link) }
        let force = own.reduce(0) { $0 + $1.normalForce }
        #expect(force > 5)
        let center = own.reduce(Vector3.zero) { $0 + frame.inverse.apply($1.point) * ($1.normalForce / force) }
        let cells = blocks[0][(i * 63)..<(i * 63 + 63)]
        #expect(abs(cells.reduce(0, +) - force) < 1e-9)
        var x = 0.0, y = 0.0
        for (k, cell) in cells.enumerated() {
          x += cell / force * 0.004 * (Double(k / 7) - 4)
          y += cell / force * 0.004 * (Double(k % 7) - 3)
        }
        let isInside = abs(center.x) < 0.01
        if isInside { #expect(abs(x - center.x) < 1e-6) }
        #expect(abs(y - center.y) < 1e-6)
        #expect(abs(y) > 0.6 * offset && abs(y) < offset + 1e-3)
        let tip = blocks[1][(i * 3)..<(i * 3 + 3)].map { $0 }
        let alongPad = pad.pose.orientation.conjugate.rotate(Vector3(tip[0], tip[1], tip[2]))
        #expect(abs(alongPad.z + force) < 0.02 * force)
      }
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
