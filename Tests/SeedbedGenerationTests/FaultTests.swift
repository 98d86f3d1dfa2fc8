import SeedbedEpisodes
import SeedbedGeneration
import SeedbedQuality
import SeedbedScene
import Testing

/// Damage done on purpose to grown episodes is caught by its gate.
@Suite struct FaultTests {
  static let repository = #filePath.split(separator: "/").dropLast(3).reduce("") { $0 + "/" + $1 }

  static func loaded(_ set: [String] = []) throws -> LoadedScene {
    try loadScene(path: repository + "/Scenes/pick-place.yaml", overrides: SceneOverrides(set: set))
  }

  static func grow(_ loaded: LoadedScene, stateOnly: Bool, faults: String?, episode k: Int = 0) throws -> GrownEpisode {
    var scene = try GrowthScene(loaded, seed: 1)
    if stateOnly { scene.schema.cameras = [] }
    let grower = try EpisodeGrower(scene, faults: try faults.map { try FaultPlan($0) })
    return try grower.grow(try loaded.sample(seed: 1, episode: k), index: k)
  }

  @Test func texts() throws {
    let plan = try FaultPlan("nan@3,black@4,jerk@3,abort@*")
    #expect(plan.fault(in: 3) == .init([.nan, .jerk, .abort]))
    #expect(plan.fault(in: 4) == .init([.black, .abort]))
    #expect(try FaultPlan("hang@7").fault(in: 6) == nil)
    for kind in FaultPlan.Kind.allCases { #expect(try FaultPlan("\(kind.rawValue)@0").fault(in: 0) == .init([kind])) }
    for text in ["", "nan", "nan@", "nan@-1", "nan@1@2", "nun@1", "nan@1,", "@1", "nan@x"] {
      #expect(throws: GenerationError.self) { try FaultPlan(text) }
    }
  }

  /// Short episodes without pictures: all pass as they are, and each fault is caught for its own reason.
  @Test(arguments: [
    ("nan", Gate.nonFinite, "`observation.state` [panda_joint1.pos] at frame 20"),
    ("frozen-joint", .frozenJoint, "does not change in a single bit from frame 20 on while its command moves"),
    ("time-gap", .timeGap, "Frame 20 lies 33333333 ns off its place at 30 frames a second."),
    ("jerk", .jerk, "The jerk of panda_joint1 reaches"),
    ("missing-frames", .missingFrames, "`action` has"),
    ("velocity", .velocity, "The speed of panda_joint1 reaches 150 % of its limit at frame 20;"),
  ])
  func stateFaultsAreCaught(_ fault: String, _ gate: Gate, _ reason: String) throws {
    let loaded = try Self.loaded()
    let good = try Self.grow(loaded, stateOnly: true, faults: nil, episode: 2)
    #expect(good.gateFailures == [])
    #expect(good.measurements.frames == good.episode.length)
    #expect(good.measurements.joints.count == 7)
    let grown = try Self.grow(loaded, stateOnly: true, faults: "\(fault)@2", episode: 2)
    #expect(grown.gateFailures.contains { $0.gate == gate && $0.reason.contains(reason) }, "\(grown.gateFailures)")
    let other = try Self.grow(loaded, stateOnly: true, faults: "\(fault)@3", episode: 2)
    #expect(other.gateFailures == [] && other.episode == good.episode)
  }

  @Test func pictureFaultsAreCaught() throws {
    let loaded = try Self.loaded(["cameras.front.size=[64, 64]", "cameras.wrist.size=[64, 64]"])
    let good = try Self.grow(loaded, stateOnly: false, faults: nil)
    #expect(good.gateFailures == [])
    #expect(good.measurements.cameras.map(\.name) == ["front", "wrist"])
    #expect(good.measurements.visibleFrames > good.measurements.frames / 2)
    for (fault, gate, reason) in [
      ("black", Gate.black, "100 % of the picture of camera front at frame 20 is black"),
      ("frozen-picture", .frozenPicture, "stays the same for 0.3333 s from frame 19 on while the robot moves"),
      ("missing-frames", .missingFrames, "`observation.images.front` has"),
    ] {
      let grown = try Self.grow(loaded, stateOnly: false, faults: "\(fault)@0")
      #expect(grown.gateFailures.map(\.gate) == [gate])
      #expect(grown.gateFailures.first?.reason.contains(reason) == true, "\(grown.gateFailures)")
    }
  }

  @Test func processFaultsEndTheProcess() async {
    await #expect(processExitsWith: .signal(6)) { FaultPlan.Fault([.abort]).strike(frame: 2) }
    await #expect(processExitsWith: .failure) { FaultPlan.Fault([.trap]).strike(frame: 2) }
    FaultPlan.Fault([.abort, .trap, .hang, .memory]).strike(frame: 1)
    FaultPlan.Fault([.nan, .black]).strike(frame: 2)
  }
}
