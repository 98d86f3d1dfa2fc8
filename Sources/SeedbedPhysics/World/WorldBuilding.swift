internal import CODE
internal import SeedbedGeometry
internal import SeedbedScene
internal import URDF

extension RobotTree {
  /// Puts the bodies where the joints' values say.
  func place(_ ids: [dBodyID], _ values: [Double]) {
    for (i, pose) in bodyPoses(values).enumerated() { ODEValue.setBodyPose(ids[i], pose * Pose(bodies[i].mass.center)) }
  }
}

extension MotorJoint {
  /// Builds the joints of the tree that the reduced arm has not; leaves the bodies at the joints' ODE zeros.
  static func build(
    _ tree: RobotTree, _ robot: RobotDescription, _ instance: RobotInstance, _ bodies: [dBodyID],
    besides reduced: ReducedArm?, in ode: inout ODEWorld
  ) -> [MotorJoint] {
    let zeros = tree.joints.map { joint in
      guard let lower = joint.lower, let upper = joint.upper, lower <= upper else { return joint.start }
      return 0.5 * (lower + upper)
    }
    tree.place(bodies, zeros)
    let frames = tree.bodyPoses(zeros)
    var result: [MotorJoint] = []
    for (i, joint) in tree.joints.enumerated() where reduced?.isLink(i) != true {
      result.append(
        MotorJoint(
          &ode, number: i, child: bodies[i], parent: joint.parent.map { bodies[$0] }, anchor: frames[i].position,
          axis: frames[i].rotate(joint.axis), isHinge: joint.isHinge, zero: zeros[i], lower: joint.lower,
          upper: joint.upper))
      if case .arm(let number) = joint.role {
        let loss = robot.joints[joint.joint]
        let own = instance.arm[number]
        result.last?.resist(
          damping: own.damping ?? loss.damping, friction: own.friction ?? loss.friction, in: ode)
      }
    }
    return result
  }
}

extension Collider {
  /// Makes all geoms and the list of pairs: objects with what is fixed and with each other, then the robot's links with
  /// everything, then with each other (`own`).
  static func build(
    _ solids: SolidSet, _ tree: RobotTree, _ robotBodies: [dBodyID], _ objects: [ObjectBody],
    _ mechanisms: [Mechanism], _ reduced: ReducedArm?, _ rules: MaterialRules, gravity: Vector3, h: Double,
    own: (Range<Int>, [CollisionGeom]) -> [CollisionPair], name: (Contact.Participant) -> String,
    warnings: inout [String], in ode: inout ODEWorld
  ) -> Collider {
    var geoms: [CollisionGeom] = []
    for (object, solid) in zip(objects.indices, solids.objects) {
      if let tree = solid.mechanism, let mechanism = mechanisms.first(where: { $0.object == object }) {
        for part in solid.parts {
          let mass = part.body.map { tree.bodies[$0].mass }
          geoms.append(
            ode.makeGeom(
              part.solid, at: mass.map { Pose(-$0.center) * part.pose } ?? part.pose,
              body: part.body.map { mechanism.bodies[$0] }, owner: .object(object), friction: solid.friction,
              restitution: solid.restitution, mass: mass,
              isJointed: part.body != nil && !tree.joints.isEmpty, material: solid.material))
        }
        continue
      }
      let body = objects[object].body
      for part in solid.parts {
        let pose = body == nil ? solid.pose * part.pose : Pose(-objects[object].center) * part.pose
        geoms.append(
          ode.makeGeom(
            part.solid, at: pose, body: body, owner: .object(object), friction: solid.friction,
            restitution: solid.restitution, mass: solid.mass, material: solid.material))
      }
    }
    let objectGeoms = geoms.indices
    for link in solids.links {
      let pose = link.body.map { Pose(-tree.bodies[$0].mass.center) * link.pose } ?? link.pose
      geoms.append(
        ode.makeGeom(
          link.solid, at: pose, body: link.body.map { robotBodies[$0] }, owner: .link(link.link),
          friction: link.friction, restitution: 0, robotBody: link.body, material: link.material, pad: link.pad))
    }
    let linkGeoms = objectGeoms.endIndex..<geoms.endIndex
    var pairs: [CollisionPair] = []
    for i in objectGeoms where geoms[i].body != nil {
      for j in objectGeoms where geoms[j].owner != geoms[i].owner && (geoms[j].body == nil || j < i) {
        pairs.append(CollisionPair(i, j, geoms, reduced, rules))
      }
    }
    for i in linkGeoms {
      for j in objectGeoms {
        if geoms[i].body == nil {
          if geoms[j].body != nil { pairs.append(CollisionPair(j, i, geoms, reduced, rules)) }
        } else if geoms[j].body != nil {
          pairs.append(CollisionPair(i, j, geoms, reduced, rules))
        } else if overlap(geoms[i], geoms[j]) {
          // A base that stands in a table is meant to; pushing them apart would tear the robot.
          warnings.append(
            "\(name(geoms[i].owner)) overlaps \(name(geoms[j].owner)) at the start; the two shapes do not collide.")
        } else {
          pairs.append(CollisionPair(i, j, geoms, reduced, rules))
        }
      }
    }
    pairs += own(linkGeoms, geoms)
    return Collider(geoms: geoms, pairs: pairs, reduced, gravity: gravity, h: h, in: &ode)
  }

  private static func overlap(_ a: CollisionGeom, _ b: CollisionGeom) -> Bool {
    var contact = dContactGeom()
    return dCollide(a.id, b.id, 1, &contact, Int32(MemoryLayout<dContactGeom>.stride)) > 0
  }
}
