import Diagnostics
import SeedbedRandomness

private let shapeKinds = ["box", "cube", "cylinder", "sphere", "capsule", "bin", "mesh", "urdf"]

extension Decoder {
  /// A shape, or a choice among shapes. Axes inside are named after the kind: `shape/cylinder/radius`; where a choice
  /// has the same kind twice, the second is `cylinder#2`.
  func shape(_ value: YAMLNode, _ path: String) -> Variable<ShapeDescription>? {
    var seen: [String: Int] = [:]
    func plain(_ node: YAMLNode) -> Variable<ShapeDescription>? {
      let example = "Write for example {box: [0.05, 0.05, 0.05]}; there are: \(shapeKinds.joined(separator: ", "))."
      guard let fields = self.map(node, "a shape", keys: shapeKinds),
        let (kind, body) = fields.exactlyOne(of: shapeKinds, example)
      else { return nil }
      seen[kind, default: 0] += 1
      let number = seen[kind, default: 1]
      return self.plainShape(kind, body, "\(path)/\(kind)" + (number > 1 ? "#\(number)" : "")).map {
        .constant($0)
      }
    }
    let shape = variable(value, path, { _ in path }) { node, _ in plain(node) }
    if let shape, !shape.isConstant, shape.literalValues.contains(where: { if case .urdf = $0 { true } else { false } })
    {
      error(
        value, "A URDF is among the shapes to choose from, but every episode records the same joints.",
        "Write one URDF as the shape, and vary its joints.")
      return nil
    }
    return shape
  }

  private func plainShape(
    _ kind: String, _ value: YAMLNode, _ path: String
  ) -> ShapeDescription? {
    switch kind {
    case "box": return vector(value, path, .length("the edge length")).map { .box($0) }
    case "cube": return .cube(number(value, path, .length("the edge length")))
    case "sphere":
      guard let fields = map(value, "a sphere", keys: ["radius"]),
        let radius = fields.required("radius", "Write {sphere: {radius: 0.03}}.")
      else { return nil }
      return .sphere(radius: number(radius, "\(path)/radius", .length("the radius")))
    case "cylinder", "capsule":
      guard let fields = map(value, "a \(kind)", keys: ["radius", "length"]) else { return nil }
      let example = "Write {\(kind): {radius: 0.02, length: 0.08}}."
      let radius = fields.required("radius", example), length = fields.required("length", example)
      guard let radius, let length else { return nil }
      let r = number(radius, "\(path)/radius", .length("the radius"))
      let l = number(length, "\(path)/length", .length("the length"))
      return kind == "cylinder" ? .cylinder(radius: r, length: l) : .capsule(radius: r, length: l)
    case "bin": return bin(value, path)
    case "urdf": return urdf(value)
    default: return mesh(value, path)
    }
  }

  private func bin(_ value: YAMLNode, _ path: String) -> ShapeDescription? {
    guard let fields = map(value, "a bin", keys: ["size", "wall"]) else { return nil }
    let sizeNode = fields.required("size", "Write {bin: {size: [0.2, 0.2, 0.1], wall: 0.006}}.")
    let wall = fields["wall"].map { number($0, "\(path)/wall", .length("the wall")) } ?? .constant(0.006)
    guard let sizeNode, let size = vector(sizeNode, "\(path)/size", .length("the size")) else { return nil }
    let narrow = min(size.x.bounds.lowerBound, size.y.bounds.lowerBound)
    if wall.bounds.upperBound * 2 >= narrow || wall.bounds.upperBound >= size.z.bounds.lowerBound {
      error(
        fields["wall"] ?? sizeNode,
        "The bin's walls of \(wall.bounds.upperBound.short) m leave no room inside \(narrow.short) m.",
        "Make the walls thinner or the bin larger.")
    }
    return .bin(size: size, wall: wall)
  }

  private func urdf(_ value: YAMLNode) -> ShapeDescription? {
    guard let fields = map(value, "a URDF shape", keys: ["file"]),
      let file = fields.required("file", "Write {urdf: {file: cabinet.urdf}}."),
      let logical = logicalPath(file, "the URDF's path")
    else { return nil }
    return .urdf(path: logical)
  }

  private func mesh(_ value: YAMLNode, _ path: String) -> ShapeDescription? {
    guard let fields = map(value, "a mesh", keys: ["file", "scale", "open"]),
      let file = fields.required("file", "Write {mesh: {file: mug.obj, scale: 1}}."),
      let logical = logicalPath(file, "the mesh's file")
    else { return nil }
    if let node = fields["open"], flag(node, "`open`") == true { openMeshes.insert(logical) }
    let quantity = Quantity(what: "the scale", lower: 1e-6, upper: 1e6, standIn: 1)
    guard let node = fields["scale"] else { return .mesh(path: logical, scale: VariableVector(constant: 1, 1, 1)) }
    if node.items != nil {
      return vector(node, "\(path)/scale", quantity).map { .mesh(path: logical, scale: $0) }
    }
    let scale = number(node, "\(path)/scale", quantity)
    return .mesh(path: logical, scale: VariableVector(scale, scale, scale))
  }
}
