import Diagnostics
import SeedbedRandomness

extension Decoder {
  private static let cameraKeys = ["name", "size", "fovy", "fovx", "near", "far", "link", "mount", "pose"]

  func cameras(_ value: YAMLNode?) -> [CameraDescription] {
    guard let value, let items = list(value, "cameras", atMost: 32) else { return [] }
    var cameras: [CameraDescription] = []
    for item in items {
      guard let fields = map(item, "a camera", keys: Self.cameraKeys),
        let camera = camera(fields, taken: Set(cameras.map(\.name)))
      else { continue }
      cameras.append(camera)
    }
    return cameras
  }

  private func camera(_ fields: Fields, taken: Set<String>) -> CameraDescription? {
    guard let name = uniqueName(fields, "camera", taken: taken) else { return nil }
    let path = "cameras/\(name)"
    let size = fields.required("size", "Write size: [256, 256].").flatMap(cameraSize)
    var opening = CameraDescription.Opening.vertical(.constant(0.9))
    if fields["fovx"] != nil || fields["fovy"] != nil {
      if let (key, node) = fields.exactlyOne(of: ["fovy", "fovx"], "Keep one of them.") {
        let angle = number(node, "\(path)/\(key)", .opening("the \(key)"))
        opening = key == "fovx" ? .horizontal(angle) : .vertical(angle)
      }
    } else {
      error(
        fields.node, "The camera `\(name)` has neither `fovy` nor `fovx`.",
        "Write its opening angle, for example fovy: 0.9.")
    }
    let near = fields["near"].map { number($0, "\(path)/near", .between("near", "m", 1e-3, 100)) } ?? .constant(0.01)
    let far = fields["far"].map { number($0, "\(path)/far", .between("far", "m", 1e-2, 10_000)) } ?? .constant(20)
    if near.bounds.upperBound >= far.bounds.lowerBound {
      error(
        fields["far"] ?? fields.node,
        "`far` (\(far.bounds.lowerBound.short) m) does not lie beyond `near` (\(near.bounds.upperBound.short) m).",
        "Enlarge `far`.")
    }
    let mount = mount(fields)
    let placement = fields.required("pose", "Write for example pose: {lookAt: {from: [1, 0, 0.6], to: [0.5, 0, 0]}}.")
      .flatMap { cameraPlacement($0, "\(path)/pose") }
    guard let size, let mount, let placement else { return nil }
    return CameraDescription(
      name: name, width: size.0, height: size.1, opening: opening, near: near, far: far, mount: mount,
      placement: placement)
  }

  private func cameraSize(_ value: YAMLNode) -> (Int, Int)? {
    guard let items = list(value, "the size", count: 2) else { return nil }
    let sides = zip(items, ["width", "height"]).compactMap { item, what -> Int? in
      guard let pixels = wholeNumber(item, "the \(what)", 16...1920) else { return nil }
      guard pixels.isMultiple(of: 2) else {
        error(
          item, "The \(what) is \(pixels) pixels, but H.264 needs an even number.",
          "Write \(pixels + 1) or \(pixels - 1).")
        return nil
      }
      return pixels
    }
    return sides.count == 2 ? (sides[0], sides[1]) : nil
  }

  private func mount(_ fields: Fields) -> CameraDescription.Mount? {
    if let link = fields["link"] {
      if fields["mount"] != nil {
        error(fields.node, "A camera has both `link` and `mount`.", "Keep one of them.")
        return nil
      }
      return text(link, "the link").map { .link($0) }
    }
    guard let node = fields["mount"] else { return .world }
    switch node.text {
    case "world": return .world
    case "tcp": return .tcp
    default:
      error(
        node, "Here stands \(node.kind), but a mount is `world` or `tcp`.", "Write `tcp`, or name a link: `link: NAME`."
      )
      return nil
    }
  }

  private func cameraPlacement(_ value: YAMLNode, _ path: String) -> CameraDescription.Placement? {
    guard let fields = map(value, "a camera's pose", keys: ["lookAt", "xyz", "rpy", "quaternion"]) else { return nil }
    guard let node = fields["lookAt"] else { return pose(fields, path).map { .optical($0) } }
    for key in ["xyz", "rpy", "quaternion"] where fields[key] != nil {
      error(value, "A camera's pose has both `lookAt` and `\(key)`.", "Keep one way.")
      return nil
    }
    let example = "Write lookAt: {from: [1, 0, 0.6], to: [0.5, 0, 0]}."
    guard let look = map(node, "lookAt", keys: ["from", "to", "up"]) else { return nil }
    func point(_ key: String) -> VariableVector? {
      look.required(key, example).flatMap { vector($0, "\(path)/lookAt/\(key)", .coordinate("`\(key)`")) }
    }
    let from = point("from"), to = point("to")
    let up = look["up"].flatMap { vector($0, "\(path)/lookAt/up", .coordinate("`up`")) }
    guard let from, let to else { return nil }
    let spans = zip([from.x, from.y, from.z], [to.x, to.y, to.z]).map {
      max(abs($0.bounds.upperBound - $1.bounds.lowerBound), abs($1.bounds.upperBound - $0.bounds.lowerBound))
    }
    if spans.allSatisfy({ $0 < 1e-6 }) {
      error(node, "The camera looks at the very point where it stands.", "Move `from` or `to`.")
      return nil
    }
    return .lookAt(from: from, to: to, up: up ?? VariableVector(constant: 0, 0, 1))
  }
}
