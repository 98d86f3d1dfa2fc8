import SeedbedGeometry
import SeedbedTrials
import Testing

/// States just inside and just outside of success: none may be misjudged.
struct JudgeTests {
  typealias Bend = @Sendable (inout JudgeStory) -> Void
  struct Case: Sendable, CustomTestStringConvertible {
    var name: String
    var story = JudgeStory()
    var bend: Bend
    var testDescription: String { name }

    init(_ name: String, _ story: JudgeStory = JudgeStory(), _ bend: @escaping Bend = { _ in }) {
      self.name = name
      self.story = story
      self.bend = bend
    }
  }

  static let turned = Pose(Vector3(0.5, 0.3, 0.04), Quaternion(axis: .unitZ, angle: 0.8))
  static let tipped = Pose(Vector3(0.5, 0.3, 0.05), Quaternion(axis: .unitX, angle: 0.1))
  static let shelf = JudgeStory(isBin: false)

  static let successes: [Case] = [
    Case("plain"),
    Case("just inside +x") { $0.shiftRest(Vector3(0.099, 0, 0)) },
    Case("just inside -x") { $0.shiftRest(Vector3(-0.099, 0, 0)) },
    Case("just inside +y") { $0.shiftRest(Vector3(0, 0.069, 0)) },
    Case("just inside -y") { $0.shiftRest(Vector3(0, -0.069, 0)) },
    Case("in the corner") { $0.shiftRest(Vector3(0.099, 0.069, 0)) },
    Case("just below the rim") { $0.shiftRest(Vector3(0, 0, 0.053)) },
    Case("flat on the floor") { $0.shiftRest(Vector3(0, 0, -0.019)) },
    Case("barely slow enough") { $0.changeRest { $0.linearSpeed = 0.0099 } },
    Case("barely not turning") { $0.changeRest { $0.angularSpeed = 0.199 } },
    Case("turned bin, its corner", JudgeStory(goal: turned)) { $0.shiftRest(Vector3(0.099, 0.069, 0)) },
    Case("tipped bin", JudgeStory(goal: tipped)),
    Case("on another thing in the bin") { $0.changeRest { $0.touchedByTarget = [3] } },
    Case("against the wall and a thing") { $0.changeRest { $0.touchedByTarget = [1, 3] } },
    Case("exactly the dwell time", JudgeStory(frames: JudgeStory.landed + 15)),
    Case("disturbed early, still afterwards") { $0.change(50...52) { $0.linearSpeed = 0.1 } },
    Case("finger returns for a moment, then leaves") { $0.change(55...56) { $0.touchesRobot = true } },
    Case("stands in the bin, taller than it", JudgeStory(height: 0.2)),
    Case("stands on a crumb in the bin", JudgeStory(height: 0.2)) { $0.shiftRest(Vector3(0, 0, 0.009)) },
    Case("on the shelf", shelf),
    Case("at the shelf's edge", shelf) { $0.shiftRest(Vector3(0.099, -0.069, 0)) },
    Case("one frame of dwell", JudgeStory(dwellFrames: 1)),
    Case("let go late") { $0.change(45..<55) { $0.touchesRobot = true } },
    Case("fingers that open as they are told") {
      $0.change(JudgeStory.released..<80) {
        $0.commandedOpening = $0.opening
        $0.touchingFingers = 0
      }
    },
    Case("sticks to one finger for a while") {
      $0.change(JudgeStory.released..<JudgeStory.landed) {
        $0.commandedOpening = $0.opening
        $0.touchingFingers = 1
      }
    },
    Case("one finger loses touch for a while") { $0.change(25..<30) { $0.touchingFingers = 1 } },
    Case("a thing far away moves by itself") { $0.change(30..<80) { $0.objectPoses[3].position.x += 0.2 } },
    Case("a light touch at the bin") { $0.change(42...44) { $0.bumpForce = 29 } },
    Case("a thing nudged by less than 3 cm") {
      $0.change(30..<80) {
        $0.pushes = [.init(by: nil, object: 3)]
        $0.objectPoses[3].position.x += 0.029
      }
    },
  ]

