import Diagnostics
import SeedbedGeometry
import XML

extension URDFReader {
  private static let shapes = ["box", "cylinder", "sphere", "capsule", "mesh"]

  /// The shape of a visual or collision; nil where there is none to be used (noted).
  mutating func readGeometry(_ owner: XMLElement) -> Geometry? {
    guard let geometry = owner.child("geometry") else {
      oddity(owner.location, "This <\(owner.name)> has no <geometry> and is left out.", "Add one, or remove it.")
      return nil
    }
    guard let shape = geometry.children.first else {
      oddity(geometry.location, "This <geometry> is empty; its <\(owner.name)> is left out.", "Put a shape into it.")
      return nil
    }
    if geometry.children.count > 1 {
      oddity(
        geometry.children[1].location, "A <geometry> holds one shape; this one is left out.",
        "Use a second <\(owner.name)>.")
    }
    let name = shape.name.hasPrefix("drake:") ? String(shape.name.dropFirst(6)) : shape.name
    switch name {
    case "box": return readBox(shape)
    case "sphere":
      guard let radius = size(shape, "radius") else { return nil }
      return unlessFlat(.sphere(radius: radius), [radius], shape)
    case "cylinder", "capsule":
      let radius = size(shape, "radius"), length = size(shape, "length")
      guard let radius, let length else { return nil }
      if name == "cylinder" { return unlessFlat(.cylinder(radius: radius, length: length), [radius, length], shape) }
      return unlessFlat(
        length == 0 ? .sphere(radius: radius) : .capsule(radius: radius, length: length), [radius], shape)
    case "mesh": return readMesh(shape)
    case "plane", "half_space", "ellipsoid", "heightmap", "cdf", "img":
      oddity(
        shape.location, "The shape <\(shape.name)> is not modelled and is left out.",
        "Use a box, a cylinder, a sphere or a mesh.")
      return nil
    default:
      let meant = suggestion(name, among: Self.shapes) { "<\($0)>" }
      error(
        shape.location, "The shape <\(shape.name)> is not known.",
        meant ?? "Use one of: " + Self.shapes.joined(separator: ", ") + ".")
      return nil
    }
  }

  private mutating func readBox(_ shape: XMLElement) -> Geometry? {
    guard shape.attribute("size") != nil else {
      error(shape.location, "<box> has no 'size'.", "Write size=\"X Y Z\": edge lengths in metres.")
      return nil
    }
    guard let edges = vector(shape, "size") else { return nil }
    if edges.x < 0 || edges.y < 0 || edges.z < 0 {
      error(
        shape.attribute("size")?.location ?? shape.location, "The box has a negative edge (\(shape["size"] ?? "")).",
        "Write positive edge lengths in metres.")
      return nil
    }
    return unlessFlat(.box(size: edges), [edges.x, edges.y, edges.z], shape)
  }

  /// Real files hold shapes of size 0 as placeholders; nothing can be drawn or touched of them.
  private mutating func unlessFlat(_ geometry: Geometry, _ sizes: [Double], _ shape: XMLElement) -> Geometry? {
    guard sizes.contains(0) else { return geometry }
    oddity(shape.location, "This <\(shape.name)> has a size of 0 and is left out.", "Give it its size, or remove it.")
    return nil
  }

  private mutating func readMesh(_ shape: XMLElement) -> Geometry? {
    guard let file = shape.attribute("filename") ?? shape.attribute("file") else {
      error(shape.location, "<mesh> has no 'filename'.", "Write filename=\"…\".")
      return nil
    }
    guard let path = resolve(file) else { return nil }
    guard let attribute = shape.attribute("scale") else { return .mesh(path: path, scale: Vector3(1, 1, 1)) }
    guard let all = numbers(attribute) else { return nil }
    guard all.count == 3 || all.count == 1 else {
      error(attribute.location, "'scale' has \(all.count) numbers, not 3.", "Write scale=\"X Y Z\".")
      return nil
    }
    let scale = all.count == 3 ? Vector3(all[0], all[1], all[2]) : Vector3(all[0], all[0], all[0])
    if scale.x == 0 || scale.y == 0 || scale.z == 0 {
      error(
        attribute.location, "The mesh is scaled by 0 (\"\(attribute.value)\").",
        "Write a scale that is not 0; 1 keeps the size.")
      return nil
    }
    return .mesh(path: path, scale: scale)
  }

  /// The logical path of a mesh or texture; nil (noted) where it cannot be found.
  mutating func resolve(_ attribute: XMLAttribute) -> String? {
    switch assets.resolve(attribute.value) {
    case .path(let path): return path
    case .failure(let message, let remedy):
      error(attribute.location, message, remedy)
      return nil
    }
  }
}
