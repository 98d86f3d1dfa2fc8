import SeedbedGeometry
import SeedbedPhysics
import SeedbedScene

/// What a robot knows of itself, in one vector.
struct FullStateSource {
  let wrench: WrenchSource
  let fingertips: FingertipSource

  /// N: less is no touch.
  private static let touch = 0.1
  /// Share of the grip force, m/s and m.
  private static let squeeze = 0.5, stillness = 5e-3, gap = 1e-3

  func read(_ world: borrowing World, _ contacts: [ContactPoint], _ frame: inout SensedFrame) -> [Double] {
    [
      world.armPositions, world.armVelocities, world.armEfforts, world.armTargets,
      wrench.read(world, contacts, frame), frame.tcpPose(world), frame.tcpTwist(world, .base),
      [world.gripperOpening, world.gripperVelocity], fingertips.read(world, contacts, frame), flags(world, contacts),
    ].flatMap { $0 }
  }

  private func flags(_ world: borrowing World, _ contacts: [ContactPoint]) -> [Double] {
    let touches = fingertips.forces(contacts).allSatisfy { $0.length >= Self.touch }
    let holds =
      world.gripForceLimit > 0 && world.gripForce >= Self.squeeze * world.gripForceLimit
      && abs(world.gripperVelocity) < Self.stillness && world.gripperOpening - world.gripperTarget > Self.gap
    return [touches ? 1 : 0, holds ? 1 : 0]
  }
}
