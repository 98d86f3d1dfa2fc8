import SeedbedGeometry
import SeedbedMath
import SeedbedRandomness

extension VariableVector {
  func draw(_ drawing: inout Drawing) -> Vector3 {
    Vector3(x.draw(&drawing), y.draw(&drawing), z.draw(&drawing))
  }
}

extension RotationDescription {
  func draw(_ drawing: inout Drawing) -> Quaternion {
    switch self {
    case .rollPitchYaw(let angles):
      let a = angles.draw(&drawing)
      return Quaternion(roll: a.x, pitch: a.y, yaw: a.z)
    case .quaternion(let w, let v):
      let real = w.draw(&drawing), imaginary = v.draw(&drawing)
      return Quaternion(w: real, x: imaginary.x, y: imaginary.y, z: imaginary.z).normalized
    }
  }
}

extension PoseDescription {
  func draw(_ drawing: inout Drawing) -> Pose {
    let position = position.draw(&drawing)
    return Pose(position, rotation.draw(&drawing))
  }
}

extension ColorDescription {
  func draw(_ drawing: inout Drawing) -> Vector3 { channels.draw(&drawing) }
}

extension Variable<ColorDescription> {
  /// The colour's channels, and its name where it was written as one.
  func drawColor(_ drawing: inout Drawing) -> (channels: Vector3, name: String?) {
    let color = draw(&drawing)
    return (color.draw(&drawing), color.name)
  }
}

extension ShapeDescription {
  func draw(_ drawing: inout Drawing) -> ShapeInstance {
    switch self {
    case .box(let size): return .box(size: size.draw(&drawing))
    case .cube(let edge):
      let e = edge.draw(&drawing)
      return .box(size: Vector3(e, e, e))
    case .cylinder(let radius, let length):
      return .cylinder(radius: radius.draw(&drawing), length: length.draw(&drawing))
    case .sphere(let radius): return .sphere(radius: radius.draw(&drawing))
    case .capsule(let radius, let length):
      return .capsule(radius: radius.draw(&drawing), length: length.draw(&drawing))
    case .bin(let size, let wall): return .bin(size: size.draw(&drawing), wall: wall.draw(&drawing))
    case .mesh(let path, let scale): return .mesh(path: path, scale: scale.draw(&drawing))
    case .urdf(let path): return .urdf(path: path)
    }
  }
}

extension ObjectJointDescription {
  func draw(_ drawing: inout Drawing) -> ObjectJointInstance {
    ObjectJointInstance(
      joint: joint, isPrismatic: isPrismatic, position: position.draw(&drawing), velocity: velocity.draw(&drawing),
      damping: damping.draw(&drawing), friction: friction.draw(&drawing))
  }
}

extension TextureDescription {
  func draw(_ drawing: inout Drawing) -> TextureInstance? {
    switch self {
    case .none: return nil
    case .image(let path, let metres): return .image(path: path, metresPerTile: metres.draw(&drawing))
    case .checker(let other, let edge):
      return .checker(other: other.drawColor(&drawing).channels, edge: edge.draw(&drawing))
    case .noise(let other, let scale, let stretch, let pattern):
      return .noise(
        other: other.drawColor(&drawing).channels, scale: scale.draw(&drawing), stretch: stretch.draw(&drawing),
        pattern: UInt32(min(max(pattern.draw(&drawing), 0), 4_294_967_295)))
    }
  }
}

