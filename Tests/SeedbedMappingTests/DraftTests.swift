import SeedbedMapping
import Testing

/// Forms that recorders and converters give datasets, with numbers such as they have.
@Suite struct DraftTests {
  @Test func ownNamesAreBeyondDoubt() throws {
    let joints = (1...7).map { "panda_joint\($0).pos" } + ["gripper.opening"]
    let form = real(
      [("observation.state", joints, 8), ("action", joints, 8), ("next.done", [], 1)],
      cameras: [("observation.images.wrist", 64, 64)])
    let all = ranges([(Double, Double, Double)](repeating: (-1, 1.2, 0), count: 7) + [(0, 0.08, 0.08)])
    let (text, draft, _) = try drafted(form, ["observation.state": all, "action": all])
    #expect(draft.doubts(withCameras: true).isEmpty, "\(text)")
    #expect(text.contains("{name: gripper.opening, take: action.gripper.opening}"))
  }

  @Test func numberedJointsAreGuessedAndNamedOnesAreNot() throws {
    let all = ["observation.state": ranges([(Double, Double, Double)](repeating: (-1, 1.5, 0), count: 7))]
    let numbered = try drafted(real([("observation.state", (1...7).map { "joint_\($0)" }, 7)]), all)
    #expect(numbered.draft.doubts(withCameras: true).count == 7, "\(numbered.text)")
    #expect(numbered.text.contains("{name: joint_4, take: observation.state.panda_joint4.pos, unit: rad}"))
    let named = try drafted(real([("observation.state", (1...7).map { "panda_joint\($0)" }, 7)]), all)
    #expect(named.draft.doubts(withCameras: true).isEmpty, "\(named.text)")
  }

