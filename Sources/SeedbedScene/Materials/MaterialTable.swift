/// Friction and restitution of common materials, clean and dry, each figure with where it is from.
///
/// Restitutions are those of balls on a hard floor (The Physics Factbook, Coefficients of Restitution): wood 0.60, steel
/// 0.60, glass 0.66, hard plastic 0.69, rubber bands 0.83; metals as steel, and 0 where none was found. All such figures
/// spread by a factor of two between laboratories; vary them (`materials:` in a scene takes distributions).
package enum MaterialTable {
  /// Where figures are from.
  package enum Source: String, Sendable, CaseIterable {
    case engineeringToolBox =
      "The Engineering ToolBox, Friction Coefficients (in part also Physics Fundamentals, eCampusOntario, table A.1)"
    case openStax = "OpenStax, College Physics, table 5.1"
    case wypych = "G. Wypych, Handbook of Surface Improvement and Modification, table 11.1"
    case shackelford =
      "J. F. Shackelford, W. Alexander, CRC Materials Science and Engineering Handbook, 3rd ed., table 399"
    /// Chosen so that the pair rule gives a tabulated pair.
    case derived
    /// No figure was found.
    case assumed
  }

  /// A material's figures against a hard counterpart; pairs that are not listed take the geometric mean of two of these.
  package struct Entry: Sendable {
    package var friction: Double
    package var kineticFriction: Double
    package var restitution: Double
    package var source: Source
    /// What the friction is against, or why it is this one.
    package var basis: String

    init(_ source: Source, _ basis: String, _ friction: Double, _ kinetic: Double? = nil, e: Double = 0) {
      self.friction = friction
      kineticFriction = kinetic ?? friction
      restitution = e
      self.source = source
      self.basis = basis
    }
  }

  package struct Pair: Sendable {
    package var first: String, second: String
    package var friction: Double
    package var kineticFriction: Double
    package var source: Source

    /// Without a sliding figure the static one holds for both.
    init(_ first: String, _ second: String, _ source: Source, _ friction: Double, _ kinetic: Double? = nil) {
      (self.first, self.second) = (min(first, second), max(first, second))
      self.friction = friction
      kineticFriction = kinetic ?? friction
      self.source = source
    }
  }

  package static let entries: [String: Entry] = [
    "abs": Entry(.wypych, "steel; sliding 0.35 there, which is taken as 0.30", 0.30, e: 0.69),
    "acetal": Entry(.shackelford, "steel, 0.1 to 0.3", 0.2),
    "aluminium": Entry(.engineeringToolBox, "mild steel; restitution as steel's", 0.61, 0.47, e: 0.60),
    "brass": Entry(.engineeringToolBox, "steel; restitution as steel's", 0.51, 0.44, e: 0.60),
    "cardboard": Entry(.assumed, "0.65 on rubber", 0.42),
    "ceramic": Entry(.assumed, "as glass, which a glaze is", 0.6, e: 0.66),
    "concrete": Entry(.derived, "so that wood on concrete is 0.62", 0.77),
    "copper": Entry(.engineeringToolBox, "mild steel; restitution as steel's", 0.53, 0.36, e: 0.60),
    "glass": Entry(.engineeringToolBox, "metal, 0.5 to 0.7", 0.6, e: 0.66),
    "leather": Entry(.engineeringToolBox, "clean metal", 0.6),
    "polycarbonate": Entry(.shackelford, "itself", 0.52, e: 0.69),
    "polyethylene": Entry(.engineeringToolBox, "steel", 0.2),
    "polystyrene": Entry(.engineeringToolBox, "steel, 0.3 to 0.35", 0.325, e: 0.69),
    "ptfe": Entry(.openStax, "steel", 0.04),
    "pvc": Entry(.wypych, "steel", 0.53, 0.38, e: 0.69),
    "rubber": Entry(.openStax, "dry concrete", 1.0, 0.7, e: 0.83),
    "steel": Entry(.engineeringToolBox, "itself", 0.74, 0.57, e: 0.60),
    "wood": Entry(.openStax, "metal", 0.5, 0.3, e: 0.60),
  ]

  package static let pairs: [Pair] = [
    Pair("abs", "steel", .wypych, 0.30),
    Pair("acetal", "steel", .shackelford, 0.2),
    Pair("aluminium", "aluminium", .wypych, 0.42, 0.34),
    Pair("aluminium", "glass", .engineeringToolBox, 0.6),
    Pair("aluminium", "steel", .engineeringToolBox, 0.61, 0.47),
    Pair("aluminium", "wood", .openStax, 0.5, 0.3),
    Pair("brass", "steel", .engineeringToolBox, 0.51, 0.44),
    Pair("concrete", "rubber", .openStax, 1.0, 0.7),
    Pair("concrete", "wood", .engineeringToolBox, 0.62),
    Pair("copper", "glass", .engineeringToolBox, 0.68, 0.53),
    Pair("copper", "steel", .engineeringToolBox, 0.53, 0.36),
    Pair("glass", "glass", .engineeringToolBox, 0.95, 0.4),
    Pair("glass", "steel", .engineeringToolBox, 0.6),
    Pair("leather", "steel", .engineeringToolBox, 0.6),
    Pair("leather", "wood", .engineeringToolBox, 0.35),
    Pair("polycarbonate", "polycarbonate", .shackelford, 0.52),
    Pair("polyethylene", "steel", .engineeringToolBox, 0.2),
    Pair("polystyrene", "steel", .engineeringToolBox, 0.325),
    Pair("ptfe", "ptfe", .engineeringToolBox, 0.05, 0.04),
    Pair("ptfe", "steel", .openStax, 0.04),
    Pair("pvc", "steel", .wypych, 0.53, 0.38),
    Pair("rubber", "steel", .engineeringToolBox, 0.75),
    Pair("steel", "steel", .engineeringToolBox, 0.74, 0.57),
    Pair("steel", "wood", .openStax, 0.5, 0.3),
    Pair("wood", "wood", .openStax, 0.5, 0.3),
  ]
}
