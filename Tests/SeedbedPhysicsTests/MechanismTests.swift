import SeedbedGeometry
import SeedbedMath
import SeedbedPhysics
import SeedbedScene
import Testing
import URDF

extension PhysicsTests {
  /// Robots that are no Panda.
  @Suite struct MechanismTests {
    /// A gantry: a slider up, a turntable without limits, a slider out, the test gripper; a follower on the side.
    static let gantry: (RobotDescription, RobotInstance) = {
      let here = TestPanda.here
      func link(_ name: String, mass: Double) -> Link {
        Link(
          name: name,
          inertial: Inertial(
            origin: Pose(Vector3(0.01, 0.02, 0.03)), mass: mass, inertia: .diagonal(Vector3(0.02, 0.02, 0.02) * mass)),
          location: here)
      }
      var links = [
        Link(name: "base", location: here), link("tower", mass: 3), link("table", mass: 2), link("boom", mass: 1),
        link("flag", mass: 0.1),
      ]
      let turn = Quaternion(axis: .unitX, angle: 0.3)
      var joints = [
        Joint(
          name: "up", kind: .prismatic, parent: 0, child: 1, origin: Pose(Vector3(0, 0, 0.5), turn), axis: .unitZ,
          lower: -0.2, upper: 0.6, location: here),
        Joint(
          name: "turn", kind: .continuous, parent: 1, child: 2, origin: Pose(Vector3(0, 0, 0.1), turn.conjugate),
          axis: .unitZ, location: here),
        Joint(
          name: "out", kind: .prismatic, parent: 2, child: 3, origin: Pose(Vector3(0.2, 0, 0)), axis: .unitX, lower: 0,
          upper: 0.5, location: here),
        Joint(
          name: "wave", kind: .revolute, parent: 1, child: 4, origin: Pose(Vector3(0, 0.3, 0)), axis: .unitY,
          lower: -3, upper: 3, mimic: Joint.Mimic(joint: "out", multiplier: 4, offset: 0.2), location: here),
      ]
      for side in [1.0, -1.0] {
        links.append(
          Link(
            name: "finger\(side)",
            inertial: Inertial(origin: .identity, mass: 0.05, inertia: .diagonal(Vector3(1e-5, 1e-5, 1e-5))),
            collisions: [Collision(origin: .identity, geometry: .box(size: Vector3(0.02, 0.01, 0.05)), location: here)],
            location: here))
        joints.append(
          Joint(
            name: "finger\(side)", kind: .prismatic, parent: 3, child: links.count - 1,
            origin: Pose(Vector3(0, 0.005 * side, 0)), axis: .unitY * side, lower: 0, upper: 0.05, location: here))
      }
      func axis(_ name: String, home: Double) -> ArmJointInstance {
        ArmJointInstance(
          joint: name, home: home, kp: 5000, kd: 300, armature: 0.1, effort: 200, velocity: name == "turn" ? 4 : 1)
      }
      let instance = RobotInstance(
        urdf: "gantry.urdf", pose: Pose(Vector3(0.3, 0.1, 0), Quaternion(axis: .unitZ, angle: 0.5)),
        arm: [axis("up", home: 0.3), axis("turn", home: 4), axis("out", home: 0.1)],
        gripper: GripperInstance(
          fingerJoints: ["finger1.0", "finger-1.0"], closedOpening: 0, maxOpening: 0.1, home: 0.04, maxForce: 30,
          speed: 0.2), tcpLink: "boom", tcp: .identity, fingerFriction: 1, linkFriction: 0.5)
      return (RobotDescription(name: "gantry", links: links, joints: joints, rootLink: 0), instance)
    }()

