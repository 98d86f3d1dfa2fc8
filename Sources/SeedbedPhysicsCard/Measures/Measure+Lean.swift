import Diagnostics
import SeedbedGeometry
import SeedbedMath
import SeedbedPhysics
import SeedbedScene

extension Measure {
  /// The friction at which a board that leans against a smooth wall begins to slide: there the floor carries no more than the
  /// board's weight, but only because friction keeps the wall from taking some of it.
  ///
  /// - Parameters: angle: of the board with the floor, degrees. - length, thickness: m.
  public static func lean(
    _ bench: Bench, angle: Double = 50, length: Double = 0.3, thickness: Double = 0.01, mass: Double = 0.3
  ) throws(MeasureError) -> Measurement {
    let bench = bench.aside
    let (s, c) = Elementary.sinCos(angle * Double.pi / 180)
    let a = length / 2, b = thickness / 2
    // Moments about the foot: wall × height = weight × reach; wall = friction, floor = weight.
    let expected = (a * c - b * s) / (length * s)
    let depth = 0.0002
    let start = Vector3(-(a * c + b * s) + depth, 0, a * s + b * c - depth)
    var wall = BenchShape.floor(friction: 0)
    (wall.name, wall.shape) = ("wall", .box(size: Vector3(1, 4, 4)))
    wall.pose = Pose(Vector3(0.5, 0, 0))
    var low = 0.9 * expected, high = 1.1 * expected
    for _ in 0..<7 {
      let friction = 0.5 * (low + high)
      let board = BenchShape.thing(
        "board", .box(size: Vector3(length, 0.06, thickness)), mass: mass, friction: friction,
        at: Pose(start, Quaternion(axis: .unitY, angle: -angle * Double.pi / 180)))
      var world = try bench.world(bench.instance([BenchShape.floor(friction: friction), board, wall]))
      for _ in 0..<bench.frames(3) { try world.advance(bench.stay) }
      if world.objectPose(1).position.z < start.z - 0.003 { low = friction } else { high = friction }
    }
    return Measurement([
      CardLine(
        "friction under which a board slides that leans against a smooth wall, at \(significant(angle)) deg", unit: "",
        formula: "(cos a / 2 - t / (2 l) sin a) / sin a", expected: expected, measured: 0.5 * (low + high),
        bound: .relative(0.02))
    ])
  }
}
