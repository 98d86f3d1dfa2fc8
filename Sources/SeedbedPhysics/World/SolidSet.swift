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
    /// nil: fixed, or articulated.
    var mass: MassProperties?
    /// In the shape's frame, or that of the body.
    var parts: [Part]
    /// Of an articulated object.
    var mechanism: MechanismTree?
    var friction: Double
    var restitution: Double
    var material: SurfaceMaterial?

    struct Part {
      /// Number of the mechanism's body; nil: of the object's only body, or fixed in the world.
      var body: Int?
      var pose: Pose
      var solid: CollisionSolid
    }

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
    mechanisms: [String: RobotDescription], problems: inout [String]
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
      if case .urdf(let path) = object.shape {
        guard let model = mechanisms[path] else {
          problems.append("The URDF of the object \"\(object.name)\" is missing: \(path).")
          continue
        }
        objects.append(ObjectSolids(object, model, hulls, problems: &problems))
        continue
      }
      guard let parts = ObjectShape.parts(object.shape, hulls),
        let mass = object.isFixed ? MassProperties.none : ObjectShape.mass(object.shape, object.mass, hulls)
      else {
        problems.append("The object \"\(object.name)\" has no usable shape: \(object.shape).")
        continue
      }
      objects.append(
        ObjectSolids(
          pose: object.pose.normalized, mass: object.isFixed ? nil : mass,
          parts: parts.map { .init(body: nil, pose: $0.pose, solid: $0.solid) }, friction: object.friction,
          restitution: object.restitution, material: object.material))
    }
  }
}

extension SolidSet.ObjectSolids {
  /// The links of an articulated object.
  init(_ object: ObjectInstance, _ model: RobotDescription, _ hulls: CollisionHulls, problems: inout [String]) {
    let tree = MechanismTree(model, object, hulls, problems: &problems)
    self.init(
      pose: object.pose.normalized, mass: nil, parts: [], mechanism: tree, friction: object.friction,
      restitution: object.restitution, material: object.material)
    for (link, mount) in zip(model.links, tree.mounts) {
      for collision in link.collisions {
        guard let solid = CollisionSolid(collision.geometry, hulls) else {
          problems.append(
            "A collision shape of the link \"\(link.name)\" of the object \"\(object.name)\" is not usable: "
              + "\(collision.geometry).")
          continue
        }
        parts.append(Part(body: mount.body, pose: mount.pose * collision.origin.normalized, solid: solid))
      }
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

  /// Filled with a material of the density, kg/m³.
  func mass(density: Double) -> MassProperties {
    switch self {
    case .box(let size): return .box(mass: density * size.x * size.y * size.z, size: size)
    case .cylinder(let radius, let length):
      return .cylinder(mass: density * Double.pi * radius * radius * length, radius: radius, length: length)
    case .sphere(let radius):
      return .sphere(mass: density * 4 / 3 * Double.pi * radius * radius * radius, radius: radius)
    case .capsule(let radius, let length):
      let volume = Double.pi * radius * radius * (length + 4 / 3 * radius)
      return .capsule(mass: density * volume, radius: radius, length: length)
    case .hull(let hull):
      let mass = density * hull.volume
      if let properties = hull.massProperties(mass: mass) { return properties }
      guard let box = AxisAlignedBox(containing: hull.vertices) else { return .none }
      return MassProperties.box(mass: mass, size: box.size).transformed(by: Pose(box.center))
    }
  }

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
