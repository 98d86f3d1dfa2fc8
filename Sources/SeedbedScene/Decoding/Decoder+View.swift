import Diagnostics
import SeedbedRandomness

extension Decoder {
  func lighting(_ value: YAMLNode?) -> LightingDescription {
    var lighting = LightingDescription(
      ambient: VariableVector(constant: 0.35, 0.35, 0.35),
      background: .constant(ColorDescription(name: nil, channels: VariableVector(constant: 0.72, 0.75, 0.78))),
      lights: [])
    guard let value else {
      lighting.lights = [Self.defaultLight]
      return lighting
    }
    guard let fields = map(value, "the lighting", keys: ["ambient", "background", "lights"]) else { return lighting }
    if let node = fields["ambient"] {
      let quantity = Quantity.between("the ambient light", "", 0, 100)
      if node.items != nil {
        lighting.ambient = vector(node, "lighting/ambient", quantity) ?? lighting.ambient
      } else {
        let all = number(node, "lighting/ambient", quantity)
        lighting.ambient = VariableVector(all, all, all)
      }
    }
    if let node = fields["background"], let color = color(node, "lighting/background", "the background") {
      lighting.background = color
    }
    guard let node = fields["lights"] else {
      lighting.lights = [Self.defaultLight]
      return lighting
    }
    for item in list(node, "lights", atMost: 32) ?? [] {
      guard
        let light = map(
          item, "a light", keys: ["name", "directional", "point", "color", "intensity", "shadow"]
        ).flatMap({ self.light($0, taken: Set(lighting.lights.map(\.name))) })
      else { continue }
      lighting.lights.append(light)
    }
    return lighting
  }

  private static var defaultLight: LightDescription {
    LightDescription(
      name: "key", kind: .constant(.from(azimuth: .constant(0.6), elevation: .constant(1))),
      color: .constant(ColorDescription(name: "white", channels: VariableVector(constant: 1, 1, 1))),
      intensity: .constant(0.8), castsShadow: true)
  }

  private func light(_ fields: Fields, taken: Set<String>) -> LightDescription? {
    guard let name = uniqueName(fields, "light", taken: taken) else { return nil }
    let path = "lighting/lights/\(name)"
    let example = "Write for example directional: {azimuth: 0.5, elevation: 1}, or point: {xyz: [0.5, 0, 1]}."
    guard let (kind, body) = fields.exactlyOne(of: ["directional", "point"], example) else { return nil }
    let source = kind == "point" ? point(body, path) : directional(body, path)
    let white = ColorDescription(name: "white", channels: VariableVector(constant: 1, 1, 1))
    let color = fields["color"].flatMap { self.color($0, "\(path)/color", "the light's colour") }
    let intensity = fields["intensity"].map {
      number($0, "\(path)/intensity", .between("the intensity", "", 0, 1000))
    }
    let shadow = fields["shadow"].flatMap { flag($0, "shadow") } ?? false
    return source.map {
      LightDescription(
        name: name, kind: .constant($0), color: color ?? .constant(white), intensity: intensity ?? .constant(1),
        castsShadow: shadow)
    }
  }

  private func point(_ value: YAMLNode, _ path: String) -> LightDescription.Kind? {
    guard let fields = map(value, "a point light", keys: ["xyz"]),
      let xyz = fields.required("xyz", "Write point: {xyz: [0.5, 0, 1]}.")
    else { return nil }
    return vector(xyz, "\(path)/point/xyz", .coordinate("the position")).map { .point($0) }
  }

  private func directional(_ value: YAMLNode, _ path: String) -> LightDescription.Kind? {
    guard let fields = map(value, "a directional light", keys: ["azimuth", "elevation", "direction"]) else {
      return nil
    }
    if let node = fields["direction"] {
      for key in ["azimuth", "elevation"] where fields[key] != nil {
        error(value, "A directional light has both `direction` and `\(key)`.", "Keep one way.")
        return nil
      }
      guard let direction = vector(node, "\(path)/direction", .coordinate("the direction")) else { return nil }
      let reach = [direction.x, direction.y, direction.z].map {
        max(abs($0.bounds.lowerBound), abs($0.bounds.upperBound))
      }
      guard reach.contains(where: { $0 > 1e-6 }) else {
        error(node, "The direction has no length.", "Write where the light goes to, for example [0, 0, -1].")
        return nil
      }
      return .along(direction)
    }
    let example = "Write directional: {azimuth: 0.5, elevation: 1}, where the light comes from, in radians."
    guard let azimuth = fields.required("azimuth", example), let elevation = fields.required("elevation", example)
    else { return nil }
    return .from(
      azimuth: number(azimuth, "\(path)/azimuth", .angle("the azimuth")),
      elevation: number(elevation, "\(path)/elevation", .angle("the elevation")))
  }
}
