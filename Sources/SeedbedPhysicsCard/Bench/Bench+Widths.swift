import Diagnostics
import SeedbedScene

/// How wide the things are that the bench's gripper is measured with.
extension Bench {
  /// Between a thing and the gripper's smallest and largest openings, m.
  private static let play = 1e-3

  /// What most measurements are made with, or where a width is wanted, the one nearest to it; m.
  func width(_ wanted: Double?) throws(MeasureError) -> Double {
    if let wanted { return try width(near: wanted) }
    return try usualWidth()
  }

  /// The width nearest to the wanted one, m, that the gripper can open for and close on.
  ///
  /// `give`: by how much pads are pressed in, m.
  func width(near wanted: Double, give: Double = 0) throws(MeasureError) -> Double {
    let gripper = robot.gripper
    let least = smallestOpening + Self.play + give
    let most = gripper.maxOpening - Self.play
    guard least <= most else {
      throw MeasureError(
        "the gripper opens from \(significant(smallestOpening * 1e3)) to \(significant(gripper.maxOpening * 1e3)) mm "
          + "only, too little to take a thing")
    }
    return min(max(wanted, least), most)
  }

  private var smallestOpening: Double { max(0, robot.gripper.smallestOpening(assets.robot)) }

  /// What most measurements are made with, m.
  private func usualWidth() throws(MeasureError) -> Double {
    let least = smallestOpening, most = robot.gripper.maxOpening
    return try width(near: min(max(0.04, least + 0.2 * (most - least)), 0.6 * most))
  }

  /// Thin and middling things, m; none that is as wide as the usual one.
  var thinWidths: [Double] {
    guard let usual = try? width(nil) else { return [] }
    var widths: [Double] = []
    for wanted in [0.006, 0.02] {
      guard let width = try? width(near: wanted), width < usual - 1e-4, !widths.contains(width) else { continue }
      widths.append(width)
    }
    return widths
  }
}
