package import SeedbedGeometry

/// Joint targets that follow a commanded tool pose, by damped least squares from the last targets on. What joints more
/// than six may do beside that draws them towards the start posture, as far as the tool moves.
package struct PoseFollower: Sendable {
  /// Where nothing is left to gain: 0.1 µm and 1 µrad.
  private static let tolerance = PoseError(position: 1e-7, rotation: 1e-6)
  private static let iterations = 12

  private var solver: ArmSolver
  private var joints: [Double]
  private var tool: Pose

  package init(_ model: ArmModel) {
    solver = ArmSolver(model)
    joints = model.home
    tool = forwardKinematics(model, joints)
  }

  /// `pose`: of the tool centre point in the world. What cannot be reached is approached.
  package mutating func follow(_ pose: Pose) -> [Double] {
    let turn = (pose.orientation * tool.orientation.conjugate).rotationVector.length
    let way = (pose.position - tool.position).length + ArmSolver.leverArm * turn
    tool = pose
    solver.step(&joints, towards: pose, posture: min(ArmSolver.largestPosture, ArmSolver.posture * way))
    for _ in 1..<Self.iterations {
      let before = solver.step(&joints, towards: pose)
      if before.isWithin(position: Self.tolerance.position, rotation: Self.tolerance.rotation) { break }
    }
    return joints
  }
}
