public import SeedbedGeometry
public import SeedbedScene

/// Where the object has to end: inside a bin, or on top of something.
///
/// The zone's frame is the goal's own frame. For a bin: the inner footprint, from the floor's upper side to the rim.
/// For anything else: the top face of its bounding box (in the pose that it has), and one metre of air above it.
public struct PlacementZone: Sendable, Equatable {
  public var isBin: Bool
  /// Of the floor's middle in the goal's frame.
  public var floor: Pose
  /// Half the footprint, metres.
  public var halfX: Double, halfY: Double
  /// From the floor to the rim, metres.
  public var depth: Double

  public init(isBin: Bool, floor: Pose, halfX: Double, halfY: Double, depth: Double) {
    self.isBin = isBin
    self.floor = floor
    self.halfX = halfX
    self.halfY = halfY
    self.depth = depth
  }

  /// Something taller than the bin is inside when it stands on the floor: its lowest point at most this high, metres.
  public static let standing = 0.01

  /// Distances of an object from the zone's borders, metres.
  public struct Margins: Sendable, Equatable {
    /// Of the object's centre: to the nearest side wall, to the floor (from above), to the rim (from below).
    public var side: Double, floor: Double, rim: Double
    /// Of the object's lowest point above the floor: how much lower it is than it may be to count as standing.
    public var standing: Double

    public init(side: Double, floor: Double, rim: Double, standing: Double) {
      self.side = side
      self.floor = floor
      self.rim = rim
      self.standing = standing
    }

    /// The centre is within the footprint and above the floor, and either below the rim or the object stands on the
    /// floor.
    public var isInside: Bool { side > 0 && floor > 0 && (rim > 0 || standing > 0) }
  }

  /// `goal`: the goal object's pose in the world; `object`: the solid around the object, in the world.
  package func margins(of object: SolidBound, goal: Pose) -> Margins {
    let frame = goal * floor
    let p = frame.inverse.apply(object.pose.position)
    let lowest = p.z - object.extent(along: frame.rotate(.unitZ))
    return Margins(
      side: min(halfX - abs(p.x), halfY - abs(p.y)), floor: p.z, rim: depth - p.z,
      standing: PlacementZone.standing - lowest)
  }
}

extension PlacementZone {
  /// The zone of an object that stands as `pose` says.
  public init(_ shape: ShapeInstance, at pose: Pose, meshes: [String: MeshAsset]) {
    if case .bin(let size, let wall) = shape {
      self.init(
        isBin: true, floor: Pose(Vector3(0, 0, wall - size.z / 2)), halfX: max(0, size.x / 2 - wall),
        halfY: max(0, size.y / 2 - wall), depth: max(0, size.z - wall))
      return
    }
    let bound = SolidBound(shape, meshes: meshes)
    // The axis of the goal's frame that points up most is the zone's z.
    let up = bound.pose.orientation.conjugate.rotate(pose.orientation.conjugate.rotate(.unitZ))
    let axis = abs(up.x) > abs(up.y) && abs(up.x) > abs(up.z) ? 0 : abs(up.y) > abs(up.z) ? 1 : 2
    var direction = Vector3.zero
    direction[axis] = up[axis] < 0 ? -1 : 1
    let half = (0..<3).map { i in
      var unit = Vector3.zero
      unit[i] = 1
      return SolidBound(form: bound.form, pose: .identity, half: bound.half).extent(along: unit)
    }
    let x = direction.anyOrthogonal, y = direction.cross(x)
    let extents = Vector3(half[0], half[1], half[2])
    let frame = Pose(
      bound.pose.apply(direction * half[axis]),
      bound.pose.orientation * Quaternion(Matrix3(columns: x, y, direction)))
    self.init(
      isBin: false, floor: frame, halfX: abs(x.dot(extents)), halfY: abs(y.dot(extents)), depth: 1)
  }
}
