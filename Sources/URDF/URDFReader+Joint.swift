import Diagnostics
import SeedbedGeometry
import XML

extension URDFReader {
  private static let kinds = ["revolute", "continuous", "prismatic", "fixed", "floating", "planar"]

  mutating func readJoint(_ element: XMLElement, links: [String: Int]) -> Joint? {
    guard let name = requiredName(element) else { return nil }
    warnOfTypos(
      in: element,
      known: ["parent", "child", "origin", "axis", "limit", "dynamics", "mimic", "calibration", "safety_controller"])
    let kind = readKind(element, of: name)
    let parent = readEnd(element, "parent", of: name, links), child = readEnd(element, "child", of: name, links)
    guard let kind, let parent, let child else { return nil }
    if parent == child {
      error(element.location, "The joint '\(name)' joins a link to itself.", "Name two different links.")
      return nil
    }
    var joint = Joint(
      name: name, kind: kind, parent: parent, child: child, origin: origin(element), location: element.location)
    readAxis(element, &joint)
    readLimits(element, &joint)
    if let dynamics = element.child("dynamics") {
      joint.damping = nonNegative(dynamics, "damping", of: name) ?? 0
      joint.friction = nonNegative(dynamics, "friction", of: name) ?? 0
    }
    if let mimic = element.child("mimic"), kind != .fixed { joint.mimic = readMimic(mimic) }
    return joint
  }

  private mutating func readKind(_ element: XMLElement, of name: String) -> Joint.Kind? {
    guard let attribute = element.attribute("type") else {
      error(
        element.location, "The joint '\(name)' has no 'type'.",
        "Use one of: " + Self.kinds.joined(separator: ", ") + "."
      )
      return nil
    }
    if let kind = Joint.Kind(rawValue: attribute.value) { return kind }
    let meant = suggestion(attribute.value, among: Self.kinds) { "'\($0)'" }
    error(
      attribute.location, "The joint '\(name)' has the type '\(attribute.value)'.",
      meant ?? "Use one of: " + Self.kinds.joined(separator: ", ") + ".")
    return nil
  }

  private mutating func readEnd(
    _ element: XMLElement, _ end: String, of name: String, _ links: [String: Int]
  ) -> Int? {
    guard let child = element.child(end) else {
      error(element.location, "The joint '\(name)' has no <\(end)>.", "Write <\(end) link=\"…\"/>.")
      return nil
    }
    guard let link = requiredName(child, "link") else { return nil }
    if let number = links[link] { return number }
    let meant = suggestion(link, among: links.keys) { "'\($0)'" }
    error(
      child.attribute("link")?.location ?? child.location,
      "The \(end) link '\(link)' of the joint '\(name)' does not exist.",
      meant ?? "Write <link name=\"\(link)\"/>, or name a link of this file.")
    return nil
  }

  private mutating func readAxis(_ element: XMLElement, _ joint: inout Joint) {
    guard let axis = element.child("axis"), let direction = vector(axis, "xyz") else { return }
    if let unit = direction.normalized {
      joint.axis = unit
    } else if joint.kind != .fixed, joint.kind != .floating {
      error(
        axis.location, "The axis of the joint '\(joint.name)' is zero.", "Write a direction, such as xyz=\"0 0 1\".")
    }
  }

  private mutating func readLimits(_ element: XMLElement, _ joint: inout Joint) {
    guard joint.kind == .revolute || joint.kind == .prismatic || joint.kind == .continuous else { return }
    let limit = element.child("limit")
    if let limit {
      warnOfTypos(inAttributesOf: limit, known: ["lower", "upper", "effort", "velocity", "acceleration", "jerk"])
      joint.effort = magnitude(limit, "effort", of: joint.name)
      joint.velocity = magnitude(limit, "velocity", of: joint.name)
    }
    if joint.kind == .continuous { return }
    guard let limit, limit.attribute("lower") != nil || limit.attribute("upper") != nil else {
      warning(
        limit?.location ?? element.location,
        "The \(joint.kind.rawValue) joint '\(joint.name)' has no position limits; it is"
          + " taken as unlimited.", "Write <limit lower=\"…\" upper=\"…\"/>.")
      return
    }
    // A bound that is left out is 0 (URDF's default) where the other one is given.
    joint.lower = limit.attribute("lower") == nil ? 0 : bound(limit, "lower")
    joint.upper = limit.attribute("upper") == nil ? 0 : bound(limit, "upper")
    guard let lower = joint.lower, let upper = joint.upper else { return }
    if lower > upper {
      error(
        limit.location, "The limits of the joint '\(joint.name)' are inverted: lower \(lower) is above upper \(upper).",
        "Swap them; for a joint without limits leave both out.")
    } else if lower == upper {
      warning(
        limit.location, "The joint '\(joint.name)' cannot move: both limits are \(lower).",
        "Use type=\"fixed\", or set its limits.")
    }
  }

  /// A number; infinity means that there is no bound.
  private mutating func bound(_ element: XMLElement, _ name: String) -> Double? {
    guard let attribute = element.attribute(name) else { return nil }
    if let value = Double(attribute.value), value.isInfinite { return nil }
    return numbers(attribute, count: 1, of: element.name)?.first
  }

  /// A largest effort or speed. Real files give it a sign now and then.
  private mutating func magnitude(_ limit: XMLElement, _ name: String, of joint: String) -> Double? {
    guard let value = bound(limit, name) else { return nil }
    if value >= 0 { return value }
    warning(
      limit.attribute(name)?.location ?? limit.location,
      "The \(name) limit of '\(joint)' is \(value); \(-value) is used.", "Write a positive number.")
    return -value
  }

  /// A loss: a negative one would drive the joint.
  private mutating func nonNegative(_ element: XMLElement, _ name: String, of joint: String) -> Double? {
    guard let value = number(element, name) else { return nil }
    if value >= 0 { return value }
    error(
      element.attribute(name)?.location ?? element.location, "The \(name) of the joint '\(joint)' is \(value).",
      "Write 0 or a positive number.")
    return nil
  }

  private mutating func readMimic(_ element: XMLElement) -> Joint.Mimic? {
    guard let joint = requiredName(element, "joint") else { return nil }
    return Joint.Mimic(
      joint: joint, multiplier: number(element, "multiplier") ?? 1, offset: number(element, "offset") ?? 0)
  }
}
