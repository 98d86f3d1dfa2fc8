internal import CODE
internal import SeedbedGeometry

extension World {
  /// Who touched whom in the last step of the last frame, sorted by participants.
  public var contacts: [Contact] {
    var sums: [Sum] = []
    for i in 0..<collider.touchCount {
      let touch = collider.touches[i]
      let pair = collider.pairs[Int(touch.pair)]
      var first = collider.geoms[Int(pair.first)].owner, second = collider.geoms[Int(pair.second)].owner
      var normal = touch.normal
      let force = Touching.normalForce(touch, collider.feedback[i])
      if second < first {
        swap(&first, &second)
        normal = -normal
      }
      sums.append(
        Sum(first: first, second: second, point: touch.point, normal: normal, force: force, depth: touch.depth))
    }
    // A stable order within a pair: the order in which the points were found.
    let order = sums.indices.sorted {
      (sums[$0].first, sums[$0].second, $0) < (sums[$1].first, sums[$1].second, $1)
    }
    var result: [Contact] = []
    var start = 0
    while start < order.count {
      let head = sums[order[start]]
      var end = start
      while end < order.count, sums[order[end]].first == head.first, sums[order[end]].second == head.second { end += 1 }
      result.append(Self.merged(order[start..<end].map { sums[$0] }))
      start = end
    }
    return result
  }

  private struct Sum {
    var first: Contact.Participant, second: Contact.Participant
    var point: Vector3, normal: Vector3
    var force: Double, depth: Double
  }

  private static func merged(_ points: [Sum]) -> Contact {
    let total = points.reduce(0) { $0 + $1.force }
    var point = Vector3.zero, normal = Vector3.zero
    var depth = 0.0
    for p in points {
      let weight = total > 0 ? p.force / total : 1 / Double(points.count)
      point += p.point * weight
      normal += p.normal * weight
      depth = max(depth, p.depth)
    }
    return Contact(
      first: points[0].first, second: points[0].second, point: point, normal: normal.normalized ?? points[0].normal,
      normalForce: total, depth: depth)
  }
}
