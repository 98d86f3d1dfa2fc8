internal import SeedbedGeometry
internal import SeedbedScene
internal import URDF

/// A link and all that it carries, as masses on the robot's bodies.
struct CarriedLoad {
  struct Part {
    /// Number in the tree; nil: fixed in the world.
    var body: Int?
    /// In the body's frame or the world.
    var mass: MassProperties
  }

  /// By link of the description.
  let isCarried: [Bool]
  private(set) var parts: [Part] = []

  init(of link: Int, _ robot: RobotDescription, _ tree: RobotTree, _ hulls: CollisionHulls) {
    isCarried = robot.carried(by: link)
    // A body that is carried wholly has the mass that the engine moves; of others the links count one by one.
    var whole: [Int: Bool] = [:]
    for (body, entry) in tree.bodies.enumerated() { whole[body] = entry.links.allSatisfy { isCarried[$0] } }
    for (body, entry) in tree.bodies.enumerated() where whole[body] == true {
      parts.append(Part(body: body, mass: entry.mass))
    }
    var ignored: [String] = []
    for (link, mount) in tree.mounts.enumerated() where isCarried[link] {
      if let body = mount.body, whole[body] == true { continue }
      guard let own = LinkMass.properties(robot.links[link], hulls, warnings: &ignored) else { continue }
      parts.append(Part(body: mount.body, mass: own.transformed(by: mount.pose)))
    }
  }
}
