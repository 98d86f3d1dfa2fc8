import Diagnostics
import SeedbedGeometry
import SeedbedRandomness

extension LoadedScene {
  /// One episode's world: a pure function of the scene, the seed and the episode's number.
  ///
  /// Throws `SamplingError` where there is no room for an object.
  public func sample(seed: UInt64, episode: Int) throws(SamplingError) -> SceneInstance {
    var drawing = Drawing(seed: seed, episode: episode)
    let scene = description
    let robot = scene.robot.draw(&drawing)
    let shapes = scene.objects.map { $0.shape.draw(&drawing).draw(&drawing) }
    let joints = scene.objects.map { object in
      object.urdf == nil ? nil : object.joints.map { $0.draw(&drawing) }
    }
    var placer = Placer(
      scene, shapes: shapes,
      parts: zip(scene.objects, joints).map { object, joints in
        object.urdf.flatMap { mechanismBoxes[$0]?.placed(joints ?? []) } ?? []
      },
      meshBoxes: meshBoxes, robot: linkBoxes.footprints(of: assets.robot, at: robot))
    try placer.placeAll(&drawing)
    var objects: [ObjectInstance] = []
    var colorNames: [String: String] = [:]
    for (index, object) in scene.objects.enumerated() {
      let color = object.appearance.color.drawColor(&drawing)
      colorNames[object.name] = color.name ?? ColorNames.everydayName(for: color.channels)
      objects.append(
        ObjectInstance(
          name: object.name, shape: shapes[index], isFixed: object.isFixed, mass: object.mass.draw(&drawing),
          friction: object.surface.friction.draw(&drawing), restitution: object.surface.restitution.draw(&drawing),
          pose: placer.placed[index]?.pose ?? .identity,
          appearance: Appearance(
            color: color.channels, roughness: object.appearance.roughness.draw(&drawing),
            metallic: object.appearance.metallic.draw(&drawing),
            texture: object.appearance.texture.draw(&drawing).draw(&drawing)),
          joints: joints[index], density: object.density?.draw(&drawing), material: object.surface.material))
    }
    let lighting = LightingInstance(
      ambient: scene.lighting.ambient.draw(&drawing),
      background: scene.lighting.background.drawColor(&drawing).channels,
      lights: scene.lighting.lights.map { $0.draw(&drawing) })
    let cameras = scene.cameras.map { $0.draw(&drawing, robot: robot) }
    let task = task(objects, colorNames, &drawing)
    let expert = expert(robot, &drawing)
    let gravity = scene.gravity.draw(&drawing)
    let sensors = scene.sensors.map { $0.draw(&drawing, robot: robot) }
    let used = objects.compactMap { $0.material?.name } + robot.materials.map(\.name)
    let materialPairs = scene.materials.draw(Set(used), &drawing)
    let draws = drawing.records.map { Draw(path: $0.path, value: $0.value) }.sorted { $0.path < $1.path }
    return SceneInstance(
      seed: seed, episode: episode, rates: scene.rates, gravity: gravity, robot: robot, objects: objects,
      lighting: lighting, cameras: cameras, task: task, expert: expert,
      sensors: sensors.isEmpty ? nil : sensors, materialPairs: materialPairs,
      sleeping: scene.sleeping ? nil : false, draws: draws)
  }

  private func task(
    _ objects: [ObjectInstance], _ colorNames: [String: String], _ drawing: inout Drawing
  ) -> TaskInstance {
    let task = description.task
    var instruction = task.instruction.draw(&drawing)
    for (role, name) in [("object", task.object), ("into", task.into)] {
      let shape = objects.first { $0.name == name }?.shape.kindName ?? "object"
      instruction = instruction.replacing("{\(role).name}", with: name.replacing("_", with: " "))
        .replacing("{\(role).shape}", with: shape)
        .replacing("{\(role).color}", with: colorNames[name] ?? "gray")
    }
    return TaskInstance(
      kind: .pickAndPlace(object: task.object, into: task.into), timeLimit: task.within.draw(&drawing),
      dwell: task.dwell.draw(&drawing), instruction: instruction)
  }

  private func expert(_ robot: RobotInstance, _ drawing: inout Drawing) -> ExpertInstance {
    let expert = description.expert
    return ExpertInstance(
      approachTilt: expert.approachTilt.draw(&drawing), approachAzimuth: expert.approachAzimuth.draw(&drawing),
      gripForce: min(expert.gripForce.draw(&drawing), robot.gripper.maxForce), speed: expert.speed.draw(&drawing),
      graspOffset: expert.graspOffset.draw(&drawing), transportHeight: expert.transportHeight.draw(&drawing))
  }
}
