import Diagnostics
import SeedbedRandomness
import URDF

extension Decoder {
  func placement(_ value: YAMLNode?) -> PlacementRules {
    var rules = PlacementRules()
    guard let value, let fields = map(value, "the placement", keys: ["clearance", "attempts"]) else { return rules }
    if let node = fields["clearance"], let metres = plainNumber(node, "the clearance") {
      if (0...1).contains(metres) {
        rules.clearance = metres
      } else {
        error(node, "The clearance is \(metres.short), but must be from 0 to 1 m.", "Change it.")
      }
    }
    if let node = fields["attempts"] {
      rules.attempts = wholeNumber(node, "the number of attempts", 1...100_000) ?? rules.attempts
    }
    return rules
  }

  func rates(_ value: YAMLNode?) -> Rates {
    var rates = Rates(physics: 240, control: 30)
    guard let value, let fields = map(value, "`rates`", keys: ["physics", "control"]) else { return rates }
    if let node = fields["control"] { rates.control = wholeNumber(node, "the control rate", 1...240) ?? rates.control }
    if let node = fields["physics"] {
      rates.physics = wholeNumber(node, "the physics rate", 50...10_000) ?? rates.physics
    } else {
      // The smallest multiple of the control rate that steps at least as finely as usual.
      rates.physics = (240 + rates.control - 1) / rates.control * rates.control
    }
    if rates.control < 5 {
      warning(
        (fields["control"] ?? value).location,
        "The arm is told only \(rates.control) time\(rates.control == 1 ? "" : "s") a second where to go; most or all episodes fail at that.",
        "Use 10 or more.")
    }
    if rates.physics % rates.control != 0 {
      let below = max(1, rates.physics / rates.control) * rates.control
      error(
        fields["physics"] ?? value,
        "The physics rate \(rates.physics) is no multiple of the control rate \(rates.control).",
        "Write \(below) or \(below + rates.control).")
    } else if rates.physics < 100 {
      warning(
        (fields["physics"] ?? value).location,
        "The physics steps only \(rates.physics) times a second; contacts become soft.", "Use 240 or more.")
    }
    return rates
  }

  /// References between objects and from the task to objects.
  ///
  /// - Parameter declared: the names of all objects in the file, also of those that could not be read.
  func check(objects: [ObjectDescription], declared: [String], task: TaskDescription?) {
    for object in objects {
      guard case .on(let support, _, _, _) = object.pose else { continue }
      guard let base = objects.first(where: { $0.name == support }) else {
        if !declared.contains(support) {
          error(
            object.location, "`\(object.name)` stands on `\(support)`, but there is no such object.",
            suggestion(support, declared))
        }
        continue
      }
      checkSupport(base, of: object, objects)
    }
    guard let task else { return }
    checkTask(task, objects, declared)
  }

  private func checkSupport(_ base: ObjectDescription, of object: ObjectDescription, _ objects: [ObjectDescription]) {
    let isFlat = base.shape.literalValues.allSatisfy {
      switch $0 {
      case .box, .cube, .cylinder: true
      default: false
      }
    }
    if base.name == object.name {
      error(object.location, "`\(object.name)` stands on itself.", "Name another object.")
    } else if !base.isFixed {
      error(
        object.location, "`\(object.name)` stands on `\(base.name)`, which is not fixed.",
        "Write fixed: true for `\(base.name)`, or choose another support.")
    } else if !isFlat {
      error(
        object.location, "`\(object.name)` stands on `\(base.name)`, which is no box or cylinder and has no flat top.",
        "Use a box or a cylinder, or give `\(object.name)` an xyz.")
    }
    var current = base
    for _ in objects.indices {
      guard case .on(let next, _, _, _) = current.pose, let below = objects.first(where: { $0.name == next }) else {
        break
      }
      if below.name == object.name {
        error(
          object.location, "`\(object.name)` stands on `\(base.name)`, which stands on `\(object.name)`.",
          "Break the circle.")
        break
      }
      current = below
    }
    checkRoom(on: base, for: object)
  }

  /// Whether the range of places meets the support at all.
  private func checkRoom(on base: ObjectDescription, for object: ObjectDescription) {
    guard case .on(_, let x, let y, _) = object.pose, case .free(let pose) = base.pose else { return }
    let isLevel = pose.rotation.isLevel
    let reach =
      base.shape.literalValues.map { shape -> Double in
        switch shape {
        case .box(let size):
          let a = size.x.bounds.upperBound / 2, b = size.y.bounds.upperBound / 2
          return (a * a + b * b).squareRoot() + (isLevel ? 0 : size.z.bounds.upperBound / 2)
        case .cube(let edge): return edge.bounds.upperBound * (isLevel ? 0.7072 : 1.2072)
        case .cylinder(let radius, let length):
          return radius.bounds.upperBound + (isLevel ? 0 : length.bounds.upperBound / 2)
        default: return .infinity
        }
      }.max() ?? .infinity
    for (axis, place, center) in [("x", x.bounds, pose.position.x.bounds), ("y", y.bounds, pose.position.y.bounds)]
    where place.lowerBound > center.upperBound + reach || place.upperBound < center.lowerBound - reach {
      error(
        object.location,
        "`\(object.name)` has \(axis) from \(place.lowerBound.short) to \(place.upperBound.short), which is off `\(base.name)`.",
        "xy is in the world frame: move it over `\(base.name)`.")
    }
  }

  private func checkTask(_ task: TaskDescription, _ objects: [ObjectDescription], _ declared: [String]) {
    func find(_ name: String, _ role: String) -> ObjectDescription? {
      if let object = objects.first(where: { $0.name == name }) { return object }
      if declared.contains(name) { return nil }
      error(task.location, "The task's \(role) `\(name)` is no object of the scene.", suggestion(name, declared))
      return nil
    }
    let object = find(task.object, "object"), into = find(task.into, "`into`")
    for (name, thing) in [("object", object), ("`into`", into)] {
      guard let thing, thing.urdf != nil else { continue }
      error(
        task.location, "The task's \(name) `\(thing.name)` is articulated, but the expert handles rigid shapes only.",
        "Name an object with another shape.")
    }
    if let object, object.isFixed {
      error(
        task.location, "The task's object `\(object.name)` is fixed and cannot be moved.",
        "Give it a mass instead of fixed: true.")
    }
    if let into, !into.isFixed {
      error(task.location, "`\(into.name)` is where the object goes, but it is not fixed.", "Write fixed: true for it.")
    }
    if task.object == task.into {
      error(task.location, "The task moves `\(task.object)` into itself.", "Name another `into`.")
    }
  }

  func check(cameras: [CameraDescription], in root: YAMLNode, robot: RobotDescription) {
    let names = robot.links.map(\.name)
    for camera in cameras {
      guard case .link(let link) = camera.mount, !names.contains(link) else { continue }
      let node = root["cameras"]?.items?.first { $0["name"]?.text == camera.name }?["link"]
      error(
        node ?? root,
        "The camera `\(camera.name)` is mounted on `\(link)`, but the robot `\(robot.name)` has no such link.",
        suggestion(link, names) + " `mount: tcp` fits every robot.")
    }
  }

  func check(expert: ExpertDescription, plan: RobotPlan, at node: YAMLNode) {
    guard !hasErrors else { return }
    let force = expert.gripForce.bounds.upperBound, most = plan.gripper.maxForce.bounds.lowerBound
    if force > most {
      warning(
        (node["gripForce"] ?? node).location,
        "The grip force can come out as \(force.short) N, but the gripper closes with at most \(most.short) N.",
        "More than that is cut off.")
    }
  }
}
