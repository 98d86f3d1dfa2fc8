import SeedbedQuality
import SeedbedScene
import SeedbedTrials
import Testing

/// One defect at a time in a recording without a fault: exactly its gate notices, and says where and how much.
@Suite struct GateTests {
  struct Defect: Sendable, CustomTestStringConvertible {
    var gate: Gate
    var reason: String
    var damage: @Sendable (inout Recording) -> Void
    var testDescription: String { gate.rawValue }
    init(_ gate: Gate, _ reason: String, _ damage: @escaping @Sendable (inout Recording) -> Void) {
      (self.gate, self.reason, self.damage) = (gate, reason, damage)
    }
  }

  @Test func theRecordingIsGood() {
    #expect(Recording().failures() == [])
    var stateOnly = Recording()
    stateOnly.clipLengths = []
    #expect(stateOnly.failures() == [])
  }

  static let defects = [
    Defect(
      .nonFinite,
      "2 recorded numbers are not finite; the first is -inf in `observation.effort` [elbow.effort] at frame 20."
    ) {
      $0.efforts[20][1] = -.infinity
      $0.efforts[40][0] = .nan
    },
    Defect(.missingFrames, "`action` has 180 entries where 61 frames need 183 (1 such streams).") {
      $0.actions.removeLast()
    },
    Defect(
      .missingFrames, "`observation.images.front` has 60 entries where 61 frames need 61 (1 such streams)."
    ) { $0.clipLengths = [60] },
    Defect(.timeGap, "Frame 30 lies 33333333 ns off its place at 30 frames a second.") {
      for k in 30..<61 { $0.clock[k] += 33_333_333 }
    },
    Defect(.timeGap, "Frame 30 lies -1 ns off its place at 30 frames a second.") { $0.clock[30] -= 1 },
    Defect(
      .frozenJoint,
      "The position of elbow does not change in a single bit from frame 0 on while its command moves 0.6 rad; at most 0.01 rad are allowed."
    ) { for k in 0..<61 { $0.states[k][1] = 0.25 } },
    Defect(
      .black, "100 % of the picture of camera front at frame 7 is black; at most 98 % are allowed."
    ) { for i in 0..<Recording.pixels { $0.pictures[7][i] = 16 } },
    Defect(
      .frozenPicture,
      "The picture of camera front stays the same for 0.3333 s from frame 20 on while the robot moves; at most 0 s are allowed."
    ) { for k in 20...30 { $0.pictures[k] = $0.pictures[20] } },
    Defect(
      .visible,
      "The object is visible in 30 of 61 frames, 30 of them in camera front; 50 % of the frames are asked for."
    ) { for k in 30..<61 { for i in 15..<40 { $0.ids[k][i] = 0 } } },
    Defect(.jerk, "The jerk of shoulder reaches 8104 rad/s³ at frame 31; at most ") { $0.states[30][0] += 0.1 },
    Defect(.pause, "The arm stands still for 0.8 s from frame 20 on in a phase of motion; at most 0.5 s are allowed.") {
      for k in 20..<44 { $0.velocities[k] = [0.009, -0.009, 0.05] }
    },
    Defect(.reversals, "elbow turns round 30 times; at most ") {
      for k in 15..<46 { $0.velocities[k][1] = k % 2 == 0 ? 0.06 : -0.06 }
    },
    Defect(.effort, "The effort of elbow reaches 105 % of its limit at frame 12; at most 100 % are allowed.") {
      $0.efforts[12][1] = -52.5
    },
    Defect(.velocity, "The speed of shoulder reaches 110 % of its limit at frame 33; at most 100 % are allowed.") {
      $0.velocities[33][0] = 2.2
    },
    Defect(
      .penetration, "finger and cube overlap by 0.0061 m at frame 3; at most 0.005 m are allowed."
    ) { $0.penetration.depth = 0.0061 },
  ]

  @Test(arguments: defects) func isNoticed(defect: Defect) {
    var recording = Recording()
    defect.damage(&recording)
    let failures = recording.failures()
    #expect(failures.map(\.gate) == [defect.gate])
    #expect(failures.first?.reason.hasPrefix(defect.reason) == true, "\(failures)")
    guard !defect.gate.isIndispensable else { return }
    var off = GateSettings()
    off[defect.gate] = nil
    #expect(recording.failures(off) == [])
  }

