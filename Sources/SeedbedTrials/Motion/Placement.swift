package import SeedbedGeometry

/// One way to let the object go.
package struct Placement: Sendable, Equatable {
  /// TCP when the fingers open.
  package var tcp: Pose
  /// Opening after the release, metres.
  package var opening: Double
  package var cost: Double
}

/// Finds out how the hand can put the object down in the zone.
struct PlacementSearch {
  var hand: HandModel
  var zone: PlacementZone
  var goal: Pose
  var target: GraspTarget
  var obstacles: [Obstacle]
  var base: Pose

  /// Heights of the object's lowest point above the floor that are tried, metres.
  private static let drops = [0.004, 0.012, 0.025, 0.045, 0.07, 0.1, 0.14, 0.2]

  /// Ways to release an object that is held by `grasp`, best first: any turn about the vertical, as low as fits.
  func placements(_ grasp: GraspCandidate) -> [Placement] {
    let floor = goal * zone.floor
    var result: [Placement] = []
    for turn in turns(grasp) {
      let rotation = Quaternion(axis: .unitZ, angle: turn)
      for drop in PlacementSearch.drops {
        let tcp = tcpPose(grasp, rotation: rotation, floor: floor, drop: drop)
        let best = openings(grasp).map { opening in
          Placement(tcp: tcp, opening: opening, cost: penalty(grasp, tcp: tcp, opening: opening))
        }.min { $0.cost < $1.cost }
        guard var placement = best else { continue }
        placement.cost = 10 * placement.cost + 8 * drop + 0.25 * abs(turn)
        result.append(placement)
        if placement.cost < 8 * drop + 0.25 * abs(turn) + 1e-9 { break }
      }
    }
    return result.enumerated().sorted { ($0.element.cost, $0.offset) < ($1.element.cost, $1.offset) }.map(\.element)
  }

  /// Turns of the object about the vertical: none, as far as the base turns, and those that line the hand up with the
  /// zone's sides.
  private func turns(_ grasp: GraspCandidate) -> [Double] {
    let closing = grasp.tcp.rotate(.unitY)
    let hand = atan2Of(closing.y, closing.x)
    let side = (goal * zone.floor).rotate(.unitX)
    let zoneYaw = atan2Of(side.y, side.x)
    let from = grasp.tcp.position - base.position
    let to = goal.apply(zone.floor.position) - base.position
    var result = [0.0, wrapped(atan2Of(to.y, to.x) - atan2Of(from.y, from.x))]
    for quarter in 0..<4 { result.append(wrapped(zoneYaw + Double(quarter) * 0.5 * Double.pi - hand)) }
    return result
  }

  private func openings(_ grasp: GraspCandidate) -> [Double] {
    [0.03, 0.018, 0.01].map { min(hand.maxOpening, grasp.width + $0) }
  }

  /// The object's middle above the floor's middle, its lowest point `drop` above it.
  func tcpPose(_ grasp: GraspCandidate, rotation: Quaternion, floor: Pose, drop: Double) -> Pose {
    let middle = target.bound.pose.position
    let bottom = target.interval(along: .unitZ).low
    let offset = rotation.rotate(grasp.tcp.position - middle)
    let height = floor.position.z + drop + (grasp.tcp.position.z - bottom)
    return Pose(
      Vector3(floor.position.x + offset.x, floor.position.y + offset.y, height), rotation * grasp.tcp.orientation)
  }

  private func penalty(_ grasp: GraspCandidate, tcp: Pose, opening: Double) -> Double {
    let carried = target.bound.placed(in: tcp * grasp.tcp.inverse)
    let shapes = (hand.palm + hand.fingerBounds(opening: opening)).map { $0.placed(in: tcp) }
    var sum = 0.0
    for obstacle in obstacles {
      for shape in shapes { sum += obstacle.penalty(shape) }
      sum += max(0, obstacle.penalty(carried) - 0.25)
    }
    return sum
  }
}
