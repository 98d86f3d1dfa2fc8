import SeedbedEpisodes
import SeedbedGeometry
import SeedbedPhysics
import SeedbedScene
import SeedbedTrials

/// Collects the numbers of an episode, frame by frame, in the schema's order.
struct FrameColumns {
  private let schema: FeatureSchema
  private let instance: SceneInstance
  /// By feature: the sensor that gives it.
  private let sensors: [Int?]
  private var floats: [[Float]]
  private var integers: [[Int64]]
  private var booleans: [[Bool]]
  /// By column of poses: the orientations of the frame before.
  private var turns: [[Quaternion]]
  private(set) var frames = 0

  init(schema: FeatureSchema, instance: SceneInstance) {
    self.schema = schema
    self.instance = instance
    floats = .init(repeating: [], count: schema.features.count)
    integers = floats.map { _ in [] }
    booleans = floats.map { _ in [] }
    turns = floats.map { _ in [] }
    let names = (instance.sensors ?? []).map(\.featureName)
    sensors = schema.features.map { names.firstIndex(of: $0.name) }
  }

  /// `cameraPoses`: of the optical frames in the world, one a camera of the instance.
  mutating func add(_ frame: borrowing TrialFrame, cameraPoses: [Pose]) {
    for (i, feature) in schema.features.enumerated() {
      if let sensor = sensors[i] {
        floats[i] += frame.sensorBlocks[sensor].map { Float($0) }
        continue
      }
      switch feature.name {
      case "observation.state":
        floats[i] += frame.armPositions.map { Float($0) }
        floats[i].append(Float(frame.gripperOpening))
      case "observation.velocity":
        floats[i] += frame.armVelocities.map { Float($0) }
        floats[i].append(Float(frame.gripperVelocity))
      case "observation.effort":
        floats[i] += frame.armEfforts.map { Float($0) }
        floats[i].append(Float(frame.gripForce))
      case "observation.ee_pose": append(instance.robot.pose.inverse * frame.tcpPose, to: i)
      case "action":
        floats[i] += frame.command.arm
        floats[i].append(frame.command.opening)
      case "next.reward": floats[i].append(Float(frame.reward))
      case "next.done": booleans[i].append(frame.done)
      case "next.success": booleans[i].append(frame.success)
      case "privileged.object_poses": for (k, pose) in frame.objectPoses.enumerated() { append(pose, k, to: i) }
      case "privileged.object_joint_positions": floats[i] += frame.objectJointPositions.map { Float($0) }
      case "privileged.object_joint_velocities": floats[i] += frame.objectJointVelocities.map { Float($0) }
      case "privileged.object_contact_forces": appendContactForces(frame, to: i)
      case "privileged.camera_poses": for (k, pose) in cameraPoses.enumerated() { append(pose, k, to: i) }
      case "privileged.phase": integers[i].append(Int64(frame.phase.rawValue))
      default: preconditionFailure("the schema builder made a feature that the recorder does not know: \(feature.name)")
      }
    }
    frames += 1
  }

  /// - Parameter k: of the column's poses.
  private mutating func append(_ pose: Pose, _ k: Int = 0, to column: Int) {
    let p = pose.position
    let last = turns[column].indices.contains(k) ? turns[column][k] : nil
    let q = pose.orientation.recorded(after: last)
    if last == nil { turns[column].append(q) } else { turns[column][k] = q }
    floats[column] += [p.x, p.y, p.z, q.w, q.x, q.y, q.z].map { Float($0) }
  }

  private mutating func appendContactForces(_ frame: borrowing TrialFrame, to column: Int) {
    var forces = [Double](repeating: 0, count: 2 * instance.objects.count)
    for contact in frame.contacts {
      switch (contact.first, contact.second) {
      case (.object(let o), .link), (.link, .object(let o)): forces[2 * o] += contact.normalForce
      case (.object(let a), .object(let b)):
        forces[2 * a + 1] += contact.normalForce
        forces[2 * b + 1] += contact.normalForce
      case (.link, .link): break
      }
    }
    floats[column] += forces.map { Float($0) }
  }

  consuming func columns() -> [Column] {
    schema.features.indices.map { i in
      switch schema.features[i].dataType {
      case .float32: .float32(floats[i])
      case .float64: .float64(floats[i].map { Double($0) })
      case .int64: .int64(integers[i])
      case .bool: .bool(booleans[i])
      case .string: preconditionFailure("the simulation records no texts")
      }
    }
  }
}
