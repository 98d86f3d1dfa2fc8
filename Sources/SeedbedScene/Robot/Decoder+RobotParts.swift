import Diagnostics
import SeedbedGeometry
import URDF

/// What the physics can work with; a robot beyond it is refused before a run begins.
private enum PartLimits {
  /// kg of a link that moves.
  static let mass = 1e6
  /// kg m² of a link that moves.
  static let inertia = 1e9
  /// m, of anything from the frame that it is given in.
  static let distance = 1e3
  /// m, of a shape that collides.
  static let size = 1e-5...1e3
  /// m, of a mesh that collides, from corner to corner; a flat one is thickened.
  static let meshSize = 1e-5...1e3
  /// m, of a shape that is only seen.
  static let seen = 1e5
  static let mimic = 1e6
}

extension Decoder {
  /// Refuses numbers of a URDF that no world can be built from, as far as the robot uses them: a link that stays where it
  /// is may have any mass.
  func checkParts(_ source: RobotSource, driven: [String]) {
    let robot = source.robot
    for joint in robot.joints {
      let distance = joint.origin.position.length
      if !(distance <= PartLimits.distance) {
        error(
          source.place(joint.location), "The joint `\(joint.name)` lies \(distance.short) m away from its parent link.",
          "Correct xyz of its <origin>: metres, at most \(PartLimits.distance.short).")
      }
      if let mimic = joint.mimic, max(abs(mimic.multiplier), abs(mimic.offset)) >= PartLimits.mimic {
        error(
          source.place(joint.location),
          "The joint `\(joint.name)` follows `\(mimic.joint)` with multiplier \(mimic.multiplier.short) and offset \(mimic.offset.short).",
          "Both must lie between -\(PartLimits.mimic.short) and \(PartLimits.mimic.short).")
      }
    }
    let bodies = robot.bodies(driven: driven)
    checkMasses(source, bodies)
    var boxes: [String: AxisAlignedBox] = [:]
    for link in robot.links {
      for collision in link.collisions {
        checkShape(collision.geometry, collision.origin, "collision", of: link, collision.location, source, &boxes)
      }
      for visual in link.visuals {
        checkShape(visual.geometry, visual.origin, "visual", of: link, visual.location, source, &boxes)
      }
    }
  }

  private func checkMasses(_ source: RobotSource, _ bodies: [Int?]) {
    let robot = source.robot
    var masses: [Int: Double] = [:]
    var misfits: [(link: Link, reason: String)] = []
    for (link, body) in zip(robot.links, bodies) {
      guard let body else { continue }
      masses[body, default: 0] += link.inertial?.mass ?? 0
      guard let inertial = link.inertial else { continue }
      if inertial.mass > PartLimits.mass {
        error(
          source.place(link.location), "The link `\(link.name)` moves and has a mass of \(inertial.mass.short) kg.",
          "Correct its <mass>: at most \(PartLimits.mass.short) kg.")
      }
      let moments = inertial.principalMoments
      if let reason = inertial.misfit(toSize: link.size(source.meshes)) { misfits.append((link, reason)) }
      if inertial.mass >= Inertial.leastMovingMass, inertial.radiusOfGyration > Inertial.credibleRadii.upperBound {
        error(
          source.place(link.location),
          "The link `\(link.name)` moves and has an inertia of up to \(moments.z.short) kg m²: with \(inertial.mass.short) kg "
            + "that is a body of more than a kilometre.",
          "Correct ixx … izz of its <inertia>: kg m², about the centre of mass.")
      } else if !(max(abs(moments.x), abs(moments.y), abs(moments.z)) <= PartLimits.inertia) {
        error(
          source.place(link.location),
          "The link `\(link.name)` moves and has an inertia of up to \(moments.z.short) kg m².",
          "Correct ixx … izz of its <inertia>: at most \(PartLimits.inertia.short) kg m².")
      }
      let distance = inertial.origin.position.length
      if !(distance <= PartLimits.distance) {
        error(
          source.place(link.location),
          "The centre of mass of the link `\(link.name)` lies \(distance.short) m away from it.",
          "Correct xyz of its <origin> in <inertial>: metres, at most \(PartLimits.distance.short).")
      }
    }
    if let first = misfits.first {
      let names = misfits.dropFirst().prefix(6).map { "`\($0.link.name)`" }.joined(separator: ", ")
      let more = names.isEmpty ? "" : " Likewise: \(names)\(misfits.count > 7 ? ", …" : "")."
      warning(
        source.place(first.link.location), "The inertia of `\(first.link.name)` \(first.reason).\(more)",
        "Correct ixx … izz: kg m², about the centre of mass; they are used as they are.")
    }
    let light = masses.keys.sorted().filter { masses[$0, default: 0] < Inertial.leastMovingMass }
    guard let first = light.first else { return }
    let names = light.prefix(6).map { "`\(robot.links[robot.joints[$0].child].name)`" }.joined(separator: ", ")
    warning(
      source.place(robot.links[robot.joints[first].child].location),
      "\(light.count == 1 ? "The link" : "The links") \(names)\(light.count > 6 ? ", …" : "") \(light.count == 1 ? "moves" : "move") without a mass of at least \(Inertial.leastMovingMass) kg; 10 g each are assumed.",
      "Write their <inertial>.")
  }

