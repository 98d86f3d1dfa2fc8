import SeedbedGeometry
import URDF

/// What two prismatic fingers look like from the link that carries both: enough to tell how far they open and where
/// they grasp when nobody wrote it down.
struct GripperGeometry {
  /// The link that carries both fingers.
  var hand: Int
  /// Unit vector from the second finger to the first, in the hand's frame.
  var closing: Vector3
  /// Unit vector out of the hand.
  var approach: Vector3
  /// Gap between the fingers with both joints at 0, metres.
  var gapAtZero: Double
  /// The same of the half of the fingers that is farther out.
  var tipGapAtZero: Double
  /// Between the fingertips, in the hand's frame.
  var toolPoint: Vector3
  /// Whether a positive joint value moves the first (second) finger outwards.
  var opensPositive: (Bool, Bool)

  /// nil where the two joints are no prismatic pair on one link, or the fingers have no shapes.
  init?(robot: RobotDescription, joints: (Int, Int), meshes: [String: MeshAsset]) {
    let first = robot.joints[joints.0], second = robot.joints[joints.1]
    guard first.kind == .prismatic, second.kind == .prismatic, first.parent == second.parent else { return nil }
    hand = first.parent
    let a = fingerPoints(robot, joints.0, meshes), b = fingerPoints(robot, joints.1, meshes)
    guard let boxA = AxisAlignedBox(containing: a), let boxB = AxisAlignedBox(containing: b) else { return nil }
    let axisA = first.origin.rotate(first.axis), axisB = second.origin.rotate(second.axis)
    guard abs(axisA.dot(axisB)) > 0.9 else { return nil }
    // Which finger is on which side shows in the middle of their travel: at 0, which need not be within the limits, they
    // may have passed through each other.
    let across = (boxA.center + axisA * first.middleOfTravel) - (boxB.center + axisB * second.middleOfTravel)
    // Where the fingers' middles coincide, positive values are taken to open.
    let outward = abs(across.dot(axisA)) > 1e-4 ? across.dot(axisA) : 1
    let u = axisA * (outward >= 0 ? 1 : -1)
    closing = u
    opensPositive = (axisA.dot(u) > 0, axisB.dot(u) < 0)

    let middle = (boxA.center + boxB.center) * 0.5
    var z = Self.direction(outwards: middle, across: u)
    // The frame of a hand may lie beyond its fingers; the joint that carries it never does.
    if let wrist = robot.wrist(of: hand), z.dot(middle - wrist) < -0.005 {
      z = Self.direction(outwards: middle - wrist, across: u)
    }
    approach = z
    let innerA = a.map { $0.dot(u) }.min() ?? 0, innerB = b.map { $0.dot(u) }.max() ?? 0
    // Two millimetres is what rounded shapes and protective shells differ by.
    gapAtZero = abs(innerA - innerB) < 0.002 ? 0 : innerA - innerB
    let heights = (a + b).map { $0.dot(z) }
    let tip = heights.max() ?? 0, root = heights.min() ?? 0
    func outer(_ points: [Vector3]) -> [Double] {
      points.filter { $0.dot(z) >= (tip + root) / 2 }.map { $0.dot(u) }
    }
    tipGapAtZero = outer(a).min().flatMap { inner in outer(b).max().map { inner - $0 } } ?? gapAtZero
    let inset = min(0.01, 0.2 * (tip - root))
    let side = u.cross(z)
    let inner = (innerA + innerB) / 2
    toolPoint = z * (tip - inset) + u * inner + side * middle.dot(side)
  }

  /// The TCP's frame in the hand: z out of the hand, y along the closing direction.
  var tool: Pose {
    Pose(toolPoint, Quaternion(Matrix3(columns: closing.cross(approach), closing, approach)))
  }

  /// The direction to `point` at a right angle to `across`, made exact where it nearly is one of the frame's axes.
  private static func direction(outwards point: Vector3, across: Vector3) -> Vector3 {
    let flat = point - across * point.dot(across)
    guard let direction = flat.normalized, flat.length > 0.002 else { return across.anyOrthogonal }
    for axis in [Vector3.unitX, .unitY, .unitZ, -Vector3.unitX, -Vector3.unitY, -Vector3.unitZ]
    where direction.dot(axis) > 0.9 && abs(axis.dot(across)) < 1e-6 { return axis }
    return direction
  }
}

extension Joint {
  /// Of a finger, m; no hand is larger than a metre, whatever its limits say.
  fileprivate var middleOfTravel: Double { min(max(restValue, -1), 1) }
}

/// Corners of all collision shapes (or visual ones, where there are none) of a finger and what is fixed to it, in the
/// frame of the link that carries the finger, with the joint at 0.
func fingerPoints(_ robot: RobotDescription, _ joint: Int, _ meshes: [String: MeshAsset]) -> [Vector3] {
  var points: [Vector3] = []
  var open = [(link: robot.joints[joint].child, pose: robot.joints[joint].origin)]
  var seen = Set<Int>()
  while let (index, pose) = open.popLast() {
    guard seen.insert(index).inserted else { continue }
    let link = robot.links[index]
    let shapes =
      link.collisions.isEmpty
      ? link.visuals.map { ($0.origin, $0.geometry) } : link.collisions.map { ($0.origin, $0.geometry) }
    for (origin, geometry) in shapes {
      points += geometry.outline(meshes).map { (pose * origin).apply($0) }
    }
    for next in robot.joints where next.parent == index && next.kind == .fixed {
      open.append((next.child, pose * next.origin))
    }
  }
  return points
}

extension Geometry {
  /// Points whose convex hull contains the shape.
  func outline(_ meshes: [String: MeshAsset]) -> [Vector3] {
    switch self {
    case .box(let size): return boxCorners(size * 0.5)
    case .cylinder(let radius, let length): return boxCorners(Vector3(radius, radius, length / 2))
    case .sphere(let radius): return boxCorners(Vector3(radius, radius, radius))
    case .capsule(let radius, let length): return boxCorners(Vector3(radius, radius, length / 2 + radius))
    case .mesh(let path, let scale):
      return meshes[path]?.parts.flatMap { $0.mesh.positions.map { $0.scaled(by: scale) } } ?? []
    }
  }
}

/// The eight corners of a box around the origin.
func boxCorners(_ half: Vector3) -> [Vector3] {
  (0..<8).map {
    Vector3($0 & 1 == 0 ? -half.x : half.x, $0 & 2 == 0 ? -half.y : half.y, $0 & 4 == 0 ? -half.z : half.z)
  }
}
