import Diagnostics
import SeedbedRandomness

extension Decoder {
  /// A map with `xyz` and `rpy` or `quaternion`; both are optional and nothing by default.
  func pose(_ value: YAMLNode, _ path: String, _ what: String) -> PoseDescription? {
    guard let fields = map(value, what, keys: ["xyz", "rpy", "quaternion"]) else { return nil }
    return pose(fields, path)
  }

  /// The same from a map that has other keys too.
  func pose(_ fields: Fields, _ path: String) -> PoseDescription? {
    var pose = PoseDescription.identity
    if let xyz = fields["xyz"] {
      guard let position = vector(xyz, "\(path)/xyz", .coordinate("the position")) else { return nil }
      pose.position = position
    }
    if let rpy = fields["rpy"] {
      if fields["quaternion"] != nil {
        error(fields.node, "A pose has both `rpy` and `quaternion`.", "Keep one of them.")
        return nil
      }
      guard let angles = vector(rpy, "\(path)/rpy", .angle("the angle")) else { return nil }
      pose.rotation = .rollPitchYaw(angles)
    } else if let node = fields["quaternion"] {
      guard let rotation = quaternion(node, "\(path)/quaternion") else { return nil }
      pose.rotation = rotation
    }
    return pose
  }

  private func quaternion(_ value: YAMLNode, _ path: String) -> RotationDescription? {
    let example = "Write {w: 1, x: 0, y: 0, z: 0}."
    guard value.entries != nil else {
      error(value, "Here stands \(value.kind), but a quaternion is a map with named parts.", example)
      return nil
    }
    guard let fields = map(value, "a quaternion", keys: ["w", "x", "y", "z"]) else { return nil }
    let parts = ["w", "x", "y", "z"].compactMap { key in
      fields.required(key, example).map {
        number($0, "\(path)/\(key)", .between("the quaternion's \(key)", "", -1.001, 1.001))
      }
    }
    guard parts.count == 4 else { return nil }
    let lengths = parts.map { max(abs($0.bounds.lowerBound), abs($0.bounds.upperBound)) }
    let longest = lengths.reduce(0) { $0 + $1 * $1 }.squareRoot()
    let isConstant = parts.allSatisfy(\.isConstant)
    if isConstant && abs(longest - 1) > 1e-3 || longest < 1e-3 {
      error(value, "The quaternion's length is \(longest.short), but must be 1.", "Normalise it.")
      return nil
    }
    return .quaternion(w: parts[0], VariableVector(parts[1], parts[2], parts[3]))
  }

  /// `{on: table, xy: [..], yaw: ..}` or a free pose.
  func objectPose(_ value: YAMLNode, _ path: String) -> ObjectPoseDescription? {
    guard value["on"] != nil else {
      guard let fields = map(value, "a pose", keys: ["xyz", "rpy", "quaternion", "on", "xy", "yaw"]) else { return nil }
      for key in ["xy", "yaw"] where fields[key] != nil {
        error(
          fields[key] ?? value, "`\(key)` needs `on`.",
          "Write {on: table, xy: [x, y], yaw: a}, or {xyz: [x, y, z], rpy: [r, p, y]}.")
      }
      return pose(fields, path).map { .free($0) }
    }
    guard let fields = map(value, "a pose on something", keys: ["on", "xy", "yaw"]) else { return nil }
    let example = "Write {on: table, xy: [x, y], yaw: a}."
    let support = fields.required("on", example).flatMap { name($0, "the name of an object") }
    var numbers: [Variable<Double>]?
    if let xy = fields.required("xy", example), let items = list(xy, "xy", count: 2) {
      numbers = zip(items, ["x", "y"]).enumerated().map {
        number($1.0, "\(path)/xy/\($0)", .coordinate("the \($1.1) on the support"))
      }
    }
    let yaw = fields["yaw"].map { number($0, "\(path)/yaw", .angle("the yaw")) } ?? .constant(0)
    guard let support, let numbers else { return nil }
    return .on(support: support, x: numbers[0], y: numbers[1], yaw: yaw)
  }
}
