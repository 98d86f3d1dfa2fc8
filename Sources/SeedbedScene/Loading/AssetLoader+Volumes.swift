import Diagnostics
import SeedbedGeometry
import SeedbedRandomness
import URDF

extension AssetLoader {
  /// A surface whose holes are less than this share of it encloses what it seems to.
  private static let mostOpen = 1e-3

  /// Refuses meshes of things that move which enclose nothing: a mass cannot be spread in them. Of what is fixed the holes are
  /// only told: it collides as its hull.
  func checkVolumes(of objects: [ObjectDescription]) {
    for object in objects {
      for case .mesh(let path, _) in object.shape.literalValues {
        guard let mesh = meshes[path] else { continue }
        let name = "The mesh \(reader.displayed(path)) of `\(object.name)`"
        if object.isFixed {
          guard let share = openShare(path), !decoder.openMeshes.contains(path) else { continue }
          decoder.warning(
            object.location, "\(name) is not closed (its holes have \(share) of the area of its surface).",
            "It collides as its convex hull, which fills the holes; `open: true` beside its `file` says that this is meant."
          )
        } else if mesh.isFlat {
          decoder.error(
            object.location, "\(name) is flat: its hull has no volume.", "Export it as a solid, or use a thin box.")
        } else if let share = openShare(path), !decoder.openMeshes.contains(path) {
          decoder.error(
            object.location,
            "\(name) is not closed (its holes have \(share) of the area of its surface), so that it is not said where its "
              + "mass is.",
            "Close the holes, or write `open: true` beside its `file`: then the mass fills its convex hull, as which it "
              + "collides.")
        }
      }
    }
  }

  /// Where a link's mass comes from its collision meshes they have to be closed.
  func checkVolumes(of links: [Link]) {
    for link in links {
      for collision in link.collisions {
        guard case .mesh(let path, _) = collision.geometry, let share = openShare(path) else { continue }
        decoder.error(
          displayed(collision.location),
          "The collision mesh \(reader.displayed(path)) of the link '\(link.name)' is not closed (its holes have \(share) of "
            + "the area of its surface), so that the object's `density` does not say its mass.",
          "Close the holes, or give the link an <inertial>.")
      }
    }
  }

  /// Tells of collision meshes with holes: they count as their convex hulls, which fill them.
  func checkCollisionMeshes(of robot: RobotSource) {
    warnOfOpenMeshes(of: robot.robot, "The robot `\(robot.robot.name)`")
  }

  func warnOfOpenMeshes(of model: RobotDescription, _ name: String) {
    var open: [(path: String, location: SourceLocation)] = []
    for collision in model.links.flatMap(\.collisions) {
      guard case .mesh(let path, _) = collision.geometry, !open.contains(where: { $0.path == path }),
        openShare(path) != nil
      else { continue }
      open.append((path, collision.location))
    }
    guard let first = open.first else { return }
    let names = open.prefix(4).map { reader.displayed($0.path) }.joined(separator: ", ") + (open.count > 4 ? ", …" : "")
    decoder.warning(
      displayed(first.location),
      "\(name) has \(open.count) collision mesh\(open.count == 1 ? " that is" : "es that are") not closed (\(names)).",
      "Each collides as its convex hull, which fills the holes; close them where that is not meant.")
  }

  /// `12 %`; nil where the mesh is closed.
  private func openShare(_ path: String) -> String? {
    let share: Double
    if let known = openShares[path] {
      share = known
    } else {
      share = meshes[path]?.openShare ?? 0
      openShares[path] = share
    }
    return share > Self.mostOpen ? "\(significant(100 * share, 2)) %" : nil
  }
}