  static let misses: [(Case, FailureCause, Int?)] = [
    (
      Case("slid out above the goal") {
        $0.change(36..<45) {
          $0.touchingFingers = 0
          $0.touchesRobot = false
          $0.objectPoses[2].position = Vector3(0.5, 0.3, 0.15)
        }
      }, .slipped, 36
    ),
    (
      Case("carried into a wall") { $0.change(30...30) { $0.targetBumpForce = 31 } }, .collision, 30
    ),
    (Case("just outside +x") { $0.shiftRest(Vector3(0.101, 0, 0)) }, .dropped, nil),
    (Case("just outside -x") { $0.shiftRest(Vector3(-0.101, 0, 0)) }, .dropped, nil),
    (Case("just outside +y") { $0.shiftRest(Vector3(0, 0.071, 0)) }, .dropped, nil),
    (Case("just outside -y") { $0.shiftRest(Vector3(0, -0.071, 0)) }, .dropped, nil),
    (Case("on the rim") { $0.shiftRest(Vector3(0, 0, 0.055)) }, .dropped, JudgeStory.landed),
    (Case("tall, stuck on the rim", JudgeStory(height: 0.2)) { $0.shiftRest(Vector3(0, 0, 0.074)) }, .dropped, 47),
    (Case("tall, stuck above the floor", JudgeStory(height: 0.2)) { $0.shiftRest(Vector3(0, 0, 0.011)) }, .dropped, 47),
    (Case("under the floor") { $0.shiftRest(Vector3(0, 0, -0.021)) }, .dropped, nil),
    (Case("a finger stays") { $0.changeRest { $0.touchesRobot = true } }, .timeout, 79),
    (
      Case("never let go") {
        $0.change(40..<80) {
          $0.touchesRobot = true
          $0.touchingFingers = 2
          $0.opening = 0.04
          $0.commandedOpening = 0
        }
      }, .timeout, 79
    ),
    (Case("a little too fast") { $0.changeRest { $0.linearSpeed = 0.0101 } }, .timeout, 79),
    (Case("spinning") { $0.changeRest { $0.angularSpeed = 0.201 } }, .timeout, 79),
    (Case("one frame short", JudgeStory(frames: JudgeStory.landed + 14)), .timeout, JudgeStory.landed + 13),
    (
      Case("moves once in every dwell time") {
        $0.change(stride(from: 60, to: 80, by: 14)) { $0.linearSpeed = 0.02 }
      }, .timeout, 79
    ),
    (
      Case("touched once in every dwell time") {
        $0.change(stride(from: 60, to: 80, by: 14)) { $0.touchesRobot = true }
      }, .timeout, 79
    ),
    (Case("creeps away") { $0.drift(perFrame: Vector3(0.0003, 0, 0)) }, .timeout, 79),
    (Case("tips over slowly") { $0.drift(turnPerFrame: 0.006) }, .timeout, 79),
    (
      Case("rolls out after the dwell time") {
        $0.change((JudgeStory.landed + 20)..<80) {
          $0.objectPoses[2].position = Vector3(0.5, 0.1, 0.02)
          $0.touchedByTarget = [0]
        }
      }, .dropped, JudgeStory.landed + 20
    ),
    (
      Case("falls over after the dwell time, too late to lie still again") {
        $0.change((JudgeStory.landed + 28)..<80) {
          $0.objectPoses[2].orientation = Quaternion(axis: .unitX, angle: 1.5)
        }
      }, .timeout, 79
    ),
    (Case("hangs in the air") { $0.changeRest { $0.touchedByTarget = [] } }, .timeout, 79),
    (Case("beside the turned bin", JudgeStory(goal: turned)) { $0.shiftRest(Vector3(0, 0.08, 0)) }, .dropped, nil),
    (Case("off the shelf's edge", shelf) { $0.shiftRest(Vector3(0.101, 0, 0)) }, .dropped, nil),
    (Case("below the shelf", shelf) { $0.shiftRest(Vector3(0, 0, -0.03)) }, .dropped, nil),
    (Case("the bin went away") { $0.changeRest { $0.objectPoses[1].position.x += 0.15 } }, .dropped, 47),
    (
      Case("fell beside, then was put in") {
        $0.change(45..<50) {
          $0.objectPoses[2].position = Vector3(0.5, 0.1, 0.02)
          $0.touchedByTarget = [0]
        }
      }, .dropped, 45
    ),
    (
      Case("slid out, the fingers close") {
        $0.change(24..<80) {
          $0.touchingFingers = 0
          $0.touchesRobot = false
          $0.opening = $0.commandedOpening
        }
      }, .slipped, 24
    ),
    (
      Case("slid out over the table") {
        $0.change(24..<80) {
          $0.touchingFingers = 0
          $0.touchesRobot = false
        }
      }, .slipped, 24
    ),
    (
      Case("closed on nothing") {
        $0.change(16..<80) {
          $0.touchingFingers = 0
          $0.touchesRobot = false
          $0.opening = $0.commandedOpening
          $0.openingSpeed = $0.opening > 0 ? -0.1 : 0
          $0.objectPoses[2].position = Vector3(0.5, -0.1, 0.02)
        }
      }, .missed, nil
    ),
    (
      Case("stays behind") {
        $0.change(20..<80) {
          $0.tcp.position = $0.objectPoses[2].position
          $0.objectPoses[2].position = Vector3(0.5, -0.1, 0.02)
          $0.touchedByTarget = [0]
          $0.touchingFingers = 0
          $0.opening = 0.02
        }
      }, .missed, 20
    ),
    (Case("knocked off the table") { $0.change(12..<80) { $0.objectPoses[2].position.z = -0.04 } }, .missed, 12),
    (Case("pressed on the bin") { $0.change(42...42) { $0.bumpForce = 31 } }, .collision, 42),
    (
      Case("pushed a thing by more than 3 cm") {
        $0.change(30..<80) {
          $0.pushes = [.init(by: nil, object: 3)]
          $0.objectPoses[3].position.x += 0.031
        }
      }, .collision, 30
    ),
    (
      Case("pushed a thing with the object") {
        $0.change(30..<80) {
          $0.pushes = [.init(by: 2, object: 3)]
          $0.objectPoses[3].position.x += 0.031
        }
      }, .collision, 30
    ),
  ]

