import Diagnostics
import SeedbedGeometry
import SeedbedRandomness
import URDF

extension AssetLoader {
  /// Checks the URDFs of the articulated objects and reads what the scene says of their joints.
  ///
  /// - Parameter list: the scene's list of objects.
  func articulated(_ objects: [ObjectDescription], in list: YAMLNode?) -> [ObjectDescription] {
    var checked: Set<String> = []
    return objects.map { object in
      guard let path = object.urdf, let model = mechanisms[path] else { return object }
      if checked.insert("\(path) \(object.isFixed) \(object.density == nil)").inserted {
        var check = MechanismCheck(model, isFixed: object.isFixed, hasDensity: object.density != nil, meshes: meshes)
        check.run()
        decoder.append(displayed(check.problems))
        checkVolumes(of: check.filledLinks.map { model.links[$0] })
        warnOfOpenMeshes(of: model, "The URDF of `\(object.name)`")
      }
      var complete = object
      let node = list?.items?.first { $0["name"]?.text == object.name }
      complete.joints = decoder.joints(node?["joints"], of: object.name, model)
      return complete
    }
  }
}

extension Decoder {
  /// The joints that move, with what the scene lays over the URDF's values.
  fileprivate func joints(
    _ value: YAMLNode?, of object: String, _ model: RobotDescription
  ) -> [ObjectJointDescription] {
    let moving = model.joints.filter(\.isPassive)
    var fields: Fields?
    if let value {
      // Those that are refused have their own message.
      let known = model.joints.filter { $0.kind != .fixed }
      if known.isEmpty {
        error(value, "No joint of `\(object)` moves, so that there is nothing to say of them.", "Remove `joints`.")
      } else {
        fields = map(value, "the joints of `\(object)`", keys: known.map(\.name))
      }
      for joint in known where joint.lower == joint.upper && !joint.isPassive {
        guard let node = fields?[joint.name], let place = joint.lower else { continue }
        error(
          node, "The joint `\(joint.name)` of `\(object)` cannot move: both its limits are \(place.short).",
          "Remove it here, or correct the URDF.")
      }
    }
    return moving.map { joint in
      let keys = ["position", "velocity", "damping", "friction"]
      let own = fields?[joint.name].flatMap { map($0, "the joint `\(joint.name)`", keys: keys) }
      let path = "objects/\(object)/joints/\(joint.name)"
      func read(_ key: String, _ quantity: Quantity, otherwise value: Double) -> Variable<Double> {
        own?[key].map { number($0, "\(path)/\(key)", quantity) } ?? .constant(value)
      }
      let slides = joint.kind == .prismatic
      let limits = joint.kind == .continuous ? (nil, nil) : (joint.lower, joint.upper)
      let position = Quantity(
        what: "the position of the joint `\(joint.name)`", unit: slides ? "m" : "rad", lower: limits.0 ?? -100,
        upper: limits.1 ?? 100, isAngle: !slides, standIn: joint.restPosition)
      let velocity = Quantity(
        what: "the velocity of the joint `\(joint.name)`", unit: slides ? "m/s" : "rad/s", lower: slides ? -5 : -30,
        upper: slides ? 5 : 30, isAngle: !slides, standIn: 0)
      let most = MechanismCheck.mostLoss
      let damping = Quantity.between(
        "the damping of the joint `\(joint.name)`", slides ? "N s/m" : "Nm s/rad", 0, most)
      let friction = Quantity.between("the friction of the joint `\(joint.name)`", slides ? "N" : "Nm", 0, most)
      return ObjectJointDescription(
        joint: joint.name, isPrismatic: slides, position: read("position", position, otherwise: joint.restPosition),
        velocity: read("velocity", velocity, otherwise: 0), damping: read("damping", damping, otherwise: joint.damping),
        friction: read("friction", friction, otherwise: joint.friction))
    }
  }
}
