import Diagnostics
import SeedbedGeometry
import SeedbedRandomness

/// Finds a place for one object after the other, without overlap.
///
/// Fixed objects with a pose of their own come first, then what the task is about, then the rest in the order of the
/// file: an object yields only to those before it, so that one more at the end of the file moves none of the others.
struct Placer {
  struct Placed {
    var pose: Pose
    var footprint: Footprint
    /// Of its parts, where it has several; otherwise the one footprint.
    var parts: [Footprint]

    func isClear(of other: Placed, by clearance: Double) -> Bool {
      parts.allSatisfy { part in other.parts.allSatisfy { part.isClear(of: $0, by: clearance) } }
    }
  }

  let scene: SceneDescription
  let meshBoxes: [String: AxisAlignedBox]
  let shapes: [ShapeInstance]
  /// Boxes around the collision shapes of articulated objects, in the frame of the object; none of the others.
  let parts: [[PlacedBox]]
  /// What the robot covers at the start, by link.
  let robot: [(link: String, footprint: Footprint)]
  private(set) var placed: [Placed?]
  private var order: [Int] = []

  init(
    _ scene: SceneDescription, shapes: [ShapeInstance], parts: [[PlacedBox]], meshBoxes: [String: AxisAlignedBox],
    robot: [(link: String, footprint: Footprint)]
  ) {
    self.scene = scene
    self.robot = robot
    self.shapes = shapes
    self.parts = parts
    self.meshBoxes = meshBoxes
    placed = Array(repeating: nil, count: shapes.count)
  }

  /// Places every object; `drawing` receives the draws of the accepted attempts.
  mutating func placeAll(_ drawing: inout Drawing) throws(SamplingError) {
    for index in placementOrder(scene) { try place(index, &drawing) }
  }

  private mutating func place(_ index: Int, _ drawing: inout Drawing) throws(SamplingError) {
    let object = scene.objects[index]
    let attempts = object.pose.varies ? scene.placement.attempts : 1
    var refusals: [String] = []
    for attempt in 0..<attempts {
      var trial = drawing
      trial.attempt = attempt
      let candidate = draw(index, &trial)
      guard let reason = refusal(of: candidate, index) else {
        placed[index] = candidate
        order.append(index)
        trial.attempt = 0
        if !object.isPlacedAsWritten { trial.record("objects/\(object.name)/pose/attempts", Double(attempt + 1)) }
        drawing = trial
        return
      }
      refusals.append(reason)
    }
    throw noRoom(object, refusals, drawing)
  }

  private func draw(_ index: Int, _ drawing: inout Drawing) -> Placed {
    let object = scene.objects[index], shape = shapes[index]
    let parts = parts[index], bounds = bounds(of: index)
    let pose: Pose
    switch object.pose {
    case .free(let description):
      pose = description.draw(&drawing)
    case .on(let support, let x, let y, let yaw):
      let position = (x.draw(&drawing), y.draw(&drawing))
      var turn = Quaternion(axis: .unitZ, angle: yaw.draw(&drawing))
      var low = bounds.lower.z
      // Nobody can stand a capsule on its end.
      if case .capsule(let radius, _) = shape {
        turn = turn * Quaternion(axis: .unitY, angle: Double.pi / 2)
        low = -radius
      }
      if let slope = slope(under: index) {
        pose = slope.standing(position.0, position.1, turn: turn, height: Self.slopeGap - low)
      } else {
        let top = scene.objects.firstIndex { $0.name == support }.flatMap { placed[$0]?.footprint.high } ?? 0
        pose = Pose(Vector3(position.0, position.1, top + Self.gap - low), turn)
      }
    }
    let whole = Footprint(shape, pose: pose, bounds: bounds)
    let each = parts.map { Footprint(shape, pose: pose * $0.pose, bounds: $0.box) }
    return Placed(pose: pose, footprint: whole, parts: each.isEmpty ? [whole] : each)
  }

