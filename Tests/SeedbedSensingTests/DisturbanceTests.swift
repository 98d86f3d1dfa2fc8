import SeedbedPhysics
import SeedbedScene
import Testing

extension SensingTests {
  /// Noise, bias and dropouts are what the scene says, and nobody else's.
  @Suite struct DisturbanceTests {
    @Test func noiseAndBiasHaveTheirSize() throws {
      let exact = try SensingTests.sway("[{name: w, wrench: {}, rate: 240}]", frames: 100, truth: { _ in 0 })
      let run = try SensingTests.sway(
        "[{name: w, wrench: {}, rate: 240, noise: {force: 0.5}, bias: {torque: {uniform: [1, 2]}}}]", frames: 100,
        truth: { _ in 0 })
      var sums = [Double](repeating: 0, count: 6), squares = sums
      var count = 0.0
      for (blocks, truth) in zip(run.blocks, exact.blocks).dropFirst() {
        for sample in 0..<8 {
          for c in 0..<6 {
            let d = blocks[0][sample * 6 + c] - truth[0][sample * 6 + c]
            sums[c] += d
            squares[c] += d * d
          }
          count += 1
        }
      }
      let biases = (0..<3).map { i in
        run.instance.draws.first { $0.path == "sensors/w/bias/torque/t\("xyz".map { $0 }[i])" }?.value
      }
      for c in 0..<3 {
        #expect(abs(sums[c] / count) < 4 * 0.5 / count.squareRoot())
        #expect(abs((squares[c] / count).squareRoot() - 0.5) < 0.04)
        let bias = try #require(biases[c])
        #expect((1...2).contains(bias))
        #expect(abs(sums[3 + c] / count - bias) < 1e-9)
      }
      // Each axis has drawn its own.
      #expect(Set(biases).count == 3)
    }

    /// A lost sample is the one before once more; the share of lost ones is as said.
    @Test func dropoutsHold() throws {
      let exact = try SensingTests.sway("[{name: p, tcpPose: {}, rate: 240}]", frames: 60, truth: { _ in 0 })
      let run = try SensingTests.sway(
        "[{name: p, tcpPose: {}, rate: 240, dropout: 0.3}]", frames: 60, truth: { _ in 0 })
      var last = Array(exact.blocks[0][0].prefix(7))
      var lost = 0
      for (blocks, truth) in zip(run.blocks, exact.blocks).dropFirst() {
        for sample in 0..<8 {
          let got = Array(blocks[0][(sample * 7)..<(sample * 7 + 7)])
          let wanted = Array(truth[0][(sample * 7)..<(sample * 7 + 7)])
          if got != wanted {
            lost += 1
            #expect(got == last)
          }
          last = got
        }
      }
      #expect(abs(Double(lost) / 480 - 0.3) < 0.1)
    }

    /// Another sensor before, behind and beside changes no number, and no sensor changes the physics.
    @Test func sensorsDoNotDisturbEachOther() throws {
      let noisy = "{name: w, wrench: {}, rate: 120, noise: {force: 1, torque: 0.1}, dropout: 0.2}"
      let alone = try SensingTests.sway("[\(noisy)]", truth: { $0.stateHash })
      let among = try SensingTests.sway(
        "[{name: i, imu: {}, noise: {acceleration: 1}}, \(noisy), state57, {name: v, wrench: {}, noise: {force: 1}}]",
        truth: { $0.stateHash })
      let without = try SensingTests.sway("[]", truth: { $0.stateHash })
      #expect(alone.blocks.map { $0[0] } == among.blocks.map { $0[1] })
      #expect(alone.truths == among.truths && alone.truths == without.truths)
      #expect(among.blocks.map { Array($0[3].prefix(3)) } != alone.blocks.map { Array($0[0].suffix(6).prefix(3)) })
    }

    /// A lidar loses single beams, and a beam without return has no noise.
    @Test func beamsAreLostOneByOne() throws {
      let lidar =
        "lidar: {azimuth: {from: -3.1, to: 3.1, count: 100}, pose: {xyz: [0.35, 0, 0.6]}, elevation: -0.9, range: [0.1, 1]}"
      let exact = try SensingTests.sway("[{name: l, \(lidar)}]", frames: 3, truth: { _ in 0 })
      let run = try SensingTests.sway("[{name: l, \(lidar), noise: 0.01, dropout: 0.25}]", frames: 3, truth: { _ in 0 })
      var lost = 0, seen = 0
      for (blocks, truth) in zip(run.blocks, exact.blocks) {
        for (got, distance) in zip(blocks[0], truth[0]) {
          if distance == 0 {
            #expect(got == 0)
          } else if got == 0 {
            lost += 1
          } else {
            seen += 1
            #expect(abs(got - distance) < 0.06 && got != distance)
          }
        }
      }
      #expect(seen > 150 && abs(Double(lost) / Double(lost + seen) - 0.25) < 0.1)
    }
  }
}
