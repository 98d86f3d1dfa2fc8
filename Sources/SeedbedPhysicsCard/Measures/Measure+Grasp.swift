import Diagnostics
import SeedbedGeometry
import SeedbedPhysics
import SeedbedScene

extension Measure {
  /// The force of each pad against the force that the gripper was told.
  ///
  /// - Parameter width: of the thing, m; as near to it as the gripper can.
  public static func gripForce(_ bench: Bench, force: Double, width: Double? = nil) throws(MeasureError) -> Measurement
  {
    let told = Grasp.force(bench, force)
    let width = try bench.width(width)
    var grasp = try Grasp.taking(bench, width: width, mass: Grasp.mass(bench, 0.1, held: told), gripForce: told)
    try grasp.advance(0.5)
    try grasp.mustHold()
    let pads = grasp.padForces
    // The pad that is farther off.
    let worst = abs(pads[0] - told) > abs(pads[1] - told) ? pads[0] : pads[1]
    return Measurement([
      CardLine(
        "grip force at a pad, \(significant(width * 1e3)) mm wide, told \(significant(told)) N", unit: "N",
        formula: "as told", expected: told, measured: worst, bound: .relative(0.005))
    ])
  }

  /// A thing hangs still in the grasp: all forces of its contacts against its weight.
  public static func staticGrasp(_ bench: Bench, _ shape: BenchShape, mass: Double = 0.3) throws(MeasureError)
    -> Measurement
  {
    let told = Grasp.force(bench, 20)
    let mass = Grasp.mass(bench, mass, held: told)
    var grasp = try Grasp.taking(bench, shape, mass: mass, gripForce: told)
    try grasp.advance(1)
    var sum = Vector3.zero
    let frames = bench.frames(0.25)
    for _ in 0..<frames {
      try grasp.world.advance(grasp.command)
      sum += grasp.world.contactForce(onObject: 0)
    }
    try grasp.mustHold()
    let weight = bench.g * mass
    return Measurement([
      CardLine(
        "static grasp of a \(shape.rawValue): contact forces and weight", unit: "N",
        formula: "|sum of contact forces + m g| = 0", expected: 0,
        measured: (sum / Double(frames) + grasp.weight).length, bound: .atMost(0.02 * weight),
        note: "weight \(significant(weight)) N")
    ])
  }

  /// A thing is held for `seconds`: how far it creeps and turns in the hand.
  public static func hold(
    _ bench: Bench, _ shape: BenchShape = .box, mass: Double = 1, force: Double = 20, seconds: Double = 10
  ) throws(MeasureError) -> Measurement {
    let told = Grasp.force(bench, force)
    let mass = Grasp.mass(bench, mass, held: told)
    var grasp = try Grasp.taking(bench, shape, mass: mass, gripForce: told)
    try grasp.advance(0.5)
    let reference = grasp.inHand
    var creep = 0.0, turn = 0.0
    var trace = Trace(shape.rawValue)
    for k in 1...bench.frames(seconds) {
      try grasp.world.advance(grasp.command)
      let moved = grasp.moved(since: reference)
      (creep, turn) = (max(creep, moved.distance), max(turn, moved.angle))
      if k % 6 == 0 { trace.add(Double(k) / Double(bench.rates.control), moved.distance * 1e6) }
    }
    try grasp.mustHold()
    let what = "\(shape.rawValue) of \(significant(mass)) kg held \(significant(seconds)) s, \(significant(told)) N"
    return Measurement(
      [
        CardLine(what + ": creep", unit: "m", formula: "0", expected: 0, measured: creep, bound: .atMost(2e-5)),
        CardLine(
          what + ": turn", unit: "deg", formula: "0", expected: 0, measured: turn * 180 / Double.pi,
          bound: .atMost(0.1)),
      ], traces: [trace])
  }

  /// The load at which a held thing begins to slip, as a share of 2 mu F.
  ///
  /// The thing is light, and a force along the fingers grows slowly until it slips.
  public static func slipThreshold(
    _ bench: Bench, _ shape: BenchShape, friction: Double = 0.5, force: Double = 20
  ) throws(MeasureError) -> Measurement {
    let bench = bench.stepwise
    let told = Grasp.force(bench, force)
    let limit = 2 * friction * told
    var grasp = try Grasp.taking(
      bench, shape, mass: min(0.05, 0.1 * limit / bench.g), friction: friction, gripForce: told)
    try grasp.advance(0.3)
    let reference = grasp.inHand.position
    var trace = Trace(shape.rawValue)
    var slipping: Double?
    var last = 0.0
    // The load grows by the limit in two seconds.
    for k in 1...bench.frames(2.4) {
      let extra = limit * Double(k) / Double(bench.frames(2))
      grasp.world.push(object: 0, force: grasp.approach * extra)
      try grasp.world.advance(grasp.command)
      let distance = (grasp.inHand.position - reference).length
      let load = (extra + bench.g * grasp.mass) / limit
      if slipping == nil { trace.add(load, distance * 1e3) }
      let isSlipping = (distance - last) / bench.rates.stepSeconds > Self.slipSpeed
      if isSlipping, slipping == nil { slipping = load }
      last = distance
      if distance > 1e-3 { break }
    }
    return Measurement(
      [
        CardLine(
          "slip threshold of a \(shape.rawValue), mu \(significant(friction)), \(significant(told)) N", unit: "",
          formula: "load / (2 mu F) = 1", expected: 1, measured: slipping, bound: .relative(0.08),
          note: slipping == nil ? "did not slip below 1.2 times the limit" : "")
      ], traces: [trace])
  }

  /// m/s: faster in the hand is slipping, slower is creep.
  private static let slipSpeed = 2e-3
}
