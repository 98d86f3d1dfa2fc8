internal import CODE
internal import SeedbedGeometry
internal import SeedbedScene

/// A geom of ODE with what the contact recipe needs to know about it.
struct CollisionGeom {
  /// What it is, as far as contacts care; metres, in the geom's own frame.
  enum Shape {
    case sphere
    case polyhedron(PolyhedronView)
    /// Along z.
    case cylinder(radius: Double, halfLength: Double)
    /// Along z; the length is the cylindrical part's.
    case capsule(radius: Double, halfLength: Double)
  }

  let id: dGeomID
  /// nil: fixed in the world.
  let body: dBodyID?
  let owner: Contact.Participant
  /// On a body that hangs on a joint of an articulated object.
  let isJointed: Bool
  /// Of the robot's tree: the number of the body; nil for objects and what is fixed.
  let robotBody: Int?
  let shape: Shape
  /// True for hulls: ODE gives a single contact where one meets another polyhedron or a cylinder.
  let isHull: Bool
  let friction: Double
  let restitution: Double
  /// Of the object it belongs to, kg; infinite for links and what is fixed.
  let mass: Double
  /// Its smallest principal moment of inertia, kg m²; infinite likewise.
  let inertia: Double
  let material: SurfaceMaterial?
  /// Of a finger.
  let pad: PadInstance?
  /// Of a fixed box.
  let faces: UnsafePointer<FixedFaces>?
}

/// A polyhedron in memory that the world owns, laid out for reading without reference counts.
struct PolyhedronView {
  let vertices: UnsafeMutablePointer<Vector3>
  let normals: UnsafeMutablePointer<Vector3>
  /// Vertex numbers of face f are `corners[starts[f] ..< starts[f + 1]]`.
  let corners: UnsafeMutablePointer<Int32>
  let starts: UnsafeMutablePointer<Int32>
  let faceCount: Int
  /// A face has at most this many corners.
  static let maximumCorners = ConvexPolyhedron.maximumVertices

  init(_ polyhedron: ConvexPolyhedron, in world: inout ODEWorld) {
    vertices = world.keep(polyhedron.vertices)
    normals = world.keep(polyhedron.normals)
    corners = world.keep(polyhedron.faces.joined().map { Int32($0) })
    var sums: [Int32] = [0]
    for face in polyhedron.faces { sums.append((sums.last ?? 0) + Int32(face.count)) }
    starts = world.keep(sums)
    faceCount = polyhedron.faces.count
  }
}

/// A convex solid to collide with, before it becomes a geom.
enum CollisionSolid {
  case box(Vector3)
  case cylinder(radius: Double, length: Double)
  case sphere(radius: Double)
  case capsule(radius: Double, length: Double)
  case hull(ConvexPolyhedron)
}

extension ODEWorld {
  /// Creates the geom at `pose`: in its body's frame, or in the world without a body.
  mutating func makeGeom(
    _ solid: CollisionSolid, at pose: Pose, body: dBodyID?, owner: Contact.Participant, friction: Double,
    restitution: Double, mass: MassProperties? = nil, robotBody: Int? = nil, isJointed: Bool = false,
    material: SurfaceMaterial? = nil, pad: PadInstance? = nil
  ) -> CollisionGeom {
    var pose = pose
    let geom: dGeomID
    let shape: CollisionGeom.Shape
    var isHull = false
    switch solid {
    case .box(let size):
      geom = dCreateBox(nil, size.x, size.y, size.z)
      shape = .polyhedron(PolyhedronView(ConvexPolyhedron(box: size), in: &self))
    case .cylinder(let radius, let length):
      geom = dCreateCylinder(nil, radius, length)
      shape = .cylinder(radius: radius, halfLength: length / 2)
    case .sphere(let radius):
      geom = dCreateSphere(nil, radius)
      shape = .sphere
    case .capsule(let radius, let length):
      geom = dCreateCapsule(nil, radius, length)
      shape = .capsule(radius: radius, halfLength: length / 2)
    case .hull(let hull):
      // The collider takes the geom's origin for a point inside, so that is moved into the middle.
      let middle = hull.vertices.reduce(Vector3.zero, +) / Double(hull.vertices.count)
      let centred = hull.translated(by: -middle)
      pose = pose * Pose(middle)
      geom = makeConvex(centred)
      shape = .polyhedron(PolyhedronView(centred, in: &self))
      isHull = true
    }
    adopt(geom)
    var faces: UnsafePointer<FixedFaces>?
    if case .box(let size) = solid, body == nil {
      faces = UnsafePointer(keep([FixedFaces(size: size, pose: pose)]))
    }
    if let body {
      dGeomSetBody(geom, body)
      ODEValue.setOffset(geom, pose)
    } else {
      ODEValue.setGeomPose(geom, pose)
    }
    return CollisionGeom(
      id: geom, body: body, owner: owner, isJointed: isJointed, robotBody: robotBody, shape: shape, isHull: isHull,
      friction: friction, restitution: restitution,
      mass: mass?.mass ?? .infinity, inertia: mass.map { $0.inertia.symmetricEigenvalues.x } ?? .infinity,
      material: material, pad: pad, faces: faces)
  }

  private mutating func makeConvex(_ hull: ConvexPolyhedron) -> dGeomID {
    var planes: [Double] = [], points: [Double] = []
    var polygons: [UInt32] = []
    for (face, normal) in zip(hull.faces, hull.normals) {
      planes += [normal.x, normal.y, normal.z, normal.dot(hull.vertices[face[0]])]
      polygons.append(UInt32(face.count))
      polygons += face.map { UInt32($0) }
    }
    for v in hull.vertices { points += [v.x, v.y, v.z] }
    return dCreateConvex(
      nil, keep(planes), UInt32(hull.faces.count), keep(points), UInt32(hull.vertices.count), keep(polygons))
  }
}
