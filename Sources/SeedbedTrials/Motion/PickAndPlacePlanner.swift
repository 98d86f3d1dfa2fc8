package import SeedbedGeometry
package import SeedbedPhysics
package import SeedbedScene

/// Plans a whole pick and place from the true poses of all objects. Pure and deterministic.
package struct PickAndPlacePlanner: Sendable {
  package let instance: SceneInstance
  package let assets: SceneAssets
  package let model: ArmModel
  package let hand: HandModel
  /// Indices into `SceneInstance.objects`.
  package let target: Int, goal: Int
  package let zone: PlacementZone
  package let rate: Double
  /// Of the target, where it is a mesh, in its own frame.
  package let hull: ConvexPolyhedron?

  package init(_ instance: SceneInstance, assets: SceneAssets, hulls: CollisionHulls) throws(TrialSetupError) {
    guard case .pickAndPlace(let object, let into) = instance.task.kind else { throw .notAPickAndPlace }
    guard let target = instance.objects.firstIndex(where: { $0.name == object }) else { throw .unknownObject(object) }
    guard let goal = instance.objects.firstIndex(where: { $0.name == into }) else { throw .unknownObject(into) }
    guard target != goal else { throw .sameObject(object) }
    do { model = try ArmModel(assets.robot, instance.robot) } catch { throw .robot(error) }
    hand = HandModel(assets.robot, instance.robot, model, meshes: assets.meshes, hulls: hulls)
    self.instance = instance
    self.assets = assets
    self.target = target
    self.goal = goal
    zone = PlacementZone(instance.objects[goal].shape, at: instance.objects[goal].pose, meshes: assets.meshes)
    rate = Double(instance.rates.control)
    if case .mesh(let path, let scale) = instance.objects[target].shape {
      hull = hulls.hull(path, scale: scale) ?? ConvexPolyhedron(hullOf: meshVertices(path, scale, assets.meshes))
    } else {
      hull = nil
    }
  }

  package var meshes: [String: MeshAsset] { assets.meshes }

  /// Why there is no plan.
  package enum Refusal: String, Error, Sendable {
    case noGrasp = "no grasp of the object fits the gripper with 3 mm of play at each finger"
    case graspOutOfReach = "no grasp of the object can be reached"
    case noWay = "the object can be reached, but no way from it to the goal"
  }

  /// The best plan for objects that stand as `poses` says.
  package func plan(_ poses: [Pose]) throws(Refusal) -> MotionPlan {
    var search = PlanSearch(self, poses: poses)
    return try search.run()
  }
}
