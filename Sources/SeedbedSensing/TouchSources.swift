import SeedbedGeometry
import SeedbedPhysics
import SeedbedScene
import URDF

/// Force and torque through a link's mount.
struct WrenchSource {
  let link: Int
  let axes: SensorAxes

  func read(_ world: borrowing World, _ contacts: [ContactPoint], _ frame: SensedFrame) -> [Double] {
    let own = world.linkPose(link) * frame.pose
    guard let wrench = world.wrench(of: link, about: own.position, contacts) else {
      return [Double](repeating: 0, count: 6)
    }
    let turn = frame.turn(world, axes, own: own)
    return turn.rotate(wrench.force).numbers + turn.rotate(wrench.torque).numbers
  }
}

/// Force on each finger.
struct FingertipSource {
  /// The finger joints' child links.
  private let links: [Int]
  /// By link: the finger that it belongs to.
  private let finger: [Int?]
  private let axes: SensorAxes

  init(_ robot: RobotDescription, _ instance: RobotInstance, _ axes: SensorAxes) {
    finger = robot.fingers(instance.gripper.fingerJoints)
    links = instance.gripper.fingerJoints.compactMap { robot.jointIndex($0).map { robot.joints[$0].child } }
    self.axes = axes
  }

  func read(_ world: borrowing World, _ contacts: [ContactPoint], _ frame: SensedFrame) -> [Double] {
    let forces = forces(contacts)
    return links.indices.flatMap { i in
      frame.turn(world, axes, own: world.linkPose(links[i])).rotate(forces[i]).numbers
    }
  }

  /// World axes. What two links of one finger do to each other cancels.
  func forces(_ contacts: [ContactPoint]) -> [Vector3] {
    var forces = links.map { _ in Vector3.zero }
    for contact in contacts {
      if case .link(let link) = contact.first, let i = finger[link] { forces[i] += contact.force }
      if case .link(let link) = contact.second, let i = finger[link] { forces[i] -= contact.force }
    }
    return forces
  }
}

/// Normal forces on the cells of a grid on each pad.
///
/// A contact point's force is shared among the four cells around it, so that force and, inside the grid, its centre are
/// kept; what lies beyond the grid counts for the nearest cells. What pushes from elsewhere than the pad's front (more than
/// 60 degrees off) is not felt.
struct TaxelSource {
  private let pads: [FingerPad]
  private let finger: [Int?]
  private let rows: Int, columns: Int
  private static let leastCosine = 0.5

  init(
    _ robot: RobotDescription, _ instance: RobotInstance, _ meshes: [String: MeshAsset], _ rows: Int, _ columns: Int,
    _ size: [Double]?
  ) throws(SensorProblem) {
    guard var pads = FingerPad.pair(robot, instance, meshes: meshes), rows > 0, columns > 0 else {
      throw SensorProblem(reason: "has no pads to sit on: the fingers are no sliding pair with shapes")
    }
    if let size, size.count == 2 {
      for i in pads.indices {
        pads[i].length = size[0]
        pads[i].width = size[1]
      }
    }
    self.pads = pads
    self.rows = rows
    self.columns = columns
    finger = robot.fingers(instance.gripper.fingerJoints)
  }

  func read(_ world: borrowing World, _ contacts: [ContactPoint]) -> [Double] {
    var cells = [Double](repeating: 0, count: pads.count * rows * columns)
    let poses = pads.map { world.linkPose($0.link) * $0.pose }
    for contact in contacts {
      // The normal points into the first; a pad's z away from its finger.
      if case .link(let link) = contact.first, let i = finger[link] {
        press(i, poses[i], contact, cosine: -poses[i].rotate(.unitZ).dot(contact.normal), &cells)
      }
      if case .link(let link) = contact.second, let i = finger[link] {
        press(i, poses[i], contact, cosine: poses[i].rotate(.unitZ).dot(contact.normal), &cells)
      }
    }
    return cells
  }

  private func press(_ pad: Int, _ pose: Pose, _ contact: ContactPoint, cosine: Double, _ cells: inout [Double]) {
    guard cosine > Self.leastCosine else { return }
    let point = pose.inverse.apply(contact.point)
    let row = Self.share(point.x / pads[pad].length, rows), column = Self.share(point.y / pads[pad].width, columns)
    let force = contact.normalForce
    for (r, a) in [(row.cell, 1 - row.next), (row.cell + 1, row.next)] where a > 0 {
      for (c, b) in [(column.cell, 1 - column.next), (column.cell + 1, column.next)] where b > 0 {
        cells[(pad * rows + r) * columns + c] += force * a * b
      }
    }
  }

  /// The cell at or before a place from -0.5 to 0.5 of the grid, and the share of the next one.
  private static func share(_ place: Double, _ count: Int) -> (cell: Int, next: Double) {
    let x = min(max((place + 0.5) * Double(count) - 0.5, 0), Double(count - 1))
    let cell = min(Int(x), max(0, count - 2))
    return (cell, x - Double(cell))
  }
}

/// The strongest contacts, a slot each.
struct ContactSource {
  let slots: Int
  /// Links of the robot: an object's number comes after them.
  let links: Int
  static let slotWidth = 12

  private struct Pair {
    var first: Contact.Participant, second: Contact.Participant
    var weighted = Vector3.zero, plain = Vector3.zero, normal = Vector3.zero, force = Vector3.zero
    var normalForce = 0.0
    var points = 0.0
  }

  func read(_ contacts: [ContactPoint]) -> [Double] {
    var pairs: [Pair] = []
    for contact in contacts {
      let isSorted = contact.first < contact.second
      let first = isSorted ? contact.first : contact.second, second = isSorted ? contact.second : contact.first
      let sign = isSorted ? 1.0 : -1
      let index = pairs.firstIndex { $0.first == first && $0.second == second } ?? pairs.count
      if index == pairs.count { pairs.append(Pair(first: first, second: second)) }
      pairs[index].weighted += contact.point * contact.normalForce
      pairs[index].plain += contact.point
      pairs[index].normal += contact.normal * (sign * max(contact.normalForce, 1e-9))
      pairs[index].force += contact.force * sign
      pairs[index].normalForce += contact.normalForce
      pairs[index].points += 1
    }
    // Equally strong ones by their bodies.
    pairs.sort { ($1.normalForce, $0.first, $0.second) < ($0.normalForce, $1.first, $1.second) }
    var values = [Double(pairs.count)]
    for pair in pairs.prefix(slots) {
      let point = pair.normalForce > 0 ? pair.weighted / pair.normalForce : pair.plain / pair.points
      values += [number(pair.first), number(pair.second)]
      values += point.numbers + (pair.normal.normalized ?? .zero).numbers + pair.force.numbers + [pair.normalForce]
    }
    for _ in pairs.count..<max(slots, pairs.count) {
      values += [-1, -1] + [Double](repeating: 0, count: Self.slotWidth - 2)
    }
    return values
  }

  private func number(_ participant: Contact.Participant) -> Double {
    switch participant {
    case .link(let i): Double(i)
    case .object(let i): Double(links + i)
    }
  }
}
