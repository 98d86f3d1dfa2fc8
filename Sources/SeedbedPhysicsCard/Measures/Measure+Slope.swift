import Diagnostics
import SeedbedGeometry
import SeedbedMath
import SeedbedPhysics
import SeedbedScene

/// A slope: gravity leans, the floor is level, so that no rounding of a turned floor stands between formula and measurement.
extension Measure {
  private static let degree = Double.pi / 180

  /// - Parameters: slope, rad. - direction: of the slope's fall line from x, rad.
  private static func leaning(_ g: Double, slope: Double, direction: Double) -> (Vector3, downhill: Vector3) {
    let (s, c) = Elementary.sinCos(slope)
    let (ds, dc) = Elementary.sinCos(direction)
    let downhill = Vector3(dc, ds, 0)
    return (downhill * (g * s) + Vector3(0, 0, -g * c), downhill)
  }

  /// A thing on a floor of the same friction.
  private static func floorWorld(
    _ bench: Bench, _ name: String, _ shape: ShapeInstance, mass: Double, friction: Double, at pose: Pose,
    gravity: Vector3? = nil
  ) throws(MeasureError) -> World {
    try bench.world(
      bench.instance(
        [
          BenchShape.floor(friction: friction),
          BenchShape.thing(name, shape, mass: mass, friction: friction, at: pose),
        ], gravity: gravity))
  }

  /// The push that a box on a level floor begins to slip under, against mu m g, by its direction.
  ///
  /// - Parameter direction: degrees from the box's and the floor's x axis.
  public static func breakaway(
    _ bench: Bench, direction: Double, friction: Double = 0.5, mass: Double = 0.5
  ) throws(MeasureError) -> Measurement {
    let bench = bench.aside.stepwise
    let (s, c) = Elementary.sinCos(direction * degree)
    let start = Vector3(0, 0, 0.0198), limit = friction * mass * bench.g
    var world = try floorWorld(
      bench, "box", .box(size: Vector3(0.08, 0.08, 0.04)), mass: mass, friction: friction, at: Pose(start))
    for _ in 0..<bench.frames(0.2) { try world.advance(bench.stay) }
    var slipping: Double?
    // From nine tenths of the limit on, slowly.
    for k in 1...bench.frames(4) where slipping == nil {
      let share = 0.9 + 0.1 * Double(k) / Double(bench.frames(1))
      world.push(object: 1, force: Vector3(c, s, 0) * (share * limit))
      try world.advance(bench.stay)
      if world.objectVelocity(1).linear.length > 1e-3 { slipping = share }
    }
    return Measurement(
      [
        CardLine(
          "push that a box begins to slip under, at \(significant(direction)) deg", unit: "",
          formula: "force / (mu m g) = 1", expected: 1, measured: slipping, bound: .relative(0.02))
      ], traces: slipping.map { [Trace("measured", x: [direction], y: [$0])] } ?? [])
  }

  /// A box slides down a slope for a second, its fall line turned against the box's and the floor's axes.
  ///
  /// - Parameters: slope, direction: degrees.
  public static func slide(
    _ bench: Bench, slope: Double = 30, direction: Double, friction: Double = 0.3, seconds t: Double = 1
  ) throws(MeasureError) -> Measurement {
    let bench = bench.aside
    let (gravity, downhill) = leaning(bench.g, slope: slope * degree, direction: direction * degree)
    let start = Vector3(0, 0, 0.0248)
    var world = try floorWorld(
      bench, "box", .box(size: Vector3(0.05, 0.05, 0.05)), mass: 0.2, friction: friction, at: Pose(start),
      gravity: gravity)
    var trace = Trace("\(significant(direction)) deg")
    for k in 1...bench.frames(t) {
      try world.advance(bench.stay)
      trace.add(Double(k) / Double(bench.rates.control), (world.objectPose(1).position - start).dot(downhill))
    }
    let end = world.objectPose(1).position
    let (s, c) = Elementary.sinCos(slope * degree)
    let expected = 0.5 * bench.g * (s - friction * c) * t * t
    return Measurement(
      [
        CardLine(
          "slide, slope \(significant(slope)) deg, at \(significant(direction)) deg to the axes, mu \(significant(friction))",
          unit: "m", formula: "(sin a - mu cos a) g t^2 / 2", expected: expected,
          measured: (end - Vector3(start.x, start.y, end.z)).length, bound: .relative(0.005),
          note: "the integrator's own share is h / t = \(percent(bench.rates.stepSeconds / t))")
      ], traces: [trace])
  }