extension RobotPlan {
  func draw(_ drawing: inout Drawing) -> RobotInstance {
    let pose = pose.draw(&drawing)
    var joints: [ArmJointInstance] = []
    for joint in arm {
      joints.append(
        ArmJointInstance(
          joint: joint.joint, home: joint.home.draw(&drawing), kp: joint.kp.draw(&drawing),
          kd: joint.kd.draw(&drawing), armature: joint.armature.draw(&drawing),
          effort: joint.effort.draw(&drawing),
          velocity: joint.velocity.draw(&drawing),
          damping: joint.damping.map { $0.draw(&drawing) * (dampingScale?.draw(&drawing) ?? 1) },
          friction: joint.friction.map { $0.draw(&drawing) * (frictionScale?.draw(&drawing) ?? 1) },
          delay: joint.delay?.draw(&drawing), backlash: joint.backlash?.draw(&drawing)))
    }
    var hand = GripperInstance(
      fingerJoints: gripper.fingerJoints, closedOpening: gripper.closedOpening.draw(&drawing),
      maxOpening: gripper.maxOpening.draw(&drawing), home: gripper.home.draw(&drawing),
      maxForce: gripper.maxForce.draw(&drawing), speed: gripper.speed.draw(&drawing),
      delay: gripper.delay?.draw(&drawing))
    if let pad = gripper.pad {
      let stiffness = pad.stiffness.draw(&drawing)
      hand.pad = PadInstance(
        stiffness: stiffness, damping: pad.damping?.draw(&drawing) ?? PadInstance.relaxation * stiffness)
    }
    var robot = RobotInstance(
      urdf: urdf, pose: pose, arm: joints, gripper: hand, tcpLink: tcpLink, tcp: tcp.draw(&drawing),
      fingerFriction: finger.friction.draw(&drawing), linkFriction: link.friction.draw(&drawing), dynamics: dynamics,
      selfCollision: selfCollision)
    (robot.fingerMaterial, robot.linkMaterial) = (finger.material, link.material)
    return robot
  }
}

extension LightDescription {
  func draw(_ drawing: inout Drawing) -> LightInstance {
    let source: LightInstance.Kind
    switch kind.draw(&drawing) {
    case .from(let azimuth, let elevation):
      let (sa, ca) = Elementary.sinCos(azimuth.draw(&drawing))
      let (se, ce) = Elementary.sinCos(elevation.draw(&drawing))
      source = .directional(direction: Vector3(-ce * ca, -ce * sa, -se))
    case .along(let direction):
      source = .directional(direction: direction.draw(&drawing).normalized ?? -Vector3.unitZ)
    case .point(let position): source = .point(position: position.draw(&drawing))
    }
    return LightInstance(
      name: name, kind: source, color: color.drawColor(&drawing).channels, intensity: intensity.draw(&drawing),
      castsShadow: castsShadow)
  }
}

extension CameraDescription {
  func draw(_ drawing: inout Drawing, robot: RobotInstance) -> CameraInstance {
    let fovy: Double
    switch opening {
    case .vertical(let angle): fovy = angle.draw(&drawing)
    case .horizontal(let angle):
      let half = Elementary.tan(angle.draw(&drawing) / 2) * Double(height) / Double(width)
      fovy = 2 * Elementary.atan(half)
    }
    var pose: Pose
    switch placement {
    case .optical(let optical): pose = optical.draw(&drawing)
    case .lookAt(let from, let to, let up):
      pose = opticalFrame(from: from.draw(&drawing), to: to.draw(&drawing), up: up.draw(&drawing))
    }
    var link: String?
    switch mount {
    case .world: break
    case .link(let name): link = name
    case .tcp:
      link = robot.tcpLink
      pose = robot.tcp * pose
    }
    return CameraInstance(
      name: name, width: width, height: height, fovy: fovy, link: link, pose: pose, near: near.draw(&drawing),
      far: far.draw(&drawing))
  }
}

/// The optical frame (x right, y down, z forward) of a camera that looks from one point to another. Where `up` lies along
/// the view, x of the world is up in the picture, or y where that lies along the view too.
func opticalFrame(from: Vector3, to: Vector3, up: Vector3) -> Pose {
  let forward = (to - from).normalized ?? .unitX
  for candidate in [up, .unitX, .unitY] {
    let side = forward.cross(candidate)
    if side.length > 1e-6 * max(candidate.length, 1e-300), let right = side.normalized {
      return Pose(from, Quaternion(Matrix3(columns: right, forward.cross(right), forward)))
    }
  }
  return Pose(from)
}