  private func bounds(of index: Int) -> AxisAlignedBox {
    shapes[index].bounds(meshBoxes) ?? AxisAlignedBox(containing: parts[index].flatMap(\.corners))
      ?? AxisAlignedBox(lower: .zero, upper: .zero)
  }

  /// Air under an object that is put down, metres: it settles by itself, and never starts inside its support.
  private static let gap = 0.0005
  /// The same on a slope, where nothing may fall: what lands there slides before friction has stopped it. As deep as things
  /// rest in the physics (its contacts' surface layer).
  private static let slopeGap = -0.0002

  private func refusal(of candidate: Placed, _ index: Int) -> String? {
    guard !scene.objects[index].isPlacedAsWritten else { return nil }
    var supportIndex: Int?
    if case .on(let support, _, _, _) = scene.objects[index].pose {
      supportIndex = scene.objects.firstIndex { $0.name == support }
      if let slope = slope(under: index) {
        if slope.isTooSteep { return "on `\(support)`, which leans by more than 60 degrees" }
        let bounds = bounds(of: index)
        if !slope.carries(shapes[index], candidate.pose, bounds) { return "not wholly on `\(support)`" }
      } else if let base = supportIndex.flatMap({ placed[$0] }), !candidate.footprint.lies(on: base.footprint) {
        return "not wholly on `\(support)`"
      }
    }
    for other in order where other != supportIndex {
      guard let there = placed[other] else { continue }
      if !candidate.isClear(of: there, by: scene.placement.clearance) {
        let isSlope = shapes[other].isFlatTopped && there.pose.orientation.rotate(.unitZ).z < 1 - 1e-9
        let hint =
          isSlope && scene.objects[other].isFixed
          ? " (to stand on it write pose: {on: \(scene.objects[other].name), xy: ...})" : ""
        return "too close to `\(scene.objects[other].name)`\(hint)"
      }
    }
    for (link, footprint) in robot
    where candidate.parts.contains(where: { !$0.isClear(of: footprint, by: scene.placement.clearance) }) {
      return "too close to the robot's `\(link)`"
    }
    return nil
  }

  private func noRoom(_ object: ObjectDescription, _ refusals: [String], _ drawing: Drawing) -> SamplingError {
    var counts: [(reason: String, count: Int)] = []
    for reason in refusals {
      if let index = counts.firstIndex(where: { $0.reason == reason }) {
        counts[index].count += 1
      } else {
        counts.append((reason, 1))
      }
    }
    let ranked = counts.sorted { $0.count != $1.count ? $0.count > $1.count : $0.reason < $1.reason }
    let why =
      refusals.count == 1
      ? "its only place is \(ranked.first?.reason ?? "")"
      : "of \(refusals.count) places that were tried, "
        + ranked.prefix(3).map { "\($0.count) were \($0.reason)" }.joined(separator: ", ")
    let remedy =
      object.pose.varies
      ? "1. Widen the range of its pose. 2. Make objects smaller or fewer. 3. Lower `placement: {clearance: \(scene.placement.clearance.short)}`."
      : "Move it, or let its pose vary."
    return SamplingError(
      seed: drawing.seed, episode: drawing.episode, object: object.name, reason: why, remedy: remedy,
      location: object.location)
  }
}

/// The order in which objects are placed; supports come before what stands on them.
func placementOrder(_ scene: SceneDescription) -> [Int] {
  let objects = scene.objects
  var order: [Int] = []
  func add(_ index: Int, depth: Int = 0) {
    guard !order.contains(index), depth <= objects.count else { return }
    if case .on(let support, _, _, _) = objects[index].pose,
      let base = objects.firstIndex(where: { $0.name == support })
    {
      add(base, depth: depth + 1)
    }
    if !order.contains(index) { order.append(index) }
  }
  for (index, object) in objects.enumerated() where object.isPlacedAsWritten { add(index) }
  for name in [scene.task.into, scene.task.object] {
    if let index = objects.firstIndex(where: { $0.name == name }) { add(index) }
  }
  for index in objects.indices { add(index) }
  return order
}
