import SeedbedEpisodes
import SeedbedMapping
import Video

/// A simulated arm with a parallel gripper of 80 mm.
func simulated(_ names: [String] = (1...7).map { "panda_joint\($0)" }) -> Simulated {
  func feature(_ name: String, _ suffix: String, _ unit: String, _ gripper: Dimension) -> Feature {
    Feature(
      name: name, dataType: .float32,
      dimensions: names.map {
        Dimension(name: $0 + suffix, unit: unit, frame: "joint", convention: "URDF sign and zero")
      } + [gripper],
      summary: "")
  }
  func dimension(_ name: String, _ unit: String, _ convention: String = "") -> Dimension {
    Dimension(name: name, unit: unit, frame: "gripper", convention: convention)
  }
  let opening = dimension("gripper.opening", "m", "distance between the pads; 0 = closed")
  let pose = ["x", "y", "z", "qw", "qx", "qy", "qz"].map {
    Dimension(name: "ee.\($0)", unit: $0.count == 1 ? "m" : "1", frame: "base", convention: "")
  }
  let features = [
    feature("observation.state", ".pos", "rad", opening),
    feature("observation.velocity", ".vel", "rad/s", dimension("gripper.vel", "m/s", "positive = opening")),
    feature("observation.effort", ".effort", "Nm", dimension("gripper.force", "N")),
    Feature(name: "observation.ee_pose", dataType: .float32, dimensions: pose, summary: ""),
    feature("action", ".pos", "rad", opening),
    Feature(name: "next.done", dataType: .bool, dimensions: [dimension("done", "1")], summary: ""),
    Feature(name: "next.reward", dataType: .float32, dimensions: [dimension("reward", "1")], summary: ""),
    Feature(name: "next.success", dataType: .bool, dimensions: [dimension("success", "1")], summary: ""),
  ]
  return Simulated(
    features: features,
    arm: names.map { Simulated.Joint(name: $0, isPrismatic: false, lower: -2, upper: 2) }, maxOpening: 0.08,
    cameras: [.init(name: "front", isMounted: false), .init(name: "wrist", isMounted: true)])
}

func real(
  _ numbers: [(String, [String], Int)], cameras: [(String, Int, Int)] = [], robot: String? = "real",
  type: Feature.DataType = .float32
) -> RealSchema {
  RealSchema(
    framesPerSecond: 30, robotType: robot, declaration: "{}",
    numbers: numbers.map { RealSchema.Numbers(name: $0.0, dataType: type, names: $0.1, width: $0.2) },
    cameras: cameras.map { RealSchema.Camera(name: $0.0, width: $0.1, height: $0.2, video: .lerobot) })
}

/// The same range for each of some dimensions.
func ranges(_ all: [(Double, Double, Double)]) -> [RealEvidence.Range] {
  all.map { low, high, first in
    var range = RealEvidence.Range()
    (range.lowest, range.highest, range.mean, range.first) = (low, high, (low + high) / 2, first)
    return range
  }
}

/// A draft's file, and the mapping that it decodes to.
func drafted(
  _ real: RealSchema, _ ranges: [String: [RealEvidence.Range]], _ kind: RealEvidence.ActionKind = .absolute,
  for simulated: Simulated = simulated()
) throws -> (text: String, draft: Draft, mapping: SchemaMapping) {
  let draft = Draft(real, evidence: RealEvidence(ranges: ranges, actionKind: kind), simulated: simulated)
  let text = draft.yaml(source: "data/real", robot: "panda", simulated: simulated)
  return (text, draft, try SchemaMapping(yaml: Array(text.utf8), file: "map.yaml", real: real, simulated: simulated))
}
