import SeedbedPhysics
import SeedbedScene
import Testing

extension SensingTests {
  /// Which sample stands where.
  @Suite struct ClockTests {
    static func state(_ world: borrowing World) -> [Double] {
      [
        world.armPositions, world.armVelocities, world.armEfforts, world.armEffortsCommanded,
        [world.gripperOpening, world.gripperVelocity, world.gripForce],
      ].flatMap { $0 }
    }

    /// The block of a frame ends with its own instant, whatever the rate; nothing in it is younger.
    @Test func blocksEndWithTheirFrame() throws {
      let run = try SensingTests.sway(
        "[{name: a, jointState: {}}, {name: b, jointState: {}, rate: 120}, {name: c, jointState: {}, rate: 240}]",
        truth: ClockTests.state)
      #expect(run.truths.count == 49)
      let width = run.truths[0].count
      #expect(width == 31)
      for (frame, blocks) in run.blocks.enumerated() {
        for (block, count) in zip(blocks, [1, 4, 8]) {
          #expect(block.count == count * width)
          for sample in 0..<count {
            let step = max(0, 8 * frame - (count - 1 - sample) * 8 / count)
            #expect(Array(block[(sample * width)..<((sample + 1) * width)]) == run.truths[step])
          }
        }
      }
      // The arm did move between samples.
      #expect(run.blocks[3][2][0] != run.blocks[3][2][width])
    }

    /// A delayed sample shows what was so many steps before; until then the start.
    @Test(arguments: [0, 1, 5, 8, 13]) func delayIsExact(steps: Int) throws {
      let run = try SensingTests.sway(
        "[{name: a, tcpPose: {}, rate: 120, delay: \(Double(steps) / 240)}, {name: b, tcpPose: {}}]",
        truth: { $0.armPositions })
      let plain = try SensingTests.sway("[{name: b, tcpPose: {}, rate: 240}]", truth: { $0.armPositions })
      #expect(run.truths == plain.truths)
      let all = plain.blocks.dropFirst().flatMap { $0[0] }
      let first = Array(plain.blocks[0][0].prefix(7))
      func pose(_ step: Int) -> [Double] { step <= 0 ? first : Array(all[((step - 1) * 7)..<(step * 7)]) }
      for (frame, blocks) in run.blocks.enumerated() {
        for sample in 0..<4 {
          let step = 8 * frame - (3 - sample) * 2
          #expect(Array(blocks[0][(sample * 7)..<(sample * 7 + 7)]) == pose(frame == 0 ? 0 : step - steps))
        }
        #expect(blocks[1] == pose(8 * frame))
      }
    }

    /// 57 numbers, in the documented order.
    @Test func fullStateIsTheSumOfItsParts() throws {
      let run = try SensingTests.sway(
        "[state57, {name: j, jointState: {}}, {name: w, wrench: {}}, {name: p, tcpPose: {}}, {name: t, tcpTwist: {}}, {name: f, fingertipForce: {}}]",
        truth: { $0.armTargets })
      let channels = SensorKind.fullState.channels(
        SensedRobot(try SensingTests.scene("[]").assets.robot, run.instance.robot))
      #expect(channels.count == 57)
      #expect(Set(channels.map(\.name)).count == 57)
      for (frame, blocks) in run.blocks.enumerated() {
        let joints = blocks[1]
        let expected = [
          Array(joints[0..<21]), run.truths[8 * frame], blocks[2], blocks[3], blocks[4], Array(joints[28..<30]),
          blocks[5],
          [0, 0],
        ].flatMap { $0 }
        #expect(blocks[0] == expected)
      }
      // At rest the wrist carries hand and fingers.
      let force = run.blocks[0][2].prefix(3).reduce(0) { $0 + $1 * $1 }.squareRoot()
      #expect(abs(force - 9.81 * 0.76) < 1e-6)
    }
  }
}
