internal import CODE
internal import SeedbedGeometry

extension dContactGeom {
  @inline(__always) var point: Vector3 {
    get { Vector3(pos.0, pos.1, pos.2) }
    set { pos = (newValue.x, newValue.y, newValue.z, 0) }
  }
  @inline(__always) var direction: Vector3 {
    get { Vector3(normal.0, normal.1, normal.2) }
    set { normal = (newValue.x, newValue.y, newValue.z, 0) }
  }
}

/// Keeps the deepest point and those that spread widest.
enum ContactReduction {
  /// Moves the chosen points to the front; returns how many there are.
  static func reduce(_ contacts: UnsafeMutablePointer<dContact>, count: Int, to limit: Int) -> Int {
    guard count > limit else { return count }
    var deepest = 0
    for i in 1..<count where contacts[i].geom.depth > contacts[deepest].geom.depth { deepest = i }
    swap(contacts, 0, deepest)
    for chosen in 1..<limit {
      var best = chosen
      var reach = -1.0
      for i in chosen..<count {
        var nearest = Double.infinity
        for k in 0..<chosen {
          nearest = min(nearest, (contacts[i].geom.point - contacts[k].geom.point).squaredLength)
        }
        if nearest > reach {
          reach = nearest
          best = i
        }
      }
      swap(contacts, chosen, best)
    }
    return limit
  }

  @inline(__always) private static func swap(_ contacts: UnsafeMutablePointer<dContact>, _ i: Int, _ j: Int) {
    if i == j { return }
    let geom = contacts[i].geom
    contacts[i].geom = contacts[j].geom
    contacts[j].geom = geom
  }
}
