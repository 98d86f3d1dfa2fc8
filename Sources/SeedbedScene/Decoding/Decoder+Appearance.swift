import Diagnostics
import SeedbedGeometry
import SeedbedRandomness

extension Decoder {
  /// A colour: a name, [r, g, b], or a choice among such.
  func color(_ value: YAMLNode, _ path: String, _ what: String) -> Variable<ColorDescription>? {
    variable(value, path, { "\(path)/\($0)" }) { node, path in self.plainColor(node, path, what) }
  }

  private func plainColor(_ value: YAMLNode, _ path: String, _ what: String) -> Variable<ColorDescription>? {
    if let entry = value.onlyEntry, entry.key == "choice" || entry.key == "grid" { return color(value, path, what) }
    let example = "Write a name such as `red`, or [r, g, b] with numbers from 0 to 1."
    if value.items != nil {
      guard let channels = vector(value, path, .fraction(what)) else { return nil }
      return .constant(ColorDescription(name: nil, channels: channels))
    }
    guard let name = value.text, !value.isNull, value.number == nil else {
      error(value, "Here stands \(value.kind), but \(what) is a colour.", example)
      return nil
    }
    guard let rgb = ColorNames.channels(of: name) else {
      let match = closestMatch(to: name, among: ColorNames.table.map(\.name))
      error(value, "`\(name)` is no colour known here.", match.map { "Did you mean `\($0)`?" } ?? example)
      return nil
    }
    return .constant(ColorDescription(name: name, channels: VariableVector(constant: rgb.x, rgb.y, rgb.z)))
  }

  /// `none`, or a map with one of image, checker, noise; or a choice among such.
  func texture(_ value: YAMLNode, _ path: String) -> Variable<TextureDescription>? {
    variable(value, path, { "\(path)/\($0)" }) { node, path in
      if let entry = node.onlyEntry, entry.key == "choice" || entry.key == "grid" {
        return self.texture(node, path)
      }
      if node.text == "none" { return .constant(.none) }
      guard let fields = self.map(node, "a texture", keys: ["image", "checker", "noise"]),
        let (kind, body) = fields.exactlyOne(
          of: ["image", "checker", "noise"], "Write `none`, {image: ...}, {checker: ...} or {noise: ...}.")
      else { return nil }
      let inner = "\(path)/\(kind)"
      switch kind {
      case "image": return self.image(body, inner)
      case "checker": return self.checker(body, inner)
      default: return self.noise(body, inner)
      }
    }
  }

  private func image(_ value: YAMLNode, _ path: String) -> Variable<TextureDescription>? {
    guard let fields = map(value, "an image texture", keys: ["file", "metresPerTile"]),
      let file = fields.required("file", "Write {image: {file: wood.png, metresPerTile: 0.5}}."),
      let logical = logicalPath(file, "the picture's file")
    else { return nil }
    let metres = fields["metresPerTile"].map {
      number($0, "\(path)/metresPerTile", Quantity.length("metresPerTile"))
    }
    return .constant(.image(path: logical, metresPerTile: metres ?? .constant(1)))
  }

  private func checker(_ value: YAMLNode, _ path: String) -> Variable<TextureDescription>? {
    guard let fields = map(value, "a checker texture", keys: ["other", "edge"]),
      let other = fields.required("other", "Write {checker: {other: white, edge: 0.05}}."),
      let color = color(other, "\(path)/other", "the other colour")
    else { return nil }
    let edge = fields["edge"].map { number($0, "\(path)/edge", .length("the edge")) }
    return .constant(.checker(other: color, edge: edge ?? .constant(0.05)))
  }

  private func noise(_ value: YAMLNode, _ path: String) -> Variable<TextureDescription>? {
    guard let fields = map(value, "a noise texture", keys: ["other", "scale", "stretch", "pattern"]),
      let other = fields.required("other", "Write {noise: {other: brown, scale: 0.02, stretch: 8}}."),
      let color = color(other, "\(path)/other", "the other colour")
    else { return nil }
    let scale = fields["scale"].map { number($0, "\(path)/scale", .length("the scale")) }
    let stretch = fields["stretch"].map { number($0, "\(path)/stretch", .between("the stretch", "", 0.01, 1000)) }
    let pattern = fields["pattern"].map {
      number($0, "\(path)/pattern", .between("the pattern", "", 0, 4_294_967_295))
    }
    return .constant(
      .noise(
        other: color, scale: scale ?? .constant(0.05), stretch: stretch ?? .constant(1),
        pattern: pattern ?? .constant(0)))
  }
}
