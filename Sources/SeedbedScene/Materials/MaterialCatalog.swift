import SeedbedRandomness

/// The materials that a scene may name, before the draws: the built-in table with the scene's own figures over it.
public struct MaterialCatalog: Sendable {
  struct Figures: Sendable {
    var friction: Variable<Double>
    /// nil: as `friction`.
    var kineticFriction: Variable<Double>?
    /// nil for a pair: the geometric mean of the two materials'.
    var restitution: Variable<Double>?
  }

  struct Key: Hashable, Comparable {
    var first: String, second: String
    init(_ a: String, _ b: String) { (first, second) = (min(a, b), max(a, b)) }
    static func < (a: Key, b: Key) -> Bool { (a.first, a.second) < (b.first, b.second) }
  }

  /// Each against a hard counterpart.
  private(set) var materials: [String: Figures]
  private(set) var pairs: [Key: Figures]

  init() {
    materials = MaterialTable.entries.mapValues {
      Figures(
        friction: .constant($0.friction), kineticFriction: .constant($0.kineticFriction),
        restitution: .constant($0.restitution))
    }
    pairs = Dictionary(
      uniqueKeysWithValues: MaterialTable.pairs.map {
        (
          Key($0.first, $0.second),
          Figures(friction: .constant($0.friction), kineticFriction: .constant($0.kineticFriction))
        )
      })
  }

  var names: [String] { materials.keys.sorted() }

  mutating func set(_ name: String, _ figures: Figures) { materials[name] = figures }
  mutating func set(_ key: Key, _ figures: Figures) { pairs[key] = figures }

  /// What the material does against something without one.
  func friction(of name: String) -> Variable<Double>? { materials[name]?.friction }
  func restitution(of name: String) -> Variable<Double>? { materials[name]?.restitution }

  /// All pairs of the materials, sorted, with the figures of one episode.
  func draw(_ used: Set<String>, _ drawing: inout Drawing) -> [MaterialPair]? {
    let used = used.sorted()
    guard !used.isEmpty else { return nil }
    var own: [String: (friction: Double, kinetic: Double, restitution: Double)] = [:]
    for name in used {
      guard let figures = materials[name] else { continue }
      let friction = figures.friction.draw(&drawing)
      own[name] = (
        friction, figures.kineticFriction?.draw(&drawing) ?? friction, figures.restitution?.draw(&drawing) ?? 0
      )
    }
    var result: [MaterialPair] = []
    for (i, a) in used.enumerated() {
      for b in used[i...] {
        guard let first = own[a], let second = own[b] else { continue }
        var friction = (first.friction * second.friction).squareRoot()
        var kinetic = (first.kinetic * second.kinetic).squareRoot()
        var restitution = (first.restitution * second.restitution).squareRoot()
        if let figures = pairs[Key(a, b)] {
          friction = figures.friction.draw(&drawing)
          kinetic = figures.kineticFriction?.draw(&drawing) ?? friction
          restitution = figures.restitution?.draw(&drawing) ?? restitution
        }
        result.append(
          MaterialPair(
            a, b, friction: friction, kineticFriction: min(kinetic, friction), restitution: restitution))
      }
    }
    return result
  }
}
