import CMuJoCo
import SeedbedGeometry
import SeedbedPhysics
import SeedbedScene

/// The other engine with the same scene in it, driven by the same commands.
struct Peer: ~Copyable {
  private let model: UnsafeMutablePointer<mjModel>
  private let data: UnsafeMutablePointer<mjData>
  private let instance: SceneInstance
  private let steps: Int, h: Double
  private var from: [Double]

  /// - Parameters:
  ///   - substeps: Of the peer, to one of the instance's physics.
  ///   - sleeping: Whether its trees that lie still may sleep, which they do not by default.
  init(_ text: String, _ instance: SceneInstance, substeps: Int = 1, sleeping: Bool = false) {
    var message = [CChar](repeating: 0, count: 1000)
    guard let spec = mj_parseXMLString(text, nil, &message, 1000), let model = mj_compile(spec, nil)
    else { fatalError("the peer does not take the model: \(String(cString: message))\n\(text)") }
    mj_deleteSpec(spec)
    if sleeping { model.pointee.opt.enableflags |= Int32(bitPattern: UInt32(mjENBL_SLEEP.rawValue)) }
    guard let data = mj_makeData(model) else { fatalError("the peer has no memory for the model") }
    self.model = model
    self.data = data
    self.instance = instance
    steps = substeps * instance.rates.stepsPerFrame
    h = instance.rates.stepSeconds / Double(substeps)
    from = instance.robot.arm.map(\.home) + [instance.robot.gripper.home]
    for joint in instance.robot.arm { data.pointee.qpos[address(joint: joint.joint)] = joint.home }
    for name in instance.robot.gripper.fingerJoints {
      data.pointee.qpos[address(joint: name)] =
        0.5 * (instance.robot.gripper.home - instance.robot.gripper.closedOpening)
    }
    mj_forward(model, data)
  }

  deinit {
    mj_deleteData(data)
    mj_deleteModel(model)
  }

  private func address(joint: String) -> Int {
    Int(model.pointee.jnt_qposadr[Int(mj_name2id(model, Int32(mjOBJ_JOINT.rawValue), joint))])
  }

  func position(of body: String) -> Vector3 {
    let i = 3 * Int(mj_name2id(model, Int32(mjOBJ_BODY.rawValue), body))
    let p = data.pointee.xpos + i
    return Vector3(p[0], p[1], p[2])
  }

  /// Targets move linearly over the frame, as those of `World` do.
  mutating func advanceFrame(_ command: RobotCommand) {
    let to = command.arm.map { Double($0) } + [Double(command.opening)]
    for k in 1...steps {
      let share = Double(k) / Double(steps)
      for (i, joint) in instance.robot.arm.enumerated() {
        let rate = (to[i] - from[i]) / (Double(steps) * h)
        data.pointee.ctrl[i] = from[i] + share * (to[i] - from[i]) + joint.kd / joint.kp * rate
      }
      let g = to.count - 1
      let rate = (to[g] - from[g]) / (Double(steps) * h)
      data.pointee.ctrl[g] =
        from[g] + share * (to[g] - from[g]) - instance.robot.gripper.closedOpening + 60 / 2000 * rate
      mj_step(model, data)
    }
    from = to
  }
}