  private func checkShape(
    _ geometry: Geometry, _ origin: Pose, _ what: String, of link: Link, _ location: SourceLocation,
    _ source: RobotSource, _ boxes: inout [String: AxisAlignedBox]
  ) {
    let distance = origin.position.length
    if !(distance <= PartLimits.distance) {
      error(
        source.place(location), "A \(what) shape of the link `\(link.name)` lies \(distance.short) m away from it.",
        "Correct xyz of its <origin>: metres, at most \(PartLimits.distance.short).")
    }
    let collides = what == "collision"
    var allowed = collides ? PartLimits.size : 0...PartLimits.seen
    let sizes: [Double]
    var kind: String
    var advice = "Correct its size: metres"
    switch geometry {
    case .box(let size): (kind, sizes) = ("box", [size.x, size.y, size.z])
    case .cylinder(let radius, let length): (kind, sizes) = ("cylinder", [radius, length])
    case .capsule(let radius, let length): (kind, sizes) = ("capsule", [radius, length])
    case .sphere(let radius): (kind, sizes) = ("sphere", [radius])
    case .mesh(let path, let scale):
      if boxes[path] == nil { boxes[path] = source.meshes[path].flatMap(\.box) }
      guard let box = boxes[path] else { return }
      (kind, sizes) = ("mesh \(source.displayed(path))", [box.size.scaled(by: scale).length])
      advice = "Are its numbers metres? Correct the file or `scale`"
      if collides { allowed = PartLimits.meshSize }
    }
    guard let wrong = sizes.first(where: { !allowed.contains($0) }) else { return }
    error(
      source.place(location), "The \(kind) (\(what) of the link `\(link.name)`) has a size of \(wrong.short) m.",
      advice + (collides ? ", from \(allowed.lowerBound) to \(allowed.upperBound.short)." : "."))
  }
}

extension MeshAsset {
  /// Around all parts.
  var box: AxisAlignedBox? { AxisAlignedBox(containing: parts.lazy.flatMap(\.mesh.positions)) }
}

extension RobotDescription {
  /// By link: the driven joint, or the one that follows a driven one, that moves it and all that is fixed to it; nil for
  /// links that stay where they are.
  func bodies(driven names: [String]) -> [Int?] {
    let tree = KinematicTree(self)
    let driven = Set(names.compactMap(jointIndex))
    var bodies = [Int?](repeating: nil, count: links.count)
    for index in tree.order {
      let moves = driven.contains(index) || driven.contains(tree.drives[index].source) && joints[index].mimic != nil
      bodies[joints[index].child] = moves ? index : bodies[joints[index].parent]
    }
    return bodies
  }
}
