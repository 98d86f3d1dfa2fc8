import Diagnostics
import SeedbedRandomness

extension Decoder {
  static let placeholders = [
    "object.name", "object.shape", "object.color", "into.name", "into.shape", "into.color",
  ]

  func task(_ value: YAMLNode?, _ root: Fields) -> TaskDescription? {
    let example = "Write task: {pickAndPlace: {object: cube, into: bin, within: 8.0}}."
    guard let value = value ?? root.required("task", example) else { return nil }
    guard let fields = map(value, "the task", keys: ["pickAndPlace", "instruction"]),
      let node = fields.required("pickAndPlace", example),
      let body = map(node, "pickAndPlace", keys: ["object", "into", "within", "dwell"])
    else { return nil }
    let object = body.required("object", example).flatMap { text($0, "the object's name") }
    let into = body.required("into", example).flatMap { text($0, "the name of what it goes into") }
    let within = body["within"].map { number($0, "task/within", .between("the time limit", "s", 0.5, 600)) }
    let dwell = body["dwell"].map { number($0, "task/dwell", .between("the dwell time", "s", 0, 60)) }
    let standard = "Pick up the {object.color} {object.shape} and place it in the {into.name}."
    var instruction: Variable<String>? = .constant(standard)
    if let node = fields["instruction"] { instruction = self.instruction(node, "task/instruction") }
    guard let object, let into, let instruction else { return nil }
    let limits = (within ?? .constant(8), dwell ?? .constant(0.5))
    if limits.1.bounds.upperBound >= limits.0.bounds.lowerBound {
      error(
        node,
        "The dwell time of \(limits.1.bounds.upperBound.short) s does not fit into the time limit of \(limits.0.bounds.lowerBound.short) s.",
        "Enlarge `within`.")
    }
    return TaskDescription(
      object: object, into: into, within: limits.0, dwell: limits.1, instruction: instruction,
      location: node.location)
  }

  private func instruction(_ value: YAMLNode, _ path: String) -> Variable<String>? {
    variable(value, path, { "\(path)/\($0)" }) { node, _ in
      guard let text = self.text(node, "the instruction") else { return nil }
      guard !text.isEmpty, text.utf8.count <= 500,
        !text.unicodeScalars.contains(where: { $0.value < 32 || (127...159).contains($0.value) })
      else {
        self.error(
          node, "The instruction is empty, longer than 500 bytes, or has control characters.", "Write one sentence.")
        return nil
      }
      if let open = unclosedPlaceholder(in: text) {
        self.error(
          node, "The placeholder `\(open.prefix(40))` is not closed.",
          "Write } after it, for example {object.name}; an instruction cannot hold { for itself.")
        return nil
      }
      for word in instructionPlaceholders(in: text) where !Self.placeholders.contains(word) {
        let match = closestMatch(to: word, among: Self.placeholders)
        self.error(
          node, "`{\(word)}` is no placeholder of an instruction.",
          match.map { "Did you mean `{\($0)}`?" }
            ?? "There are: \(Self.placeholders.map { "{\($0)}" }.joined(separator: ", ")).")
      }
      return .constant(text)
    }
  }

  func expert(_ value: YAMLNode?) -> ExpertDescription {
    var expert = ExpertDescription(
      approachTilt: .constant(0), approachAzimuth: .constant(0), gripForce: .constant(20), speed: .constant(1),
      graspOffset: VariableVector(constant: 0, 0, 0), transportHeight: .constant(0.08))
    let keys = ["approachTilt", "approachAzimuth", "gripForce", "speed", "graspOffset", "transportHeight"]
    guard let value, let fields = map(value, "the expert", keys: keys) else { return expert }
    if let node = fields["approachTilt"] {
      let tilt = Quantity(what: "the approach tilt", unit: "rad", lower: 0, upper: 1.2, isAngle: true, standIn: 0)
      expert.approachTilt = number(node, "expert/approachTilt", tilt)
    }
    if let node = fields["approachAzimuth"] {
      expert.approachAzimuth = number(node, "expert/approachAzimuth", .angle("the approach azimuth"))
    }
    if let node = fields["gripForce"] {
      expert.gripForce = number(node, "expert/gripForce", .between("the grip force", "N", 0.1, 10_000))
    }
    if let node = fields["speed"] {
      expert.speed = number(node, "expert/speed", .between("the expert's speed", "", 0.1, 5))
    }
    if let node = fields["graspOffset"] {
      let quantity = Quantity.between("the grasp offset", "m", -0.2, 0.2)
      expert.graspOffset = vector(node, "expert/graspOffset", quantity) ?? expert.graspOffset
    }
    if let node = fields["transportHeight"] {
      let quantity = Quantity.between("the transport height", "m", 0, 1)
      expert.transportHeight = number(node, "expert/transportHeight", quantity)
    }
    return expert
  }
}

/// The text from a brace on that no other one closes; nil where there is none.
func unclosedPlaceholder(in text: String) -> Substring? {
  var rest = text[...]
  while let open = rest.firstIndex(of: "{") {
    let inside = rest[rest.index(after: open)...].prefix { $0 != "{" && $0 != "}" }
    guard inside.endIndex < rest.endIndex, rest[inside.endIndex] == "}" else { return rest[open..<inside.endIndex] }
    rest = rest[inside.endIndex...].dropFirst()
  }
  return nil
}

/// The words in braces.
func instructionPlaceholders(in text: String) -> [String] {
  text.split(separator: "{", omittingEmptySubsequences: false).dropFirst().map { String($0.prefix { $0 != "}" }) }
}
