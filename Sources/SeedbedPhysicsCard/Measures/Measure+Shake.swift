import Diagnostics
import SeedbedGeometry
import SeedbedMath
import SeedbedPhysics
import SeedbedScene
import SeedbedTrials

/// In which direction of the hand a held thing is shaken.
public enum ShakeDirection: String, Sendable, CaseIterable {
  case approach, closing, across

  func vector(_ hand: Pose) -> Vector3 {
    switch self {
    case .approach: hand.rotate(.unitZ)
    case .closing: hand.rotate(.unitY)
    case .across: hand.rotate(.unitX)
    }
  }
}

extension Measure {
  private static let frequency = 5.0

  /// The arm itself shakes a held thing with two g at 5 Hz.
  ///
  /// - Parameters: friction: of pads and thing. - acceleration: m/s², peak.
  public static func shake(
    _ bench: Bench, _ direction: ShakeDirection, friction: Double = 0.5, mass: Double = 0.2, force: Double = 20,
    acceleration: Double = 19.62, seconds: Double = 10
  ) throws(MeasureError) -> Measurement {
    let bench = bench.stepwise
    var grasp = try Grasp.taking(bench, mass: mass, friction: friction, gripForce: Grasp.force(bench, force))
    try grasp.advance(0.5)
    let model: ArmModel
    do { model = try ArmModel(grasp.bench.assets.robot, grasp.bench.robot) } catch { throw MeasureError("\(error)") }
    var solver = ArmSolver(model)
    let home = grasp.home, axis = direction.vector(home)
    let omega = 2 * Double.pi * frequency
    // What the arm's lag takes is given on top.
    let amplitude = 1.1 * acceleration / (omega * omega)
    let reference = grasp.inHand
    var q = model.home
    var trace = Trace(direction.rawValue)
    var worst = 0.0, peak = 0.0
    var before = home.position, now = home.position
    let h = bench.rates.stepSeconds
    for k in 1...bench.frames(seconds) {
      let t = Double(k) * h
      let growing = min(1, 2 * t)
      let offset = amplitude * growing * growing * Elementary.sin(omega * t)
      let target = Pose(home.position + axis * offset, home.orientation)
      for _ in 0..<2 { solver.step(&q, towards: target) }
      grasp.command.arm = q.map { Float($0) }
      try grasp.world.advance(grasp.command)
      let distance = grasp.moved(since: reference).distance
      worst = max(worst, distance)
      let hand = grasp.world.tcpPose.position
      if t > 1 { peak = max(peak, ((hand - now) - (now - before)).length / (h * h)) }
      (before, now) = (now, hand)
      if k % 4 == 0, t <= 2 { trace.add(t, distance * 1e6) }
    }
    try grasp.mustHold()
    let what = "shaken along \(direction.rawValue), mu \(significant(friction)), \(significant(seconds)) s"
    return Measurement(
      [
        CardLine(
          what + ": hand's peak acceleration", unit: "m/s^2", formula: "at least 2 g", expected: acceleration,
          measured: peak, bound: .atLeast(acceleration)),
        CardLine(
          what + ": movement in the hand", unit: "m", formula: "0", expected: 0, measured: worst, bound: .atMost(1e-3)),
      ], traces: [trace])
  }

  /// The same with a robot that may be too slow for it: it stands still, and the thing feels the force of the shaking.
  public static func shakeLoad(
    _ bench: Bench, _ direction: ShakeDirection, friction: Double = 0.5, acceleration: Double = 19.62,
    seconds: Double = 10
  ) throws(MeasureError) -> Measurement {
    let bench = bench.stepwise
    let told = Grasp.force(bench, 20)
    // Weight and shaking take a third of what friction can carry.
    let mass = min(0.2, 2 * friction * told / (3 * (bench.g + acceleration)))
    var grasp = try Grasp.taking(bench, mass: mass, friction: friction, gripForce: told)
    try grasp.advance(0.5)
    let axis = direction.vector(grasp.home)
    let reference = grasp.inHand
    var worst = 0.0
    for k in 1...bench.frames(seconds) {
      let phase = 2 * Double.pi * frequency * Double(k) * bench.rates.stepSeconds
      grasp.world.push(object: 0, force: axis * (mass * acceleration * Elementary.sin(phase)))
      try grasp.world.advance(grasp.command)
      worst = max(worst, grasp.moved(since: reference).distance)
    }
    try grasp.mustHold()
    return Measurement([
      CardLine(
        "2 g along \(direction.rawValue) as a force, mu \(significant(friction)), \(significant(mass)) kg, "
          + "\(significant(seconds)) s: movement in the hand",
        unit: "m", formula: "0", expected: 0, measured: worst, bound: .atMost(1e-3))
    ])
  }
}
