import Diagnostics
import SeedbedMath
import XML

extension ColladaReader {
  /// A node's transform element; nil for all other elements.
  func transformStep(_ element: XMLElement) throws(InputError) -> AffineTransform? {
    switch element.name {
    case "matrix": return try matrix(element)
    case "translate":
      let v = try numbers(element, 3)
      return AffineTransform(offset: Vector3(v[0], v[1], v[2]))
    case "scale":
      let v = try numbers(element, 3)
      return AffineTransform(linear: .diagonal(Vector3(v[0], v[1], v[2])))
    case "rotate":
      let v = try numbers(element, 4)
      guard let axis = Vector3(v[0], v[1], v[2]).normalized else { return .identity }
      return AffineTransform(linear: Quaternion(axis: axis, angle: v[3] * (Double.pi / 180)).matrix)
    default: return nil
    }
  }

  /// Sixteen numbers by rows, the last row 0 0 0 1.
  func matrix(_ element: XMLElement) throws(InputError) -> AffineTransform? {
    let m = try numbers(element, 16)
    return AffineTransform(
      linear: Matrix3(rows: Vector3(m[0], m[1], m[2]), Vector3(m[4], m[5], m[6]), Vector3(m[8], m[9], m[10])),
      offset: Vector3(m[3], m[7], m[11]))
  }

  private func numbers(_ element: XMLElement, _ count: Int) throws(InputError) -> [Double] {
    var scanner = NumberScanner(Array(element.text.utf8)[...]), values: [Double] = []
    while values.count < count, let value = scanner.double(), value.isFinite { values.append(value) }
    guard values.count == count else {
      throw InputError(
        at: element.location, "<\(element.name)> does not hold \(count) finite numbers.",
        remedy: "Export the mesh again.")
    }
    return values
  }

  /// The materials' ids by the symbols that a geometry uses.
  func bindings(_ instance: XMLElement) -> [String: String] {
    var result: [String: String] = [:]
    for binding in instance.child("bind_material")?.child("technique_common")?.children("instance_material") ?? [] {
      guard let symbol = binding["symbol"], let target = binding["target"] else { continue }
      result[symbol] = target.hasPrefix("#") ? String(target.dropFirst()) : target
    }
    return result
  }

  /// The diffuse colour or texture of a material.
  func material(_ id: String) -> MeshBuilder.Material {
    guard let effect = target(target(id)?.child("instance_effect")?["url"]),
      let profile = effect.child("profile_COMMON"),
      let technique = profile.child("technique"),
      let shading = technique.children.first(where: { ["phong", "lambert", "blinn", "constant"].contains($0.name) }),
      let diffuse = shading.child("diffuse") ?? shading.child("emission")
    else { return MeshBuilder.Material() }
    var material = MeshBuilder.Material()
    if let color = diffuse.child("color") {
      var scanner = NumberScanner(Array(color.text.utf8)[...]), values: [Double] = []
      while values.count < 4, let value = scanner.double() { values.append(value.isFinite ? min(max(value, 0), 1) : 0) }
      // Exporters disagree on what alpha 0 means; a part that cannot be seen is never meant.
      if values.count >= 3 {
        material.color = Array(values[..<3]) + [values.count > 3 && values[3] > 0 ? values[3] : 1]
      }
    } else if let name = diffuse.child("texture")?["texture"] {
      material.texture = imageFile(name, profile, effect)
    }
    return material
  }

  /// From a sampler's name (or the image's own) to the file.
  private func imageFile(_ name: String, _ profile: XMLElement, _ effect: XMLElement) -> String? {
    func parameter(_ sid: String) -> XMLElement? {
      (profile.children("newparam") + effect.children("newparam")).first { $0["sid"] == sid }
    }
    var image = name
    if let sampler = parameter(name)?.child("sampler2D") {
      if let direct = sampler.child("instance_image")?["url"] {
        image = direct
      } else if let surface = sampler.child("source").flatMap({ parameter($0.text.trimmedOfSpace) })?.child("surface") {
        image = surface.child("init_from")?.text.trimmedOfSpace ?? image
      }
    }
    guard let file = target(image)?.child("init_from") else { return nil }
    let text = (file.child("ref")?.text ?? file.text).trimmedOfSpace
    return text.isEmpty ? nil : fileName(text)
  }

  /// Without scheme and percent signs.
  private func fileName(_ uri: String) -> String {
    var bytes: [UInt8] = [], rest = Array(uri.utf8)[...]
    if rest.starts(with: "file://".utf8) { rest = rest.dropFirst(7) }
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "%"), rest.count >= 2,
        let code = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
      {
        bytes.append(code)
        rest = rest.dropFirst(2)
      } else {
        bytes.append(byte == UInt8(ascii: "\\") ? UInt8(ascii: "/") : byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

extension String {
  var trimmedOfSpace: String { String(decoding: Array(utf8)[...].trimmed, as: UTF8.self) }
}
