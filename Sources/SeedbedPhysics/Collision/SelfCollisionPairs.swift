internal import CODE
internal import SeedbedScene
internal import URDF

extension CollisionPair {
  /// The pairs of a robot's own geoms that may touch, where its bodies stand at the start.
  ///
  /// Links of one body, of two bodies with one joint between them and of the gripper among themselves are left out, further
  /// what overlaps from the start (a hull that is wider than its link, a wrist that sits in its socket) and what the scene
  /// lets through.
  static func within(
    _ linkGeoms: Range<Int>, _ geoms: [CollisionGeom], _ tree: RobotTree, _ reduced: ReducedArm?,
    _ rules: MaterialRules, _ robot: RobotDescription, _ settings: SelfCollision
  ) -> [CollisionPair] {
    guard settings.isOn else { return [] }
    let parents = tree.joints.map(\.parent)
    let gripper = tree.fingers.flatMap { tree.joints[$0.first].parent }.map { tree.outboard(of: $0) } ?? []
    let disabled = settings.disabled.map { names in names.compactMap { robot.linkIndex($0) } }
    func areApart(_ i: Int, _ j: Int) -> Bool {
      guard case .link(let a) = geoms[i].owner, case .link(let b) = geoms[j].owner else { return false }
      switch (geoms[i].robotBody, geoms[j].robotBody) {
      case (nil, nil): return false
      case (let body?, nil), (nil, let body?): if parents[body] == nil { return false }
      case (let first?, let second?):
        if first == second || parents[first] == second || parents[second] == first { return false }
        if gripper.contains(first) && gripper.contains(second) { return false }
      }
      if disabled.contains(where: { $0 == [a, b] || $0 == [b, a] }) { return false }
      var contact = dContactGeom()
      return dCollide(geoms[i].id, geoms[j].id, 1, &contact, Int32(MemoryLayout<dContactGeom>.stride)) == 0
    }
    var pairs: [CollisionPair] = []
    for i in linkGeoms {
      for j in linkGeoms.lowerBound..<i where areApart(i, j) {
        // The first one has a body, and is dynamic where one of them is.
        let isFirst = geoms[i].body != nil && (geoms[j].body == nil || kinematicLink(geoms[i], reduced) < 0)
        pairs.append(isFirst ? CollisionPair(i, j, geoms, reduced, rules) : CollisionPair(j, i, geoms, reduced, rules))
      }
    }
    return pairs
  }
}
