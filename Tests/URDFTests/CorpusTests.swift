import Diagnostics
import Foundation
import SeedbedGeometry
import Testing
import URDF

/// The folder of real robots and reference answers, where it stands beside the package.
private let corpus: URL? = ["..", "../.."].map { packageFolder.appending(path: "\($0)/shared/corpus").standardized }
  .first { FileManager.default.fileExists(atPath: $0.appending(path: "urdf-dev.tar.xz").path) }

private func output(of tool: String, _ arguments: [String]) throws -> Data {
  let process = Process(), pipe = Pipe()
  process.executableURL = URL(filePath: tool)
  process.arguments = arguments
  process.standardOutput = pipe
  try process.run()
  let data = pipe.fileHandleForReading.readDataToEndOfFile()
  process.waitUntilExit()
  return data
}

private struct Answer: Decodable {
  var id: String
  var expect: String
  var root: String?
  var links: [String]?
  var mass: Double?
  var q: [[Double]]?
  var drivenJoints: [String]?
  var fk: [[Double]]?
  var comparedLinks: [Int]?
  var joints: [[Value]]?

  enum CodingKeys: String, CodingKey {
    case id, expect, root, links, mass, q, fk, joints
    case drivenJoints = "q_joints"
    case comparedLinks = "fk_links_few"
  }

  /// The entries of a joint's row differ in type.
  enum Value: Decodable {
    case text(String), number(Double), other
    init(from decoder: any Decoder) throws {
      let single = try decoder.singleValueContainer()
      if let text = try? single.decode(String.self) {
        self = .text(text)
      } else if let number = try? single.decode(Double.self) {
        self = .number(number)
      } else {
        self = .other
      }
    }
    var number: Double? { if case .number(let n) = self { n } else { nil } }
    var text: String? { if case .text(let t) = self { t } else { nil } }
  }
}

@Test(.enabled(if: corpus != nil, "the corpus of real robots is not beside the package"))
func realRobotsAgreeWithTheirReferences() throws {
  let corpus = try #require(corpus)
  let folder = FileManager.default.temporaryDirectory.appending(path: "urdf-corpus-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  _ = try output(of: "/bin/tar", ["xf", corpus.appending(path: "urdf-dev.tar.xz").path, "-C", folder.path])
  let reference = try output(of: "/bin/gzip", ["-dc", corpus.appending(path: "urdf-dev-reference.json.gz").path])
  var answers = try JSONDecoder().decode([Answer].self, from: reference)
  #if DEBUG
    // Slow without optimisation: every eighth.
    answers = stride(from: 0, to: answers.count, by: 8).map { answers[$0] }
  #endif
  var loaded = 0, refused: [String] = [], wrong: [String] = [], acceptedAnyway: [String] = [], disputed = 0, worst = 0.0
  for answer in answers {
    let data = try Data(contentsOf: folder.appending(path: answer.id))
    do {
      let robot = try parseURDF([UInt8](data), path: answer.id).robot
      guard answer.expect == "load" else {
        if answer.expect == "refuse" { acceptedAnyway.append(answer.id) } else { disputed += 1 }
        continue
      }
      loaded += 1
      let difference = compare(robot, answer, worst: &worst)
      if let difference { wrong.append("\(answer.id): \(difference)") }
    } catch {
      #expect(error.diagnostics.allSatisfy { $0.severity == .error && !$0.message.isEmpty })
      if answer.expect == "load" { refused.append(error.diagnostics[0].description) }
    }
  }
  print(
    "corpus: \(answers.count) files, \(loaded) loaded, \(refused.count) refused, \(disputed) disputed ones loaded, worst FK \(worst)"
  )
  for line in wrong + acceptedAnyway { print("corpus:", line) }
  #expect(wrong.count == 0)
  #expect(acceptedAnyway.count == 0)
  // The reference answers leave shapes out, and take inverted limits as they are.
  let reasons = ["are inverted", "unexpanded substitution", "cannot be read from", "has 4 numbers"]
  #expect(refused.count { line in !reasons.contains { line.contains($0) } } == 0)
  #expect(refused.count <= 9 && loaded + refused.count == answers.count { $0.expect == "load" })
}

/// What differs; nil where nothing does.
private func compare(_ robot: RobotDescription, _ answer: Answer, worst: inout Double) -> String? {
  guard let names = answer.links, Set(names) == Set(robot.links.map(\.name)), names.count == robot.links.count else {
    return "links"
  }
  guard answer.root == robot.links[robot.rootLink].name else { return "root" }
  let mass = robot.links.reduce(0) { $0 + ($1.inertial?.mass ?? 0) }
  guard abs(mass - (answer.mass ?? 0)) <= 1e-5 * max(1, mass) else { return "mass \(mass), not \(answer.mass ?? 0)" }
  guard let joints = answer.joints, joints.count == robot.joints.count else { return "joints" }
  for row in joints {
    guard let name = row[0].text, let index = robot.jointIndex(name) else { return "joint \(row[0])" }
    let joint = robot.joints[index]
    guard joint.kind.rawValue == row[1].text, robot.links[joint.parent].name == row[2].text,
      robot.links[joint.child].name == row[3].text
    else { return "joint \(name)" }
    guard joint.kind == .revolute || joint.kind == .prismatic, let lower = joint.lower, let upper = joint.upper else {
      continue
    }
    guard abs(lower - (row[4].number ?? 0)) < 1e-5, abs(upper - (row[5].number ?? 0)) < 1e-5 else {
      return "limits of \(name)"
    }
  }
  guard let configurations = answer.q, let driven = answer.drivenJoints,
    let poses = answer.fk,
    let few = answer.comparedLinks
  else { return "no reference" }
  for (values, expected) in zip(configurations, poses) {
    let found = linkPoses(of: robot, jointValues: Dictionary(uniqueKeysWithValues: zip(driven, values)))
    // All links in some configurations, the moving ones in the others.
    let compared = expected.count == 6 * names.count ? names : few.map { names[$0] }
    for (place, name) in compared.enumerated() {
      guard let index = robot.linkIndex(name) else { return "link \(name)" }
      let e = Array(expected[6 * place..<6 * place + 6]), pose = found[index], q = pose.orientation
      let distance = (pose.position - Vector3(e[0], e[1], e[2])).length
      let v = Vector3(q.x, q.y, q.z), w = Vector3(e[3], e[4], e[5])
      let turn = min((v - w).length, (v + w).length)
      worst = max(worst, distance)
      // The reference has 6 decimals in position and 5 in rotation.
      if distance > 5e-6 * max(1, pose.position.length) || turn > 5e-5 {
        return "pose of \(name): \(distance) m, \(turn)"
      }
    }
  }
  return nil
}
