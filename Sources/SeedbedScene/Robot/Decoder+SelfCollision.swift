import Diagnostics
import URDF

extension Decoder {
  /// `true`, `false` or `{disable: [[link, link], ...]}`.
  func selfCollision(_ value: YAMLNode, _ robot: RobotDescription) -> SelfCollision? {
    if let isOn = value.truth { return isOn ? nil : SelfCollision(isOn: false) }
    guard value.entries != nil else {
      error(
        value, "Here stands \(value.kind), but `selfCollision` is true, false or a map.",
        "Write false, or {disable: [[link5, link7]]}.")
      return nil
    }
    guard let fields = map(value, "the self-collision", keys: ["disable"]),
      let node = fields.required("disable", "Write {disable: [[link5, link7]]}."),
      let items = list(node, "the pairs of links", atMost: 10_000)
    else { return nil }
    let names = robot.links.map(\.name)
    let known = Set(names)
    let pairs = items.compactMap { item -> [String]? in
      guard let pair = list(item, "a pair of links", count: 2) else { return nil }
      let links = pair.compactMap { text($0, "a link's name") }
      for (node, link) in zip(pair, links) where !known.contains(link) {
        error(node, "The robot `\(robot.name)` has no link `\(link)`.", suggestion(link, names))
      }
      return links.count == 2 ? links : nil
    }
    return SelfCollision(disabled: pairs)
  }
}
