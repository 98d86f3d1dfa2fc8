import Diagnostics
import SeedbedRandomness

extension Decoder {
  /// The scene's own figures: `{pair: [rubber, steel], friction: 0.7}` or a new or changed material,
  /// `{name: felt, friction: 0.4}`.
  func materials(_ value: YAMLNode?) -> MaterialCatalog {
    var catalog = MaterialCatalog()
    guard let value, let items = list(value, "materials", atMost: 500) else { return catalog }
    var seen: Set<String> = []
    var pairs: [(node: YAMLNode, key: MaterialCatalog.Key, figures: MaterialCatalog.Figures)] = []
    for item in items {
      let keys = ["name", "pair", "friction", "kineticFriction", "restitution"]
      guard let fields = map(item, "a material", keys: keys),
        let (kind, node) = fields.exactlyOne(of: ["name", "pair"], "Write {pair: [rubber, steel], friction: 0.7}.")
      else { continue }
      if kind == "name" {
        guard let name = name(node, "the name of a material") else { continue }
        guard seen.insert(name).inserted else {
          error(node, "There is another entry for the material `\(name)`.", "Write one.")
          continue
        }
        if let figures = figures(fields, "materials/\(name)") { catalog.set(name, figures) }
      } else if let words = list(node, "a pair of materials", count: 2) {
        let names = words.compactMap { self.name($0, "the name of a material") }
        guard names.count == 2 else { continue }
        let key = MaterialCatalog.Key(names[0], names[1])
        let path = "materials/\(key.first)+\(key.second)"
        guard seen.insert(path).inserted else {
          error(node, "There is another entry for the pair of \(key.first) and \(key.second).", "Write one.")
          continue
        }
        if let figures = figures(fields, path) { pairs.append((node, key, figures)) }
      }
    }
    let named = catalog
    for (node, key, figures) in pairs where (node.items ?? []).allSatisfy({ known($0, in: named) != nil }) {
      catalog.set(key, figures)
    }
    return catalog
  }

  private func figures(_ fields: Fields, _ path: String) -> MaterialCatalog.Figures? {
    guard let node = fields.required("friction", "Write its coefficient: friction: 0.5.") else { return nil }
    let quantity = Quantity.between("the friction", "", 0, 10)
    let friction = number(node, "\(path)/friction", quantity)
    let kinetic = fields["kineticFriction"].map {
      number($0, "\(path)/kineticFriction", quantity.renamed("the kinetic friction"))
    }
    if let kinetic, let kineticNode = fields["kineticFriction"],
      kinetic.bounds.lowerBound > friction.bounds.upperBound
    {
      error(
        kineticNode,
        "The kinetic friction is \(kinetic.bounds.lowerBound.short), above the static one of \(friction.bounds.upperBound.short).",
        "Things that slide are held less than things at rest: lower it.")
    }
    return MaterialCatalog.Figures(
      friction: friction, kineticFriction: kinetic,
      restitution: fields["restitution"].map { number($0, "\(path)/restitution", .fraction("the restitution")) })
  }

  /// The name of a known material; a problem where it is none.
  func known(_ node: YAMLNode, in catalog: MaterialCatalog) -> String? {
    guard let name = text(node, "a material") else { return nil }
    guard catalog.materials[name] == nil else { return name }
    error(
      node, "There is no material `\(name)`.",
      suggestion(name, catalog.names) + " A new one is declared in materials: [{name: \(name), friction: 0.5}].")
    return nil
  }

  /// Friction and restitution of a surface, and its material where they follow from it.
  ///
  /// - Parameters:
  ///   - friction, restitution: as written beside it, if at all: they win.
  ///   - standard: what holds without anything.
  func surface(
    material: YAMLNode?, friction: Variable<Double>?, restitution: Variable<Double>?, standard: Double
  ) -> SurfaceDescription {
    guard let material, let name = known(material, in: materials) else {
      return SurfaceDescription(friction: friction ?? .constant(standard), restitution: restitution ?? .constant(0))
    }
    return SurfaceDescription(
      friction: friction ?? materials.friction(of: name) ?? .constant(standard),
      restitution: restitution ?? materials.restitution(of: name) ?? .constant(0),
      material: SurfaceMaterial(name, setsFriction: friction == nil, setsRestitution: restitution == nil))
  }
}
