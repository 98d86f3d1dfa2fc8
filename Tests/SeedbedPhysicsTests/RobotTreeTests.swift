import SeedbedGeometry
import SeedbedPhysics
import SeedbedScene
import Testing
import URDF

extension PhysicsTests {
  @Suite struct RobotTreeTests {
    static func tree(_ robot: RobotDescription, _ instance: RobotInstance = TestPanda.instance) -> (
      RobotTree, [String]
    ) {
      var problems: [String] = []
      let tree = RobotTree(robot, instance, CollisionHulls(TestScene.assets(robot)), problems: &problems)
      return (tree, problems)
    }

    /// Welding loses no mass, keeps the centre of mass and obeys Steiner.
    @Test func weldedBodies() throws {
      let (tree, problems) = Self.tree(TestPanda.description)
      #expect(problems.isEmpty)
      #expect(tree.warnings.isEmpty)
      #expect(tree.bodies.count == 9)
      let last = tree.bodies[6]
      #expect(last.links == [7, 8])
      #expect(abs(last.mass.mass - 0.735522 - 0.73) < 1e-12)
      let hand = TestPanda.handInArm7.apply(Vector3(-0.01, 0, 0.03))
      let center = (TestPanda.centers[6] * 0.735522 + hand * 0.73) / (0.735522 + 0.73)
      #expect((last.mass.center - center).length < 1e-12)
      // The trace of the inertia about any point: that of the parts plus 2 m d².
      let parts =
        0.012516 + 0.010027 + 0.004815 + 0.001 + 0.0025 + 0.0017
        + 2 * (0.735522 * (TestPanda.centers[6] - center).squaredLength + 0.73 * (hand - center).squaredLength)
      #expect(abs(last.mass.inertia.trace - parts) < 1e-12)
      #expect(tree.mounts[0].body == nil)
    }

    /// Joints nobody drives are welded where they start, followers of driven ones move.
    @Test func lockedAndFollowing() throws {
      var robot = TestPanda.description
      for (k, mimic) in [nil, Joint.Mimic(joint: "joint2", multiplier: -2, offset: 0.1), nil].enumerated() {
        robot.links.append(Link(name: "extra\(k)", location: TestPanda.here))
        robot.joints.append(
          Joint(
            name: "extra_joint\(k)", kind: k == 2 ? .floating : .revolute, parent: 2, child: robot.links.count - 1,
            origin: Pose(Vector3(0, 0, 0.1)), axis: .unitX, lower: k == 0 ? 0.5 : -3, upper: 3, mimic: mimic,
            location: TestPanda.here))
      }
      robot.links.append(Link(name: "second", location: TestPanda.here))
      robot.joints.append(
        Joint(
          name: "second", kind: .revolute, parent: 11, child: robot.links.count - 1, axis: .unitX,
          mimic: Joint.Mimic(joint: "extra_joint1", multiplier: 3, offset: -0.2), location: TestPanda.here))
      let (tree, problems) = Self.tree(robot)
      #expect(problems.isEmpty)
      #expect(tree.bodies.count == 11)
      // Locked at its lower limit, since 0 is outside.
      let locked = tree.mounts[11]
      #expect(locked.body == 1)
      #expect((locked.pose.orientation.rotationVector - Vector3(0.5, 0, 0)).length < 1e-12)
      #expect(tree.mounts[13].body == 1)
      let followers = tree.joints.filter { if case .follower = $0.role { true } else { false } }
      #expect(
        followers.map(\.role) == [
          .follower(leader: 1, multiplier: -6, offset: 0.1 * 3 - 0.2),
          .follower(leader: 1, multiplier: -2, offset: 0.1),
        ])
      #expect(zip(followers.map(\.start), [1.9, 0.7]).allSatisfy { abs($0 - $1) < 1e-12 })
      // Both have no mass of their own.
      #expect(tree.warnings.count == 2)
      #expect(tree.warnings.allSatisfy { $0.contains("panda.urdf:1:1: warning: the link") })
    }