  /// A box stands on a slope for `seconds`.
  public static func stick(
    _ bench: Bench, slope: Double = 30, direction: Double = 0, friction: Double = 0.7, mass: Double = 0.2,
    seconds: Double = 5
  ) throws(MeasureError) -> Measurement {
    let bench = bench.aside
    let (gravity, _) = leaning(bench.g, slope: slope * degree, direction: direction * degree)
    let start = Vector3(0, 0, 0.0248)
    var world = try floorWorld(
      bench, "box", .box(size: Vector3(0.05, 0.05, 0.05)), mass: mass, friction: friction, at: Pose(start),
      gravity: gravity)
    for _ in 0..<bench.frames(seconds) { try world.advance(bench.stay) }
    let moved = world.objectPose(1).position - start
    return Measurement([
      CardLine(
        "stick, slope \(significant(slope)) deg at \(significant(direction)) deg, mu \(significant(friction)), "
          + "\(significant(mass)) kg, \(significant(seconds)) s", unit: "m", formula: "0: tan a < mu", expected: 0,
        measured: Vector3(moved.x, moved.y, 0).length, bound: .atMost(1e-4))
    ])
  }

  /// The slope at which a slender box begins to topple.
  public static func topple(_ bench: Bench, width: Double = 0.04, height: Double = 0.12) throws(MeasureError)
    -> Measurement
  {
    let bench = bench.aside
    let expected = Elementary.atan(width / height)
    var low = 0.9 * expected, high = 1.1 * expected
    for _ in 0..<8 {
      let slope = 0.5 * (low + high)
      let (gravity, _) = leaning(bench.g, slope: slope, direction: 0)
      var world = try floorWorld(
        bench, "tower", .box(size: Vector3(width, 0.06, height)), mass: 0.3, friction: 1.5,
        at: Pose(Vector3(0, 0, height / 2 - 0.0002)), gravity: gravity)
      var isDown = false
      for _ in 0..<bench.frames(2) where !isDown {
        try world.advance(bench.stay)
        isDown = world.objectPose(1).rotate(.unitZ).z < 0.98
      }
      if isDown { high = slope } else { low = slope }
    }
    return Measurement([
      CardLine(
        "topple, box \(significant(width)) m wide, \(significant(height)) m high", unit: "deg",
        formula: "arctan(w / h)", expected: expected / degree, measured: 0.5 * (low + high) / degree,
        bound: .relative(0.02))
    ])
  }

  /// A ball or a cylinder rolls down a slope for a second without slipping.
  public static func roll(_ bench: Bench, sphere: Bool, slope: Double = 10) throws(MeasureError) -> Measurement {
    let bench = bench.aside
    let (gravity, downhill) = leaning(bench.g, slope: slope * degree, direction: 0)
    let radius = 0.05
    let shape = sphere ? ShapeInstance.sphere(radius: radius) : .cylinder(radius: radius, length: 0.06)
    let turn = sphere ? Quaternion.identity : Quaternion(axis: .unitX, angle: Double.pi / 2)
    let start = Vector3(0, 0, radius - 0.0002)
    var world = try floorWorld(
      bench, "round", shape, mass: 0.3, friction: 0.8, at: Pose(start, turn), gravity: gravity)
    for _ in 0..<bench.frames(1) { try world.advance(bench.stay) }
    let k = sphere ? 0.4 : 0.5
    let (s, c) = Elementary.sinCos(slope * degree)
    let resistance = Self.rollingArm * c / radius
    return Measurement([
      CardLine(
        "roll, \(sphere ? "sphere" : "cylinder"), slope \(significant(slope)) deg", unit: "m/s^2",
        formula: "g (sin a - b cos a / r) / (1 + k), b = 0.5 mm (rolling friction)",
        expected: bench.g * (s - resistance) / (1 + k),
        measured: 2 * (world.objectPose(1).position - start).dot(downhill), bound: .relative(0.01))
    ])
  }

  /// m: lever arm of the engine's friction against rolling.
  static let rollingArm = 0.5e-3
}
