package import SeedbedGeometry
package import SeedbedScene

/// Antipodal grasps of a target, best first.
package struct GraspSynthesis: Sendable {
  package var hand: HandModel
  package var expert: ExpertInstance
  /// Where the TCP starts; grasps that need little turning from here (about the vertical: as the base turns) are liked.
  package var home: Pose
  package var base: Pose
  package var obstacles: [Obstacle]

  /// Play on either side of the object while the fingers go down, metres.
  static let play = 0.012
  /// With less than this there is no grasp, metres.
  static let leastPlay = 0.003

  package init(hand: HandModel, expert: ExpertInstance, home: Pose, base: Pose, obstacles: [Obstacle]) {
    self.hand = hand
    self.expert = expert
    self.home = home
    self.base = base
    self.obstacles = obstacles
  }

  package func candidates(_ target: GraspTarget) -> [GraspCandidate] {
    var result: [GraspCandidate] = []
    for closing in target.closings {
      let across = target.interval(along: closing.axis)
      let width = across.high - across.low
      guard width + 2 * GraspSynthesis.leastPlay <= hand.maxOpening else { continue }
      for tilt in tilts {
        for sign in [1.0, -1.0] {
          guard let candidate = candidate(target, closing, sign: sign, tilt: tilt, width: width) else { continue }
          result.append(candidate)
        }
      }
    }
    return result.enumerated().sorted { ($0.element.cost, $0.offset) < ($1.element.cost, $1.offset) }.map(\.element)
  }

  /// Shares of the wanted tilt, from all of it to none.
  private var tilts: [Double] { abs(expert.approachTilt) < 1e-6 ? [1] : [1, 0.66, 0.33, 0] }

  private func candidate(
    _ target: GraspTarget, _ closing: GraspTarget.Closing, sign: Double, tilt: Double, width: Double
  ) -> GraspCandidate? {
    guard let rotation = orientation(closing.axis, sign: sign, tilt: tilt) else { return nil }
    let axes = rotation.matrix
    let approach = axes.column(2)
    var middle = Vector3.zero
    for i in 0..<3 {
      let span = target.interval(along: axes.column(i))
      middle += axes.column(i) * (0.5 * (span.low + span.high))
    }
    let depth = target.interval(along: approach)
    let upright = target.interval(along: .unitZ)
    let opening = min(hand.maxOpening, width + 2 * (GraspSynthesis.play + abs(expert.graspOffset.y)))
    let tipDrop = hand.fingerReach(along: rotation.conjugate.rotate(-Vector3.unitZ), opening: opening)
    let height = upright.high - upright.low
    let floor = upright.low + min(0.004, 0.3 * height) + tipDrop
    let throat = max(0.004, hand.throatDepth - 0.006)
    let raise = max(
      0, (floor - middle.z) / max(0.3, -approach.z), 0.5 * (depth.high - depth.low) - throat)
    var position = middle - approach * raise
    let overlap = upright.high - (position.z - tipDrop)
    guard overlap > min(0.0025, 0.6 * height) else { return nil }
    position += rotation.rotate(expert.graspOffset)
    position.z = max(position.z, upright.low + min(0.002, 0.2 * height) + tipDrop)
    let tcp = Pose(position, rotation)
    var cost = closing.cost + 0.3 * width / hand.maxOpening + 0.3 * (1 - tilt)
    cost += 0.6 * (rotation * preferred(at: position).conjugate).rotationVector.length / Double.pi
    cost += 20 * max(0, 0.006 - 0.5 * (opening - width)) / 0.006 * 0.02
    cost += 0.5 * max(0, 1 - overlap / 0.01)
    if case .sphere(let radius) = target.shape { cost += 2 * raise / radius }
    let shapes = (hand.palm + hand.fingerBounds(opening: opening)).map { $0.placed(in: tcp) }
    for obstacle in obstacles { for shape in shapes { cost += 2 * obstacle.penalty(shape) } }
    return GraspCandidate(
      tcp: tcp, width: width, opening: opening, approach: max(0.08, overlap + 0.04), cost: cost)
  }

  /// Hand orientation for a closing axis: pointing down as far as the axis allows, then tilted about the axis, so that
  /// the pads stay parallel to the faces; the hand's back leans towards `approachAzimuth`.
  private func orientation(_ axis: Vector3, sign: Double, tilt: Double) -> Quaternion? {
    guard let down = (axis * axis.z - Vector3.unitZ).normalized else { return nil }
    let side = axis.cross(down)
    let (sin, cos) = horizontal(expert.approachAzimuth)
    let lean = side.dot(Vector3(cos, sin, 0))
    let z = Quaternion(axis: axis, angle: -tilt * expert.approachTilt * lean).rotate(down)
    let y = axis * sign
    return Quaternion(Matrix3(columns: y.cross(z), y, z))
  }

  /// The home orientation turned about the vertical by as much as the base has to turn.
  private func preferred(at position: Vector3) -> Quaternion {
    Quaternion(axis: .unitZ, angle: azimuth(position) - azimuth(home.position)) * home.orientation
  }

  private func azimuth(_ p: Vector3) -> Double {
    let d = p - base.position
    return abs(d.x) + abs(d.y) < 1e-6 ? 0 : atan2Of(d.y, d.x)
  }
}