    @Test func gantryFollows() throws {
      let (robot, instance) = Self.gantry
      let scene = TestScene.instance([], robot: instance)
      var world = try World(scene, assets: TestScene.assets(robot))
      let tree = KinematicTree(robot)
      func expectKinematics(_ world: borrowing World, tolerance: Double) {
        let q = world.armPositions, half = world.gripperOpening / 2
        let values = [q[0], q[1], q[2], 0, half, half]
        for (pose, reference) in zip(world.linkPoses, tree.linkPoses(values: values, basePose: instance.pose)) {
          #expect((pose.position - reference.position).length < tolerance)
          #expect((pose.orientation.conjugate * reference.orientation).rotationVector.length < tolerance)
        }
      }
      #expect(zip(world.armPositions, [0.3, 4, 0.1]).allSatisfy { abs($0 - $1) < 1e-12 })
      expectKinematics(world, tolerance: 1e-9)
      // More than a full turn, up and down.
      var command = RobotCommand(arm: [0.3, 4, 0.1], opening: 0.04)
      for k in 1...90 {
        let s = Float(k) / 90
        command = RobotCommand(arm: [0.3 - 0.3 * s, 4 + 9 * s, 0.1 + 0.3 * s], opening: 0.04 + 0.05 * s)
        #expect(world.advanceFrame(command) == .ok)
      }
      for _ in 0..<15 { #expect(world.advanceFrame(command) == .ok) }
      for (q, target) in zip(world.armPositions, command.arm) { #expect(abs(q - Double(target)) < 2e-3) }
      #expect(abs(world.gripperOpening - 0.09) < 1e-3)
      expectKinematics(world, tolerance: 5e-3)
    }

    /// Forces that hold the gantry: the weight along the slider, the moment about the turntable, nothing across. The
    /// follower hangs on a motor of its own in the full arm, in the hybrid one on its leader by the gear between them.
    @Test(arguments: ArmDynamics.allCases) func sliderEfforts(dynamics: ArmDynamics) throws {
      let (robot, gantry) = Self.gantry
      var instance = gantry
      instance.dynamics = dynamics
      let gravity = Vector3(1, -2, -9)
      var world = try World(TestScene.instance([], gravity: gravity, robot: instance), assets: TestScene.assets(robot))
      for _ in 0..<5 { _ = world.advanceFrame(RobotCommand(arm: [0.3, 4, 0.1], opening: 0.04)) }
      let poses = world.linkPoses
      let masses = [0, 3, 2, 1, 0.1, 0.05, 0.05]
      let centers = robot.links.indices.map { i in
        poses[i].apply(i >= 5 ? .zero : Vector3(0.01, 0.02, 0.03))
      }
      let up = poses[1].rotate(.unitZ), out = poses[3].rotate(.unitX), turn = poses[2].rotate(.unitZ)
      let force = -(1...6).reduce(0.0) { $0 + masses[$1] } * gravity.dot(up)
      var reach = -[3, 5, 6].reduce(0.0) { $0 + masses[$1] } * gravity.dot(out)
      let wave = poses[4].rotate(.unitY).dot((centers[4] - poses[4].position).cross(gravity * masses[4]))
      if dynamics == .hybrid { reach -= 4 * wave }
      let moment = -[2, 3, 5, 6].reduce(0.0) {
        $0 + turn.dot((centers[$1] - poses[2].position).cross(gravity * masses[$1]))
      }
      for (measured, expected) in zip(world.armEfforts, [force, moment, reach]) {
        #expect(abs(measured - expected) < 1e-3)
      }
    }

    /// A base that stands in the table is left alone, with a word about it where it moves.
    @Test func baseInTheTable() throws {
      var robot = TestPanda.description
      let box = Collision(origin: .identity, geometry: .box(size: Vector3(0.2, 0.2, 0.3)), location: TestPanda.here)
      robot.links[0].collisions = [box]
      let table = TestScene.fixed("table", .box(size: Vector3(2, 2, 0.1)), at: Vector3(0.5, 0, -0.15))
      var world = try World(TestScene.instance([table]), assets: TestScene.assets(robot))
      #expect(world.warnings.isEmpty)
      for _ in 0..<5 { #expect(world.advanceFrame(TestScene.home) == .ok) }
      #expect(world.contacts.isEmpty)
      robot.links[1].collisions.append(
        Collision(
          origin: Pose(Vector3(0, 0, -0.333)), geometry: .sphere(radius: 0.12), location: TestPanda.here))
      var second = try World(TestScene.instance([table]), assets: TestScene.assets(robot))
      #expect(second.warnings.count == 1)
      for _ in 0..<5 { #expect(second.advanceFrame(TestScene.home) == .ok) }
      #expect((second.tcpPose.position - world.tcpPose.position).length < 1e-9)
    }
  }
}