    /// Inertias that no body has are mended, and it is said where.
    @Test func impossibleInertias() throws {
      var robot = TestPanda.description
      robot.links[2].inertial?.inertia = .diagonal(Vector3(0.01, 0.01, 0.05))
      robot.links[3].inertial?.inertia = .zero
      robot.links[4].inertial?.inertia = .diagonal(Vector3(-1, 1, 1))
      robot.links[5].inertial?.mass = 0
      let (tree, problems) = Self.tree(robot)
      #expect(problems.isEmpty)
      #expect(tree.warnings.count == 5)
      for body in tree.bodies {
        let e = body.mass.inertia.symmetricEigenvalues
        #expect(e.x > 0)
        #expect(e.z <= e.x + e.y + 1e-12)
      }
      var world = try World(TestScene.instance([]), assets: TestScene.assets(robot))
      for _ in 0..<10 { #expect(world.advanceFrame(TestScene.home) == .ok) }
    }

    @Test func oppositeAxes() throws {
      // Second finger with the first one's axis and negative values.
      var robot = TestPanda.description
      robot.joints[9].axis = .unitY
      robot.joints[9].lower = -0.04
      robot.joints[9].upper = 0
      robot.joints[9].mimic?.multiplier = -1
      let world = try World(TestScene.instance([]), assets: TestScene.assets(robot))
      #expect(abs(world.gripperOpening - 0.08) < 1e-12)
      let a = world.linkPose(9).position, b = world.linkPose(10).position
      #expect(abs((a - b).length - 0.08) < 1e-12)
    }

    @Test func refusals() throws {
      func problems(_ change: (inout SceneInstance, inout RobotDescription) -> Void) -> [String] {
        var instance = TestScene.instance([TestScene.table, GraspTests.cube(mass: 0.2)])
        var robot = TestPanda.description
        change(&instance, &robot)
        do throws(WorldError) {
          _ = try World(instance, assets: TestScene.assets(robot))
          return []
        } catch {
          return error.problems
        }
      }
      #expect(problems { _, _ in }.isEmpty)
      #expect(problems { s, _ in s.robot.arm[2].joint = "nobody" }.contains { $0.contains("nobody") })
      #expect(problems { s, _ in s.robot.arm[2].joint = "joint1" }.contains { $0.contains("twice") })
      #expect(problems { s, _ in s.robot.arm[2].home = 4 }.contains { $0.contains("outside its limits") })
      #expect(problems { s, _ in s.robot.arm[2].kp = .nan }.contains { $0.contains("kp") })
      #expect(problems { s, _ in s.robot.arm[2].effort = -1 }.contains { $0.contains("effort") })
      #expect(problems { s, _ in s.robot.gripper.fingerJoints = ["finger_joint1"] }.contains { $0.contains("two") })
      #expect(problems { s, _ in s.robot.gripper.fingerJoints[0] = "joint3" }.contains { $0.contains("prismatic") })
      #expect(problems { s, _ in s.robot.gripper.home = 0.2 }.count == 2)
      #expect(problems { s, _ in s.robot.tcpLink = "tool" }.contains { $0.contains("tool") })
      #expect(problems { s, _ in s.robot.pose.position.x = .infinity }.count == 1)
      #expect(problems { s, _ in s.rates.physics = 100 }.count == 1)
      #expect(problems { s, _ in s.gravity.z = .nan }.count == 1)
      #expect(problems { s, _ in s.objects[1].mass = 0 }.contains { $0.contains("\"cube\"") })
      #expect(problems { s, _ in s.objects[1].shape = .box(size: Vector3(0.1, -0.1, 0.1)) }.count == 1)
      #expect(problems { s, _ in s.objects[1].shape = .sphere(radius: .nan) }.count == 1)
      #expect(problems { s, _ in s.objects[1].shape = .mesh(path: "no.stl", scale: Vector3(1, 1, 1)) }.count == 1)
      #expect(problems { s, _ in s.objects[1].shape = .bin(size: Vector3(0.1, 0.1, 0.1), wall: 0.06) }.count == 1)
      #expect(problems { s, _ in s.objects[1].pose.orientation = Quaternion(w: 0, x: 0, y: 0, z: 0) }.count == 1)
      #expect(problems { s, _ in s.objects[1].friction = -1 }.count == 1)
      #expect(problems { _, r in r.joints[8].kind = .revolute }.contains { $0.contains("prismatic") })
      #expect(problems { _, r in r.joints[8].axis = .unitX }.contains { $0.contains("one line") })
      #expect(problems { _, r in r.joints[3].origin.position.x = .nan }.count >= 1)
      #expect(problems { _, r in r.joints[3].child = 3 }.count >= 1)
      // All at once.
      #expect(
        problems { s, _ in
          s.robot.arm[0].kp = -1
          s.objects[0].friction = .nan
          s.objects[1].mass = -1
        }.count == 3)
    }
  }
}
