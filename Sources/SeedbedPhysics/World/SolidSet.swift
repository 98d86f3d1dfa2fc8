internal import CODE
internal import SeedbedGeometry
internal import SeedbedScene
internal import URDF

/// Everything that can be touched, before ODE knows of it.
struct SolidSet {
  struct LinkSolid {
    var link: Int
    /// nil: fixed in the world.
    var body: Int?
    /// In the body's frame or the world.
    var pose: Pose
    var solid: CollisionSolid
    var friction: Double
    var material: SurfaceMaterial?
    /// Of fingers.
    var pad: PadInstance?
  }

  struct ObjectSolids {
    var pose: Pose
    /// nil: fixed.
    var mass: MassProperties?
    /// In the shape's frame.
    var parts: [(pose: Pose, solid: CollisionSolid)]
    var friction: Double
    var restitution: Double
    var material: SurfaceMaterial?

    func makeBody(in ode: inout ODEWorld) -> ObjectBody {
      guard let mass else { return ObjectBody(body: nil, pose: pose, center: .zero) }
      let body = ode.makeBody(mass, weightless: false)
      ODEValue.setBodyPose(body, pose * Pose(mass.center))
      return ObjectBody(body: body, pose: pose, center: mass.center)
    }
  }

  var links: [LinkSolid] = []
  var objects: [ObjectSolids] = []

  init(
    _ robot: RobotDescription, _ instance: SceneInstance, _ tree: RobotTree, _ hulls: CollisionHulls,
    problems: inout [String]
  ) {
    // What hangs on a finger is a finger.
    let fingerBodies = tree.fingers.map { tree.outboard(of: $0.first) + tree.outboard(of: $0.second) } ?? []
    for (i, link) in robot.links.enumerated() {
      let mount = tree.mounts[i]
      let isFinger = mount.body.map { fingerBodies.contains($0) } ?? false
      for collision in link.collisions {
        guard let solid = CollisionSolid(collision.geometry, hulls) else {
          problems.append("A collision shape of the link \"\(link.name)\" is not usable: \(collision.geometry).")
          continue
        }
        links.append(
          LinkSolid(
            link: i, body: mount.body, pose: mount.pose * collision.origin.normalized, solid: solid,
            friction: isFinger ? instance.robot.fingerFriction : instance.robot.linkFriction,
            material: isFinger ? instance.robot.fingerMaterial : instance.robot.linkMaterial,
            pad: isFinger ? instance.robot.gripper.pad : nil))
      }
    }
    for object in instance.objects {
      guard let parts = ObjectShape.parts(object.shape, hulls),
        let mass = object.isFixed ? MassProperties.none : ObjectShape.mass(object.shape, object.mass, hulls)
      else {
        problems.append("The object \"\(object.name)\" has no usable shape: \(object.shape).")
        continue
      }
      objects.append(
        ObjectSolids(
          pose: object.pose.normalized, mass: object.isFixed ? nil : mass, parts: parts, friction: object.friction,
          restitution: object.restitution, material: object.material))
    }
  }
}

extension CollisionSolid {
  /// nil where a size is not positive or the mesh is missing.
  init?(_ geometry: Geometry, _ hulls: CollisionHulls) {
    switch geometry {
    case .box(let size):
      self = .box(size)
    case .cylinder(let radius, let length):
      self = .cylinder(radius: radius, length: length)
    case .sphere(let radius):
      self = .sphere(radius: radius)
    case .capsule(let radius, let length):
      self = .capsule(radius: radius, length: length)
    case .mesh(let path, let scale):
      guard scale.isFinite, abs(scale.x * scale.y * scale.z) > 0, let hull = hulls.hull(path, scale: scale) else {
        return nil
      }
      self = .hull(hull)
      // A sheet thinner than ODE's contacts can tell collides as its bounding box, thickened.
      if !isUsable, let box = AxisAlignedBox(containing: hull.vertices) {
        let thin = max(0.01 * box.size.length, Self.sizes.lowerBound)
        let size = Vector3(max(box.size.x, thin), max(box.size.y, thin), max(box.size.z, thin))
        self = .hull(ConvexPolyhedron(box: size, center: box.center))
      }
    }
    guard isUsable else { return nil }
  }

  /// From a hundredth of a millimetre to a kilometre.
  private static let sizes = 1e-5...1e3

  private var isUsable: Bool {
    let sizes: [Double]
    switch self {
    case .box(let size): sizes = [size.x, size.y, size.z]
    case .cylinder(let radius, let length), .capsule(let radius, let length): sizes = [radius, length]
    case .sphere(let radius): sizes = [radius]
    case .hull(let hull):
      guard let box = AxisAlignedBox(containing: hull.vertices) else { return false }
      sizes = [box.size.x, box.size.y, box.size.z]
    }
    return sizes.allSatisfy(Self.sizes.contains)
  }
}
