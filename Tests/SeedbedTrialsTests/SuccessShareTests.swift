import Glibc
import SeedbedGeometry
import SeedbedScene
import Testing

import SeedbedTrials

/// Whole episodes on scenes made by chance. `SEEDBED_TRIALS=200` runs that many and prints what came out.
struct SuccessShareTests {
  static var count: Int { getenv("SEEDBED_TRIALS").flatMap { Int(String(cString: $0)) } ?? 0 }

  @Test(arguments: ["panda", "six", "stretched"]) func mostTrialsSucceed(_ name: String) throws {
    let arm: TestArm =
      switch name {
      case "panda": TestArm.panda
      case "six": TestArm.six
      default: TestArm.stretched
      }
    let wanted = Self.count
    let episodes = wanted > 0 ? wanted : 10
    var successes = 0
    var physics = 0.0, expert = 0.0, frames = 0
    for seed in 0..<episodes {
      let scene = TestScene.random(arm, seed: UInt64(seed))
      let outcome = try runTrial(scene, assets: TestScene.assets(arm)) { _ in }
      successes += outcome.success ? 1 : 0
      physics += outcome.timing.physicsSeconds
      expert += outcome.timing.expertSeconds
      frames += outcome.frames
      if wanted > 0, !outcome.success {
        let thing = scene.objects.first { $0.name == "thing" }
        print(
          name, seed, outcome.failure.map { "\($0.cause) \($0.frame)" } ?? "", "of", outcome.frames,
          thing.map { "\($0.shape) m \($0.mass) mu \($0.friction) at \($0.pose.position)" } ?? "", "grip",
          scene.expert.gripForce, outcome.reason ?? "")
      }
    }
    if wanted > 0 {
      print(
        name, "success", successes, "of", episodes, "frames", frames / episodes, "physics ms",
        1e3 * physics / Double(episodes), "expert ms", 1e3 * expert / Double(episodes))
    }
    #expect(Double(successes) >= 0.9 * Double(episodes))
  }

  /// Other shapes (lying ones, capsules, meshes with sloped sides), crowds, table heights, bins, paces and rates.
  @Test(arguments: ["panda", "six"]) func mostVariedTrialsSucceed(_ name: String) throws {
    let arm = name == "panda" ? TestArm.panda : TestArm.six
    let episodes = Self.count > 0 ? Self.count : 10
    var successes = 0
    var causes: [String: Int] = [:]
    for seed in 0..<episodes {
      let scene = VariedScene.make(arm, seed: UInt64(seed))
      let outcome = try runTrial(scene, assets: TestScene.assets(arm, meshes: VariedScene.meshes)) { _ in }
      successes += outcome.success ? 1 : 0
      if let cause = outcome.failure?.cause.rawValue { causes[cause, default: 0] += 1 }
    }
    if Self.count > 0 { print(name, "varied: success", successes, "of", episodes, causes.sorted { $0.key < $1.key }) }
    #expect(Double(successes) >= 0.85 * Double(episodes))
  }
}
