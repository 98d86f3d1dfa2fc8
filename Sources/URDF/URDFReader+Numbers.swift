import Diagnostics
import SeedbedGeometry
import XML

extension URDFReader {
  /// Exactly `count` finite numbers; notes what is wrong and returns nil where they are not.
  mutating func numbers(_ attribute: XMLAttribute, count: Int, of owner: String? = nil) -> [Double]? {
    guard let values = numbers(attribute, of: owner) else { return nil }
    guard values.count == count else {
      error(
        attribute.location,
        "'\(attribute.name)' has \(values.count) number\(values.count == 1 ? "" : "s")"
          + " (\"\(attribute.value.prefix(80))\"), not \(count).", "Write \(count) numbers with spaces between them.")
      return nil
    }
    return values
  }

  /// Any count of finite numbers.
  mutating func numbers(_ attribute: XMLAttribute, of owner: String? = nil) -> [Double]? {
    let name = "'\(attribute.name)'" + (owner.map { " of <\($0)>" } ?? "")
    if attribute.value.contains(",") {
      error(
        attribute.location, "'\(attribute.name)' is \"\(attribute.value.prefix(80))\", with commas.",
        "Separate numbers by spaces, and write decimals with a point.")
      return nil
    }
    var values: [Double] = []
    for word in attribute.value.split(whereSeparator: \.isWhitespace) {
      guard let value = Double(word) else {
        error(
          attribute.location,
          "'\(word.prefix(80))' in \(name) is no number.",
          word.contains("${") ? "Expand the file first: xacro FILE > ROBOT.urdf." : "Write a decimal number.")
        return nil
      }
      guard value.isFinite else {
        error(
          attribute.location, "\(name) is \(word.prefix(80)).",
          "Write a finite number.")
        return nil
      }
      values.append(value)
      if values.count > 64 { break }
    }
    return values
  }

  /// One finite number; nil where the attribute is missing or wrong (then noted).
  mutating func number(_ element: XMLElement, _ name: String) -> Double? {
    guard let attribute = element.attribute(name) else { return nil }
    return numbers(attribute, count: 1, of: element.name)?.first
  }

  mutating func vector(_ element: XMLElement, _ name: String) -> Vector3? {
    guard let attribute = element.attribute(name), let v = numbers(attribute, count: 3, of: element.name) else {
      return nil
    }
    return Vector3(v[0], v[1], v[2])
  }

  /// A size that must be there and not negative; nil (noted) where it is not.
  mutating func size(_ element: XMLElement, _ name: String) -> Double? {
    guard element.attribute(name) != nil else {
      error(element.location, "<\(element.name)> has no '\(name)'.", "Write \(name)=\"…\" in metres.")
      return nil
    }
    guard let value = number(element, name) else { return nil }
    if value < 0 {
      error(
        element.attribute(name)?.location ?? element.location, "The \(name) of <\(element.name)> is \(value).",
        "Write a positive number of metres.")
      return nil
    }
    return value
  }

  /// The child `<origin xyz rpy>`; the identity where there is none.
  mutating func origin(_ element: XMLElement) -> Pose {
    guard let origin = element.child("origin") else { return .identity }
    warnOfTypos(inAttributesOf: origin, known: ["xyz", "rpy", "quat_xyzw"])
    let position = vector(origin, "xyz") ?? .zero
    if let attribute = origin.attribute("quat_xyzw"), origin.attribute("rpy") == nil {
      guard let q = numbers(attribute, count: 4) else { return Pose(position) }
      return Pose(position, Quaternion(w: q[3], x: q[0], y: q[1], z: q[2]).normalized)
    }
    let angles = vector(origin, "rpy") ?? .zero
    return Pose(position, Quaternion(roll: angles.x, pitch: angles.y, yaw: angles.z))
  }

  /// The attribute `name`, which must be there and not empty.
  mutating func requiredName(_ element: XMLElement, _ name: String = "name") -> String? {
    if let value = element[name], !value.isEmpty { return value }
    error(element.location, "<\(element.name)> has no '\(name)'.", "Write <\(element.name) \(name)=\"…\">.")
    return nil
  }
}
