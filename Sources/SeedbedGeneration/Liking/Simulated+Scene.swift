import SeedbedEpisodes
import SeedbedMapping
import SeedbedScene
import URDF

extension Simulated {
  /// What a scene's robot and cameras can give.
  ///
  /// - Parameter stateOnly: Pictures are left out, so that no camera is missed.
  init(_ loaded: LoadedScene, stateOnly: Bool) throws(GenerationError) {
    let example = try sampled(loaded, seed: 0, episode: 0)
    let own = featureSchema(
      for: example, robot: loaded.assets.robot, robotType: loaded.robotType, withPictures: false)
    self.init(
      features: own.features, robot: example.robot, description: loaded.assets.robot,
      cameras: stateOnly ? nil : example.cameras.map { Camera(name: $0.name, isMounted: $0.link != nil) })
  }

  /// What a robot by itself can give, at any task.
  init(_ robot: RobotInstance, description: RobotDescription) {
    self.init(
      features: robotFeatures(robot, description) + outcomeFeatures, robot: robot, description: description,
      cameras: nil)
  }

  private init(
    features: [Feature], robot: RobotInstance, description: RobotDescription, cameras: [Camera]?
  ) {
    self.init(
      features: features,
      arm: robot.arm.map { driven in
        let joint = description.jointIndex(driven.joint).map { description.joints[$0] }
        let turnsFreely = joint?.kind == .continuous
        return Joint(
          name: driven.joint, isPrismatic: joint?.kind == .prismatic, lower: turnsFreely ? nil : joint?.lower,
          upper: turnsFreely ? nil : joint?.upper)
      }, maxOpening: robot.gripper.maxOpening, cameras: cameras)
  }
}
