import Diagnostics
import SeedbedGeometry
import Testing
import URDF

private struct Bits: RandomNumberGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

@Test func mutatedRobotsNeverCrash() throws {
  var bits = Bits(state: 3)
  let seeds = try [
    "Tests/Fixtures/urdf/odd-but-real.urdf", "Tests/Fixtures/urdf/many-faults.urdf", "Robots/panda/panda.urdf",
  ]
  .map { try bytes(of: $0) }
  let words = [
    "nan", "inf", "-1", "1e999", "world", "base", "\"", " ", "0 0 0", "link", "joint=", "<", "/>", "package://", "../",
  ]
  var accepted = 0
  for _ in 0..<3000 {
    var text = seeds.randomElement(using: &bits)!
    for _ in 0..<Int.random(in: 1...6, using: &bits) {
      let at = Int.random(in: 0..<text.count, using: &bits)
      switch Int.random(in: 0..<4, using: &bits) {
      case 0: text[at] = UInt8.random(in: 0...255, using: &bits)
      case 1: text.replaceSubrange(at..<min(text.count, at + 3), with: words.randomElement(using: &bits)!.utf8)
      case 2: text[at] = UInt8(ascii: "a")
      default:
        let from = Int.random(in: 0..<text.count, using: &bits), to = min(text.count, from + 40)
        text.insert(contentsOf: Array(text[from..<to]), at: at)
      }
    }
    do {
      let (robot, _) = try parseURDF(text, path: "fuzz.urdf", exists: { _ in true })
      accepted += 1
      let poses = linkPoses(of: robot, values: robot.joints.map { _ in 0.3 })
      #expect(poses.count == robot.links.count && poses.allSatisfy(\.isFinite))
    } catch {
      #expect(!error.diagnostics.isEmpty && error.diagnostics.allSatisfy { $0.severity == .error })
    }
  }
  #expect(accepted > 100)
}
