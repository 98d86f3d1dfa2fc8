import SeedbedGeometry
import SeedbedPhysics
import SeedbedScene
import SeedbedTrials

/// The heaviest object that both engines lift and hold for two seconds, in the same motion, beside 2 mu F / g.
func compareSlip(scene: String) throws {
  print("shape\tmu\tgrip N\tSeedbed\tMuJoCo\tratio (of 2 mu F / g); bound 8 % of 1, 2 % of each other")
  let shapes: [(String, String)] = [
    ("box", "{cube: 0.05}"), ("cylinder", "{cylinder: {radius: 0.025, length: 0.05}}"),
    ("sphere", "{sphere: {radius: 0.025}}"),
    ("hull", "{mesh: {file: hull.obj, scale: 1}}"),
  ]
  for (name, shape) in shapes {
    let loaded = try loadScene(path: scene, overrides: SceneOverrides(set: ["objects.cube.shape=\(shape)"]))
    for mu in [0.3, 0.6] {
      for grip in [12.0, 35.0] {
        let pair = try thresholds(loaded, mu: mu, grip: grip)
        print(
          "\(name)\t\(mu)\t\(grip)\t\(fixed(pair.own, 3))\t\(fixed(pair.peer, 3))\t\(fixed(pair.own / pair.peer, 3))")
      }
    }
  }
}

private func thresholds(_ loaded: LoadedScene, mu: Double, grip: Double) throws -> (own: Double, peer: Double) {
  var instance = try loaded.sample(seed: 1, episode: 0)
  guard let object = instance.objects.firstIndex(where: { $0.name == "cube" }) else { fatalError("no cube") }
  let assets = loaded.assets
  let hulls = CollisionHulls(assets, objects: instance.objects)
  // The plan is made for a load that never slips; then the load grows.
  instance.objects[object].mass = 0.05
  var plan: [RobotCommand] = []
  var height = 0.0, top = 0
  _ = try runTrial(instance, assets: assets, hulls: hulls) { (frame: borrowing TrialFrame) in
    plan.append(frame.command)
    if frame.objectPoses[object].position.z > height + 1e-3 {
      (height, top) = (frame.objectPoses[object].position.z, frame.index)
    }
  }
  plan = Array(plan.prefix(top + 1))
  plan += [RobotCommand](repeating: plan[top], count: 2 * instance.rates.control)
  instance.robot.fingerFriction = mu
  instance.expert.gripForce = grip
  let ideal = 2 * mu * grip / 9.81

  func largest(_ isHeld: (Double) throws -> Bool) rethrows -> Double {
    var low = 0.5 * ideal, high = 1.3 * ideal
    for _ in 0..<11 {
      let middle = 0.5 * (low + high)
      if try isHeld(middle) { low = middle } else { high = middle }
    }
    return low / ideal
  }
  func weighted(_ mass: Double) -> SceneInstance {
    var copy = instance
    copy.objects[object].mass = mass
    copy.objects[object].friction = mu
    return copy
  }
  let own = try largest { mass in
    var world = try World(weighted(mass), assets: assets, hulls: hulls)
    for command in plan { guard case .ok = world.advanceFrame(command) else { fatalError("the world is unstable") } }
    return world.objectPose(object).position.z > height - 0.03
  }
  let peer = largest { mass in
    var peer = Peer(ModelText.of(weighted(mass), assets, friction: mu), weighted(mass))
    for command in plan { peer.advanceFrame(command) }
    return peer.position(of: "cube").z > height - 0.03
  }
  return (own, peer)
}
