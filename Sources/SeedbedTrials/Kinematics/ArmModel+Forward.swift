public import SeedbedGeometry

/// World pose of the TCP.
public func forwardKinematics(_ model: ArmModel, _ q: [Double]) -> Pose {
  var pose = model.base
  for step in model.steps { pose = advance(pose, step, q) }
  return pose * model.tool
}

/// World poses of every step's moved frame into `frames` (resized where needed); returns the TCP's.
@discardableResult
public func forwardKinematics(_ model: ArmModel, _ q: [Double], frames: inout [Pose]) -> Pose {
  if frames.count != model.steps.count { frames = [Pose](repeating: .identity, count: model.steps.count) }
  var pose = model.base
  for i in model.steps.indices {
    pose = advance(pose, model.steps[i], q)
    frames[i] = pose
  }
  return pose * model.tool
}

/// The geometric Jacobian at the point `at` (world), by columns: entries 6i ... 6i+5 are the linear (m) and then the
/// angular velocity (rad) of the tool per unit speed of driven joint i. `frames` come from `forwardKinematics`.
public func geometricJacobian(_ model: ArmModel, frames: [Pose], at point: Vector3, into jacobian: inout [Double]) {
  let size = 6 * model.count
  if jacobian.count != size { jacobian = [Double](repeating: 0, count: size) }
  for i in 0..<size { jacobian[i] = 0 }
  for (step, frame) in zip(model.steps, frames) {
    let axis = frame.rotate(step.axis) * step.multiplier
    let linear = step.isPrismatic ? axis : axis.cross(point - frame.position)
    let k = 6 * step.driver
    jacobian[k] += linear.x
    jacobian[k + 1] += linear.y
    jacobian[k + 2] += linear.z
    guard !step.isPrismatic else { continue }
    jacobian[k + 3] += axis.x
    jacobian[k + 4] += axis.y
    jacobian[k + 5] += axis.z
  }
}

@inline(__always)
private func advance(_ pose: Pose, _ step: ArmModel.Step, _ q: [Double]) -> Pose {
  let value = step.multiplier * q[step.driver] + step.bias
  let joint = pose * step.offset
  return step.isPrismatic
    ? Pose(joint.position + joint.rotate(step.axis) * value, joint.orientation)
    : Pose(joint.position, joint.orientation * Quaternion(axis: step.axis, angle: value))
}
