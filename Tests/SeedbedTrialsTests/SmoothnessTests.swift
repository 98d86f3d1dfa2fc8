import SeedbedPhysics
import SeedbedScene
import SeedbedTrials
import Testing

/// The commanded joint motion: within the joints' speeds, without jumps of acceleration, without hesitation.
struct SmoothnessTests {
  @Test(arguments: ["panda", "six"]) func motionIsSmooth(_ name: String) throws {
    let arm = name == "panda" ? TestArm.panda : TestArm.six
    let model = try ArmModel(arm.robot, arm.instance)
    var worstSpeed = 0.0, worstAcceleration = 0.0, worstStep = 0.0, longestPause = 0
    for seed in 0..<12 {
      var q: [[Double]] = [], phases: [TrialPhase] = []
      let scene = TestScene.random(arm, seed: UInt64(seed))
      let outcome = try runTrial(scene, assets: TestScene.assets(arm)) { frame in
        q.append(frame.command.arm.map { Double($0) })
        phases.append(frame.phase)
      }
      #expect(outcome.success)
      var pause = 0
      for k in 2..<q.count - 1 {
        var fastest = 0.0
        for j in q[k].indices {
          let v = (q[k][j] - q[k - 1][j]) * 30
          let a = (q[k][j] - 2 * q[k - 1][j] + q[k - 2][j]) * 900
          let next = (q[k + 1][j] - 2 * q[k][j] + q[k - 1][j]) * 900
          worstSpeed = max(worstSpeed, abs(v) / model.bounds[j].velocity)
          worstAcceleration = max(worstAcceleration, abs(a))
          worstStep = max(worstStep, abs(next - a))
          fastest = max(fastest, abs(v))
        }
        let isDwell = phases[k] == .grasp || phases[k] == .release || phases[k] == .done
        pause = isDwell || fastest > 0.005 ? 0 : pause + 1
        longestPause = max(longestPause, pause)
      }
    }
    #expect(worstSpeed <= 0.95)
    #expect(worstAcceleration < 15)
    #expect(worstStep < 4)
    #expect(longestPause <= 9)
  }
}
