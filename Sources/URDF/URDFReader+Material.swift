import Diagnostics
import XML

/// What a visual looks like.
struct Material: Equatable {
  /// sRGB and alpha, 0...1.
  var color: [Double]?
  /// Logical path.
  var texture: String?
}

extension URDFReader {
  /// The named materials: those of the robot first, then those that some visual defines.
  mutating func readMaterials(_ root: XMLElement) {
    for element in root.children("material") {
      guard let name = requiredName(element) else { continue }
      materials[name] = readMaterial(element)
    }
    for link in root.children("link") {
      for element in link.children("visual").compactMap({ $0.child("material") }) {
        guard let name = element["name"], !name.isEmpty, materials[name] == nil, Self.defines(element) else { continue }
        // What is wrong in it is noted where the visual is read.
        let noted = diagnostics
        materials[name] = readMaterial(element)
        diagnostics = noted
      }
    }
  }

  /// A material in a visual: defined in place, or the name of one.
  mutating func readVisualMaterial(_ element: XMLElement) -> Material {
    if Self.defines(element) { return readMaterial(element) }
    guard let name = element["name"], !name.isEmpty else { return Material() }
    if let material = materials[name] { return material }
    let meant = suggestion(name, among: materials.keys) { "'\($0)'" }
    warning(element.location, "The material '\(name)' is not defined.", meant ?? "Give it a <color rgba=\"…\"/>.")
    return Material()
  }

  private static func defines(_ element: XMLElement) -> Bool {
    element.child("color") != nil || element.child("texture") != nil
  }

  private mutating func readMaterial(_ element: XMLElement) -> Material {
    warnOfTypos(in: element, known: ["color", "texture"])
    var material = Material()
    if let color = element.child("color"), let attribute = color.attribute("rgba"), var rgba = numbers(attribute) {
      if rgba.count == 3 { rgba.append(1) }
      if rgba.count != 4 || rgba.contains(where: { $0 < 0 || $0 > 1 }) {
        warning(
          attribute.location, "The colour \"\(attribute.value.prefix(80))\" is not four numbers from 0 to 1.",
          "Write red, green, blue and alpha, each 0 to 1.")
      }
      if rgba.count >= 4 { material.color = rgba.prefix(4).map { min(max($0, 0), 1) } }
    }
    if let texture = element.child("texture"), let file = texture.attribute("filename"), !file.value.isEmpty {
      material.texture = resolve(file)
    }
    return material
  }
}