  @Test(arguments: successes) func trueStatesSucceed(_ c: Case) {
    var story = c.story
    c.bend(&story)
    #expect(story.isSuccess, "\(story.verdict())")
  }

  @Test(arguments: misses.indices) func nearMissesFail(_ index: Int) {
    let (c, cause, frame) = Self.misses[index]
    var story = c.story
    c.bend(&story)
    guard case .failure(let found, let at) = story.verdict() else {
      Issue.record("\(c.name): \(story.verdict())")
      return
    }
    #expect(found == cause, "\(c.name): \(found) at \(at)")
    if let frame { #expect(abs(at - frame) <= 1, "\(c.name): \(at)") }
  }

  @Test func aSuccessThatDoesNotLastCanComeBack() {
    var story = JudgeStory()
    story.change((JudgeStory.landed + 15)..<80) { $0.objectPoses[2].orientation = Quaternion(axis: .unitX, angle: 1.5) }
    var judge = PickAndPlaceJudge(story.rules)
    var verdicts: [Verdict] = []
    for (k, o) in story.observations.enumerated() {
      judge.observe(o, frame: k)
      verdicts.append(judge.verdict)
    }
    #expect(verdicts[JudgeStory.landed + 14] == .success(frame: JudgeStory.landed + 14))
    #expect(verdicts[JudgeStory.landed + 15] == .ongoing)
    #expect(judge.verdict == .success(frame: JudgeStory.landed + 29))
  }

  @Test func aFailureIsFinal() {
    var judge = PickAndPlaceJudge(JudgeStory().rules)
    judge.end(.unreachable, frame: 0)
    for (k, o) in JudgeStory().observations.enumerated() { judge.observe(o, frame: k) }
    judge.end(.timeout, frame: 90)
    #expect(judge.verdict == .failure(.unreachable, frame: 0))
  }

  @Test func successComesWithTheLastFrameOfTheDwellTime() {
    #expect(JudgeStory().verdict() == .success(frame: JudgeStory.landed + 14))
  }
}