  @Test func successIsAskedForOnlyWhenSwitchedOn() throws {
    #expect(Recording().failures(success: false, cause: "slipped") == [])
    var settings = GateSettings()
    try settings.apply("success=on")
    #expect(Recording().failures(settings) == [])
    #expect(
      Recording().failures(settings, success: false, cause: "slipped") == [
        GateFailure(.success, "The task failed (slipped); success is asked for.")
      ])
  }

  /// What looks like a defect and is none.
  @Test func harmlessThingsPass() {
    var recording = Recording()
    // The same picture while the robot stands, or is not in it.
    for k in 57..<61 { recording.pictures[k] = recording.pictures[56] }
    for k in 20..<30 {
      recording.pictures[k] = recording.pictures[20]
      for i in 40..<90 { recording.ids[k][i] = 5 }
    }
    // A standstill in a phase without motion, and half a standstill.
    for k in 20..<40 { recording.velocities[k] = [0, 0, 0] }
    recording.phases[30] = Int64(TrialPhase.grasp.rawValue)
    // A joint that nobody moves; a picture that is dark but not black; what trembles without moving.
    for k in 0..<61 { (recording.states[k][1], recording.actions[k][1]) = (0.25, 0.25 + Float(k % 2) * 0.009) }
    for i in 0..<Recording.pixels { recording.pictures[7][i] = PictureMeter.blackLevel }
    for k in 0..<61 { recording.velocities[k][1] = k % 2 == 0 ? 0.049 : -0.049 }
    #expect(recording.failures() == [])
  }

  @Test func levelsOfSlidingJointsAreInMetres() {
    var recording = Recording()
    for k in 20..<40 { recording.velocities[k] = [0.004, 0, 0] }
    #expect(recording.failures().map(\.gate) == [.pause])
    recording.unit = "m"
    #expect(recording.failures() == [])
    for k in 0..<61 { recording.velocities[k][1] = k % 2 == 0 ? 0.02 : -0.02 }
    #expect(recording.failures().map(\.gate) == [.reversals])
    #expect(recording.measurements.joints.map(\.unit) == ["m", "m"])
  }

  /// Nothing that is not finite comes out, so that the numbers can be stored; nothing short crashes.
  @Test func badRecordingsAreMeasured() {
    var recording = Recording()
    for k in 0..<61 { recording.states[k] = [.nan, .infinity, -.infinity] }
    recording.velocities[3] = [.nan, .nan, .nan]
    recording.efforts[3] = [.infinity, .nan, 0]
    recording.clock[5] = .min
    recording.clock[6] = .max
    let failures = recording.failures()
    #expect(Set(failures.map(\.gate)).isSuperset(of: [.nonFinite, .timeGap]))
    #expect(recording.measurements.joints.allSatisfy { $0.jerk.value == 0 && $0.effort.value.isFinite })
    for length in [0, 1, 2, 3] {
      var short = Recording()
      short.frames = length
      short.states = Array(short.states.prefix(length))
      short.velocities = Array(short.velocities.prefix(length))
      short.pictures = []
      short.phases = []
      #expect(short.failures().contains { $0.gate == .missingFrames })
    }
    var empty = Recording().episode
    empty.columns = []
    #expect(empty.measured().missingFrames.count == 5)
  }

  @Test func namesAreSorted() {
    let failures = [GateFailure(.velocity, ""), GateFailure(.jerk, ""), GateFailure(.timeGap, "")]
    #expect(failures.gateNames == "jerk,timeGap,velocity")
    #expect([GateFailure]().gateNames == "none")
  }

  @Test func pixelsAreCountedAtAnySize() {
    for count in [0, 1, 15, 16, 17, 31, 32, 33, 8159, 8160, 8161, 8193] {
      var meter = PictureMeter(object: 7, links: 3)
      let planes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 7) }
      let ids = (0..<count).map { UInt16($0 % 11) }
      planes.withUnsafeBufferPointer { p in
        ids.withUnsafeBufferPointer { meter.add(i420: p, pixels: count, ids: $0) }
      }
      var episode = Recording().episode
      episode.meters = [meter]
      let camera = episode.measured().cameras[0]
      #expect(camera.black.value == Double(planes.count { $0 < PictureMeter.blackLevel }) / Double(max(1, count)))
      #expect(Int(camera.objectPixels.value) == ids.count { $0 == 7 })
    }
  }
}
