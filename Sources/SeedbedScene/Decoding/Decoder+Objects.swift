import Diagnostics
import SeedbedRandomness

extension Decoder {
  private static let objectKeys = [
    "name", "shape", "fixed", "mass", "material", "friction", "restitution", "pose", "color", "roughness", "metallic",
    "texture", "joints", "density",
  ]

  /// The list of objects, with unique names.
  func objects(_ value: YAMLNode?) -> [ObjectDescription] {
    guard let value, let items = list(value, "objects", atMost: 500) else { return [] }
    var objects: [ObjectDescription] = []
    for item in items {
      guard let fields = map(item, "an object", keys: Self.objectKeys),
        let object = object(fields, taken: Set(objects.map(\.name)))
      else { continue }
      objects.append(object)
    }
    return objects
  }

  private func object(_ fields: Fields, taken: Set<String>) -> ObjectDescription? {
    guard let name = uniqueName(fields, "object", taken: taken) else { return nil }
    let path = "objects/\(name)"
    let shape = fields.required("shape", "Write for example shape: {box: [0.05, 0.05, 0.05]}.").flatMap {
      self.shape($0, "\(path)/shape")
    }
    let isFixed = fields["fixed"].flatMap { flag($0, "fixed") } ?? false
    var isArticulated = false
    if case .constant(.urdf) = shape { isArticulated = true }
    var mass = Variable<Double>.constant(isFixed || isArticulated ? 0 : 0.1)
    if let node = fields["mass"] {
      mass = number(node, "\(path)/mass", .between("the mass", "kg", 1e-4, 1000))
      if isFixed { error(node, "The fixed object `\(name)` has a mass.", "Remove `mass` or `fixed`.") }
    } else if !isFixed, !isArticulated {
      error(
        fields.node, "The object `\(name)` has neither `mass` nor `fixed: true`.",
        "Write its mass in kg, or fixed: true.")
    }
    if let shape, !isFixed, shape.literalValues.contains(where: { if case .bin = $0 { true } else { false } }) {
      error(fields.node, "The bin `\(name)` is not fixed.", "Write fixed: true: a bin is screwed down.")
    }
    let pose = fields.required("pose", "Write for example pose: {on: table, xy: [0.5, 0], yaw: 0}.").flatMap {
      objectPose($0, "\(path)/pose")
    }
    for key in ["joints", "density"] where fields[key] != nil && !isArticulated && shape != nil {
      error(
        fields[key] ?? fields.node, "`\(key)` is said of `\(name)`, whose shape is no URDF.",
        "Remove it, or write shape: {urdf: {file: cabinet.urdf}}.")
    }
    let appearance = appearance(fields, path, isArticulated: isArticulated)
    let friction = fields["friction"].map { number($0, "\(path)/friction", .between("the friction", "", 0, 10)) }
    let restitution = fields["restitution"].map { number($0, "\(path)/restitution", .fraction("the restitution")) }
    let density = fields["density"].map {
      number($0, "\(path)/density", .between("the density", "kg/m³", 1, 30_000))
    }
    let surface = surface(
      material: fields["material"], friction: friction, restitution: restitution, standard: 0.8)
    guard let shape, let pose else { return nil }
    let object = ObjectDescription(
      name: name, shape: shape, isFixed: isFixed, mass: mass, surface: surface, pose: pose, appearance: appearance,
      density: density,
      location: fields.node.location)
    if !object.isPlacedAsWritten { note(axis: "\(path)/pose/attempts") }
    return object
  }

  /// Articulated objects have colours of their own, which white leaves as they are.
  private func appearance(_ fields: Fields, _ path: String, isArticulated: Bool) -> AppearanceDescription {
    let light = isArticulated ? 1 : 0.7
    let gray = ColorDescription(name: nil, channels: VariableVector(constant: light, light, light))
    return AppearanceDescription(
      color: fields["color"].flatMap { color($0, "\(path)/color", "the colour") } ?? .constant(gray),
      roughness: fields["roughness"].map { number($0, "\(path)/roughness", .fraction("the roughness")) }
        ?? .constant(0.6),
      metallic: fields["metallic"].map { number($0, "\(path)/metallic", .fraction("the metallic share")) }
        ?? .constant(0),
      texture: fields["texture"].flatMap { texture($0, "\(path)/texture") } ?? .constant(.none))
  }

  /// The entry's name; a problem where it is missing or taken.
  func uniqueName(_ fields: Fields, _ kind: String, taken: Set<String>) -> String? {
    guard let node = fields.required("name", "Give it a name.") else { return nil }
    guard let name = name(node, "the name of a \(kind)") else { return nil }
    guard !taken.contains(name) else {
      error(node, "There is another \(kind) called `\(name)`.", "Give each its own name.")
      return nil
    }
    return name
  }
}
