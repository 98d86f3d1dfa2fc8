import SeedbedGeometry
import SeedbedPhysics
import SeedbedScene

/// What became of a picked object.
struct Held {
  var lifted = false
  /// Movement in the hand during the hold, mm and degrees.
  var creep = 0.0, turn = 0.0
  var height = 0.0
  var gripForce = 0.0
  var lcpMessages = 0
  var outcome = FrameOutcome.ok
  var hash: UInt64 = 0

  /// Picks object 1 (object 0 is the table) and holds it for `hold` seconds.
  static func pick(
    _ object: ObjectInstance, z: Double, gripForce: Double = 20, hold: Double = 10, y: Double? = nil,
    meshes: [String: MeshAsset] = [:], friction: Double = 1, dynamics: ArmDynamics = .hybrid
  ) throws -> Held {
    var robot = TestPanda.instance
    robot.fingerFriction = friction
    robot.dynamics = dynamics
    let instance = TestScene.instance([TestScene.table, object], gripForce: gripForce, robot: robot)
    var world = try World(instance, assets: TestScene.assets(meshes: meshes))
    let path = TestPath.pickAndHold(
      x: object.pose.position.x, y: y ?? object.pose.position.y, z: z, hold: hold)
    var held = Held()
    var reference: Pose?
    for (frame, command) in path.commands.enumerated() {
      held.outcome = world.advanceFrame(command)
      guard held.outcome == .ok else { break }
      if frame >= 30 * 4 {
        let inHand = world.tcpPose.inverse * world.objectPose(1)
        if reference == nil {
          reference = inHand
          held.lifted = world.objectPose(1).position.z > 0.15
        }
        if let reference {
          held.creep = (inHand.position - reference.position).length * 1e3
          held.turn =
            (reference.orientation.conjugate * inHand.orientation).rotationVector.length * 180 / Double.pi
        }
      }
    }
    held.height = world.objectPose(1).position.z
    held.gripForce = world.gripForce
    held.lcpMessages = world.lcpMessages
    held.hash = world.stateHash
    return held
  }
}
