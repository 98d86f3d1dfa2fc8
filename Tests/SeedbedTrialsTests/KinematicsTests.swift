import SeedbedGeometry
import SeedbedScene
import SeedbedTrials
import Testing

struct KinematicsTests {
  static let arms = [TestArm.panda, TestArm.six]

  static func model(_ arm: TestArm) throws -> ArmModel { try ArmModel(arm.robot, arm.instance) }

  static func randomConfiguration(_ model: ArmModel, _ r: inout SplitMix, spread: Double = 0.8) -> [Double] {
    model.bounds.map { b in
      let low = max(b.lower, b.home - spread), high = min(b.upper, b.home + spread)
      return r.uniform(low...high)
    }
  }

  @Test func pandaAtZeroReachesTheDocumentedPoint() throws {
    // At zero the flange stands at x = 0.088, z = 0.333 + 0.316 + 0.384 - 0.107, the hand pointing down.
    let model = try Self.model(.panda)
    let tcp = forwardKinematics(model, [0, 0, 0, 0, 0, 0, 0])
    #expect((tcp.position - Vector3(0.088, 0, 0.333 + 0.316 + 0.384 - 0.107 - 0.1034)).length < 1e-12)
    #expect((tcp.rotate(.unitZ) - Vector3(0, 0, -1)).length < 1e-12)
  }

  @Test(arguments: [0, 1]) func jacobianIsTheSlopeOfForwardKinematics(_ which: Int) throws {
    let model = try Self.model(Self.arms[which])
    var r = SplitMix(state: 7)
    var frames: [Pose] = [], jacobian: [Double] = []
    for _ in 0..<50 {
      let q = Self.randomConfiguration(model, &r, spread: 3)
      let tcp = forwardKinematics(model, q, frames: &frames)
      geometricJacobian(model, frames: frames, at: tcp.position, into: &jacobian)
      for j in 0..<model.count {
        var forward = q, back = q
        forward[j] += 1e-5
        back[j] -= 1e-5
        let a = forwardKinematics(model, back), b = forwardKinematics(model, forward)
        let linear = (b.position - a.position) / 2e-5
        let angular = (b.orientation * a.orientation.conjugate).rotationVector / 2e-5
        #expect((linear - Vector3(jacobian[6 * j], jacobian[6 * j + 1], jacobian[6 * j + 2])).length < 1e-8)
        #expect((angular - Vector3(jacobian[6 * j + 3], jacobian[6 * j + 4], jacobian[6 * j + 5])).length < 1e-8)
      }
    }
  }

  @Test(arguments: [0, 1]) func solverFindsWhatForwardKinematicsReached(_ which: Int) throws {
    let model = try Self.model(Self.arms[which])
    var solver = ArmSolver(model)
    var r = SplitMix(state: 11)
    var found = 0
    for _ in 0..<200 {
      let target = forwardKinematics(model, Self.randomConfiguration(model, &r))
      guard let q = solver.solve(target) else { continue }
      found += 1
      let error = solver.error(q, target)
      #expect(error.isWithin(position: 5e-4, rotation: 5e-3))
      for (value, bound) in zip(q, model.bounds) { #expect(value >= bound.lower && value <= bound.upper) }
    }
    #expect(found >= 196)
  }

  @Test func unreachablePosesAreRefused() throws {
    var solver = ArmSolver(try Self.model(.panda))
    #expect(solver.solve(Pose(Vector3(1.5, 0, 0.3), Quaternion(axis: .unitX, angle: Double.pi))) == nil)
    #expect(solver.solve(Pose(Vector3(0.5, 0, -0.8), Quaternion(axis: .unitX, angle: Double.pi))) == nil)
  }

  @Test func jointsThatNobodyDrivesAreFolded() throws {
    var arm = TestArm.panda
    let q3 = 0.0
    arm.instance.arm.remove(at: 2)
    let reduced = try ArmModel(arm.robot, arm.instance)
    let full = try Self.model(.panda)
    #expect(reduced.count == 6)
    let a = forwardKinematics(reduced, [0.1, -0.2, -2, 0.3, 1.9, 0.4])
    let b = forwardKinematics(full, [0.1, -0.2, q3, -2, 0.3, 1.9, 0.4])
    #expect((a.position - b.position).length < 1e-12)
  }
}