  @Test func anSO101IsNormalised() throws {
    let names = ["shoulder_pan", "shoulder_lift", "elbow_flex", "wrist_flex", "wrist_roll", "gripper"].map {
      $0 + ".pos"
    }
    let form = real(
      [("observation.state", names, 6), ("action", names, 6)],
      cameras: [("observation.images.up", 640, 480), ("observation.images.side", 640, 480)], robot: "so101_follower")
    let all = ranges([(Double, Double, Double)](repeating: (-97, 99, 0), count: 5) + [(1.2, 62, 2)])
    let five = simulated(["pan", "lift", "elbow", "flex", "roll"].map { "arm_" + $0 })
    let (text, draft, _) = try drafted(form, ["observation.state": all, "action": all], for: five)
    #expect(
      text.contains(
        "name: shoulder_pan.pos, take: observation.state.arm_pan.pos, range: {ours: [-2, 2], real: [-100, 100]}"),
      "\(text)")
    #expect(text.contains("take: action.gripper.opening, range: {ours: [0, 0.08], real: [0, 100]}"))
    #expect(text.contains("observation.images.side: {fill: black}"))
    #expect(!draft.doubts(withCameras: false).isEmpty)
  }

  @Test func degreesAreSeenByTheirNumbers() throws {
    let names = [
      "main_shoulder_pan", "main_shoulder_lift", "main_elbow_flex", "main_wrist_flex", "main_wrist_roll",
      "main_gripper",
    ]
    let all = ranges([(-150, 170, 0), (20, 190, 0), (-90, 180, 0), (-90, 90, 0), (-170, 30, 0), (0, 40, 1)])
    let (text, _, _) = try drafted(real([("action", names, 6)], robot: "koch"), ["action": all])
    #expect(text.contains("take: action.panda_joint1.pos, unit: deg"), "\(text)")
  }

  @Test func anALOHAHasTwoArms() throws {
    let arm = ["waist", "shoulder", "elbow", "forearm_roll", "wrist_angle", "wrist_rotate", "gripper"]
    let names = arm.map { "left_" + $0 } + arm.map { "right_" + $0 }
    let all = ranges(
      [(Double, Double, Double)](repeating: (-1.8, 1.5, 0), count: 6) + [(0.01, 0.99, 0.97)]
        + [(Double, Double, Double)](repeating: (-1.8, 1.5, 0), count: 6) + [(0.01, 0.99, 0.97)])
    let cameras = ["cam_high", "cam_low", "cam_left_wrist", "cam_right_wrist"].map {
      ("observation.images.\($0)", 640, 480)
    }
    let form = real([("observation.state", names, 14), ("action", names, 14)], cameras: cameras, robot: "aloha")
    let six = simulated((1...6).map { "joint\($0)" })
    let (text, draft, mapping) = try drafted(form, ["observation.state": all, "action": all], for: six)
    #expect(text.contains("name: right_waist, take: observation.state.joint1.pos, unit: rad"), "\(text)")
    #expect(text.contains("name: left_waist, fill: -0.15"))
    #expect(text.contains("name: right_gripper, take: action.gripper.opening, range: {ours: [0, 0.08], real: [0, 1]}"))
    #expect(mapping.cameraNames == ["front", nil, nil, "wrist"])
    #expect(draft.doubts(withCameras: true).count == 32)
  }

  @Test func withoutNamesTheOrderDecides() throws {
    let all = ranges(
      [(Double, Double, Double)](repeating: (-1.2, 1.1, 0), count: 7) + [(0, 0.04, 0.04), (0, 0.04, 0.04)])
    let (text, _, _) = try drafted(real([("observation.state", [], 9)]), ["observation.state": all])
    #expect(text.contains("the dataset gives no names"), "\(text)")
    #expect(text.contains("- {take: observation.state.panda_joint7.pos, unit: rad}"))
    #expect(text.contains("- {take: observation.state.gripper.opening, unit: m, scale: 0.5}"))
  }

  @Test func stepsOfTheHandAreSteps() throws {
    let names = ["x", "y", "z", "roll", "pitch", "yaw", "gripper"]
    let all = ranges([(Double, Double, Double)](repeating: (-0.03, 0.03, 0), count: 6) + [(0, 1, 1)])
    let (text, _, _) = try drafted(real([("action", names, 7)], robot: "franka"), ["action": all])
    #expect(text.contains("{name: yaw, take: action.ee_delta.yaw}"), "\(text)")
    let places = ranges([(0.3, 0.6, 0.5), (-0.2, 0.3, 0.2), (0.1, 0.5, 0.4)])
    let (absolute, _, _) = try drafted(real([("observation.eef", ["x", "y", "z"], 3)]), ["observation.eef": places])
    #expect(absolute.contains("{name: z, take: observation.ee_pose.ee.z}"))
  }

  @Test func ownNamesFitInAnyOrder() throws {
    let joints = [7, 2, 3, 4, 5, 6, 1].map { "panda_joint\($0).pos" } + ["gripper.opening"]
    let all = ranges([(Double, Double, Double)](repeating: (-1, 1.2, 0), count: 7) + [(0, 0.08, 0.08)])
    let form = real([("observation.state", joints, 8), ("action", joints.reversed(), 8)])
    let (text, draft, _) = try drafted(form, ["observation.state": all, "action": all.reversed()], .nextState)
    #expect(draft.doubts(withCameras: true).isEmpty, "\(text)")
    #expect(text.contains("{name: panda_joint7.pos, take: observation.state.panda_joint7.pos}"))
    #expect(text.contains("{name: panda_joint1.pos, take: action.panda_joint1.pos}"))
  }

  @Test func actionsOfTheNextStateAreSo() throws {
    let names = (1...7).map { "joint\($0)" }
    let all = ranges([(Double, Double, Double)](repeating: (-1, 1.5, 0), count: 7))
    let (text, _, _) = try drafted(real([("action", names, 7)]), ["action": all], .nextState)
    #expect(text.contains("take: observation.state.panda_joint3.pos.next"), "\(text)")
  }

  @Test func theHeadSaysWhatTheLinesTake() throws {
    let own = (1...7).map { "panda_joint\($0).pos" }
    let all = ranges([(Double, Double, Double)](repeating: (-1, 1.5, 0), count: 7))
    func head(_ names: [String], _ kind: RealEvidence.ActionKind) -> (remarks: String, conflict: String?) {
      let evidence = RealEvidence(ranges: ["action": all], actionKind: kind, actionDistances: [0.02, 0, 0.7])
      let draft = Draft(real([("action", names, 7)]), evidence: evidence, simulated: simulated())
      return (draft.yaml(source: "real", robot: "panda", simulated: simulated()), draft.conflict)
    }
    let (text, conflict) = head(own, .nextState)
    #expect(text.contains("# `action` is taken for absolute targets:"), "\(text)")
    #expect(text.contains("would be the next frame's state; its names are the simulation's own"))
    #expect(
      conflict?.contains("look like the next frame's state, those of the simulation are absolute targets") == true)
    let other = head((1...7).map { "j\($0)" }, .nextState)
    #expect(other.remarks.contains("# `action` is taken for the next frame's state:") && other.conflict == nil)
  }

  @Test func marksOfFramesAreNotFilled() throws {
    let marks = [
      "is_first": "episode.first", "is_last": "episode.last", "is_terminal": "episode.terminal", "done": "episode.last",
      "next.truncated": "episode.truncated", "next.terminated": "episode.terminal", "reward": "next.reward.reward",
      "observation.success": "next.success.success", "is_episode_successful": "episode.success",
    ]
    let form = real(marks.keys.sorted().map { ($0, [], 1) } + [("discount", [], 1), ("reward_model", [], 1)])
    let (text, _, _) = try drafted(form, [:])
    for (name, signal) in marks {
      #expect(text.contains("\(name):   # float32[1]\n    - {take: \(signal)}"), "\(text)")
    }
    #expect(text.contains("discount:   # float32[1]\n    - {fill: 1}"))
    #expect(text.contains("    - {fill: 0}"))
  }

  @Test func everyRefusalSaysWhatDoesNotFit() throws {
    let names = (1...7).map { "panda_joint\($0)" }
    let all = ranges([(Double, Double, Double)](repeating: (-1, 1.5, 0), count: 7))
    let form = real([("observation.state", names, 7), ("action", names, 7)])
    let doubts = try drafted(form, ["observation.state": all, "action": all], .nextState).draft.doubts(
      withCameras: true)
    #expect(doubts.count == 7 && doubts.allSatisfy { $0.contains("the next frame's state, not a target") }, "\(doubts)")
    let unnamed = try drafted(real([("action", [], 7)]), ["action": all]).draft.doubts(withCameras: true)
    #expect(unnamed[6].hasPrefix("action[6]: not named; guessed by order"), "\(unnamed)")
  }

  @Test func namesOfAnySortComeThrough() throws {
    let names = ["null", "a: b", "关节1", "x\"y", "- {", "#", "1.5", "true", "end\u{7}"]
    let all = ranges([(Double, Double, Double)](repeating: (-1, 1, 0), count: 9))
    let (_, draft, _) = try drafted(
      real([("observation.state", names, 9), ("odd {name}: #", [], 2)]), ["observation.state": all])
    #expect(draft.doubts(withCameras: true).count == 11)
  }
}
