internal import CODE
internal import SeedbedGeometry
internal import SeedbedScene
internal import URDF

extension CollisionPair {
  /// The pairs of a robot's own geoms that may touch, where its bodies stand at the start.
  ///
  /// Links of one body, of two bodies with one joint between them and of the gripper among themselves are left out, further
  /// what overlaps from the start (a hull that is wider than its link, a wrist that sits in its socket), of two bodies with
  /// two joints between them what is so near that it would after a small turn, and what the scene lets through.
  static func within(
    _ linkGeoms: Range<Int>, _ geoms: [CollisionGeom], _ tree: RobotTree, _ reduced: ReducedArm?,
    _ rules: MaterialRules, _ robot: RobotDescription, _ settings: SelfCollision
  ) -> [CollisionPair] {
    guard settings.isOn else { return [] }
    let parents = tree.joints.map(\.parent)
    let gripper = tree.fingers.flatMap { tree.joints[$0.first].parent }.map { tree.outboard(of: $0) } ?? []
    let disabled = settings.disabled.map { names in names.compactMap { robot.linkIndex($0) } }
    func parent(_ body: Int?) -> Int? { body.flatMap { parents[$0] } }
    func areApart(_ i: Int, _ j: Int) -> Bool {
      guard case .link(let a) = geoms[i].owner, case .link(let b) = geoms[j].owner else { return false }
      var areNeighbours = false
      switch (geoms[i].robotBody, geoms[j].robotBody) {
      case (nil, nil): return false
      case (let body?, nil), (nil, let body?):
        if parents[body] == nil { return false }
        areNeighbours = parent(parents[body]) == nil
      case (let first?, let second?):
        if first == second || parents[first] == second || parents[second] == first { return false }
        if gripper.contains(first) && gripper.contains(second) { return false }
        areNeighbours =
          parent(parents[first]) == second || parent(parents[second]) == first || parents[first] == parents[second]
      }
      if disabled.contains(where: { $0 == [a, b] || $0 == [b, a] }) || geoms[i].overlaps(geoms[j]) { return false }
      return !areNeighbours || !geoms[i].isNear(geoms[j])
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

extension CollisionGeom {
  /// m, and as a share of the smaller one's size: what hulls are wider than links, and what a wrist's joints bring nearer in
  /// the first tenth of a radian.
  private static let mostNear = 0.01, nearShare = 0.1

  fileprivate func overlaps(_ other: CollisionGeom) -> Bool {
    var contact = dContactGeom()
    return dCollide(id, other.id, 1, &contact, Int32(MemoryLayout<dContactGeom>.stride)) > 0
  }

  /// Whether the two would overlap after a small shift in any of 26 directions. Afterwards both are where they were, to the bit.
  fileprivate func isNear(_ other: CollisionGeom) -> Bool {
    let (box, otherBox) = (bounds, other.bounds)
    let reach = min(Self.mostNear, Self.nearShare * min(box.size.length, otherBox.size.length))
    guard box.overlaps(otherBox, within: reach) else { return false }
    let position = dGeomGetBody(id) == nil ? dGeomGetPosition(id) : dGeomGetOffsetPosition(id)
    guard let position else { return false }
    let (x, y, z) = (position[0], position[1], position[2])
    func move(_ by: Vector3) {
      if dGeomGetBody(id) == nil {
        dGeomSetPosition(id, x + by.x, y + by.y, z + by.z)
      } else {
        dGeomSetOffsetPosition(id, x + by.x, y + by.y, z + by.z)
      }
    }
    defer { move(.zero) }
    for index in 0..<27 where index != 13 {
      let direction = Vector3(Double(index % 3 - 1), Double(index / 3 % 3 - 1), Double(index / 9 - 1))
      move(direction * (reach / direction.length))
      if overlaps(other) { return true }
    }
    return false
  }

  /// The box around it as it stands, in the world.
  private var bounds: AxisAlignedBox {
    var box = [Double](repeating: 0, count: 6)
    dGeomGetAABB(id, &box)
    return AxisAlignedBox(lower: Vector3(box[0], box[2], box[4]), upper: Vector3(box[1], box[3], box[5]))
  }
}

extension AxisAlignedBox {
  fileprivate func overlaps(_ other: AxisAlignedBox, within reach: Double) -> Bool {
    let gap = Vector3(
      max(lower.x - other.upper.x, other.lower.x - upper.x), max(lower.y - other.upper.y, other.lower.y - upper.y),
      max(lower.z - other.upper.z, other.lower.z - upper.z))
    return max(gap.x, gap.y, gap.z) <= reach
  }
}
