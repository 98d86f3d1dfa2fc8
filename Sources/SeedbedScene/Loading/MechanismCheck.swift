import Diagnostics
import SeedbedGeometry
import URDF

/// What keeps a URDF from being an articulated object: everything that the physics could not take or would have to guess.
struct MechanismCheck {
  /// With the URDF's logical path.
  private(set) var problems: [Diagnostic] = []
  /// Links whose mass is that of their collision shapes at the object's density.
  private(set) var filledLinks: [Int] = []
  private let model: RobotDescription
  private let isFixed: Bool, hasDensity: Bool
  private let meshes: [String: MeshAsset]

  /// Of damping and friction, in SI units.
  static let mostLoss = 1e6
  private static let mostJoints = 64, mostLinks = 256
  /// m: of a shape; m: of an origin; rad and m: of a limit.
  private static let sizes = 1e-4...100.0, farthest = 1000.0, mostTurn = 1e4, mostTravel = 100.0
  /// kg.
  private static let mostMass = 1e6

  init(_ model: RobotDescription, isFixed: Bool, hasDensity: Bool, meshes: [String: MeshAsset]) {
    self.model = model
    self.isFixed = isFixed
    self.hasDensity = hasDensity
    self.meshes = meshes
  }

  mutating func run() {
    let moving = model.joints.filter(\.isPassive)
    if moving.count > Self.mostJoints || model.links.count > Self.mostLinks {
      problem(
        model.links[model.rootLink].location,
        "The URDF has \(moving.count) joints that move and \(model.links.count) links, but an object can have at most "
          + "\(Self.mostJoints) and \(Self.mostLinks).", "Weld or remove what is not needed.")
    }
    if moving.isEmpty, let joint = model.joints.first {
      problems.append(
        Diagnostic(
          .warning, at: joint.location,
          "None of the URDF's \(model.joints.count) joints can move: it is one rigid body.",
          remedy: "Make one revolute, continuous or prismatic, with limits that differ, if it should."))
    }
    for joint in model.joints { check(joint) }
    for link in model.links { check(link) }
    if model.links.allSatisfy(\.collisions.isEmpty) {
      problem(
        model.links[model.rootLink].location, "The URDF has no <collision>: nothing could touch it.",
        "Give its links collision shapes.")
    }
    checkMasses()
  }

  private mutating func problem(_ location: SourceLocation, _ message: String, _ remedy: String) {
    problems.append(Diagnostic(.error, at: location, message, remedy: remedy))
  }

  private mutating func check(_ joint: Joint) {
    let name = "The joint '\(joint.name)'"
    if joint.kind == .floating || joint.kind == .planar {
      problem(
        joint.location,
        "\(name) is \(joint.kind.rawValue); joints of objects are revolute, continuous, prismatic or fixed.",
        "Use one of these, or make two objects of it.")
    }
    if joint.mimic != nil {
      problem(
        joint.location, "\(name) mimics another one, which joints of objects cannot.", "Remove its <mimic>.")
    }
    let isPrismatic = joint.kind == .prismatic
    for (end, value) in [("lower", joint.lower), ("upper", joint.upper)] {
      guard joint.isPassive, joint.kind != .continuous, let value else { continue }
      let most = isPrismatic ? Self.mostTravel : Self.mostTurn
      if abs(value) > most {
        problem(
          joint.location, "The \(end) limit of the joint '\(joint.name)' is \(value) \(isPrismatic ? "m" : "rad").",
          "Write one within \(most.short), or leave the limits out.")
      }
    }
    for (what, value) in [("damping", joint.damping), ("friction", joint.friction)] where value > Self.mostLoss {
      problem(
        joint.location, "The \(what) of the joint '\(joint.name)' is \(value), more than \(Self.mostLoss.short).",
        "Correct it, or make the joint fixed.")
    }
    checkPlace(joint.origin, joint.location, "The origin of the joint '\(joint.name)'")
  }

  private mutating func checkPlace(_ pose: Pose, _ location: SourceLocation, _ what: String) {
    let distance = pose.position.length
    if !pose.isFinite || !(distance <= Self.farthest) {
      problem(location, "\(what) is \(distance) m away.", "Write metres, at most \(Self.farthest.short).")
    }
  }

  private mutating func check(_ link: Link) {
    for collision in link.collisions {
      checkPlace(collision.origin, collision.location, "The origin of a collision shape of '\(link.name)'")
      guard let box = AxisAlignedBox(containing: collision.geometry.outline(meshes)) else {
        problem(collision.location, "A mesh of the link '\(link.name)' has no vertices.", "Export it again.")
        continue
      }
      let size = box.size
      let isMesh = if case .mesh = collision.geometry { true } else { false }
      // A flat mesh collides as a thin box.
      let edges = isMesh ? [size.length] : [size.x, size.y, size.z]
      if let wrong = edges.first(where: { !Self.sizes.contains($0) }) {
        problem(
          collision.location,
          "A collision shape of the link '\(link.name)' is \(wrong.short) m in size, but must be from "
            + "\(Self.sizes.lowerBound) to \(Self.sizes.upperBound.short) m.", "Are its numbers metres?")
      }
    }
    for visual in link.visuals {
      checkPlace(visual.origin, visual.location, "The origin of a visual of '\(link.name)'")
    }
  }

  /// Whatever moves needs a mass that a body can have.
  private mutating func checkMasses() {
    for body in bodies() {
      var mass = 0.0
      for number in body {
        let link = model.links[number]
        guard let inertial = link.inertial else {
          guard !link.collisions.isEmpty else { continue }
          if hasDensity {
            filledLinks.append(number)
            mass += Inertial.leastMovingMass
          } else {
            problem(
              link.location, "The link '\(link.name)' moves, but has no <inertial>.",
              "Write its mass and inertia, or give the object a `density` in kg/m³.")
            mass = .infinity
          }
          continue
        }
        mass += inertial.mass
        if !(inertial.mass <= Self.mostMass) {
          problem(link.location, "The mass of the link '\(link.name)' is \(inertial.mass) kg.", "Write kilograms.")
        } else if let reason = inertial.implausibility ?? inertial.misfit(toSize: link.size(meshes)) {
          problem(
            link.location, "The link '\(link.name)' moves, but its inertia \(reason): no body has that.",
            "Correct ixx … izz (kg m², about the centre of mass), or remove <inertial> and give the object a `density`."
          )
        }
        checkPlace(inertial.origin, link.location, "The centre of mass of '\(link.name)'")
      }
      if mass < Inertial.leastMovingMass, let first = body.first {
        problem(
          model.links[first].location, "The link '\(model.links[first].name)' moves, but has the mass \(mass) kg.",
          "Write an <inertial> with a mass of at least \(Inertial.leastMovingMass) kg.")
      }
    }
  }

  /// Links that move as one, without those that stand still in the world.
  private func bodies() -> [[Int]] {
    var bodyOfLink = [Int?](repeating: nil, count: model.links.count)
    var bodies: [[Int]] = []
    if !isFixed {
      bodyOfLink[model.rootLink] = 0
      bodies.append([model.rootLink])
    }
    for number in KinematicTree(model).order {
      let joint = model.joints[number]
      if joint.isPassive {
        bodyOfLink[joint.child] = bodies.count
        bodies.append([joint.child])
      } else if let body = bodyOfLink[joint.parent] {
        bodyOfLink[joint.child] = body
        bodies[body].append(joint.child)
      }
    }
    return bodies
  }
}
