public import SeedbedScene

/// What this build of the physics does, measured against closed forms.
public struct PhysicsCard: Sendable, Equatable {
  /// Lines that belong together.
  public struct Section: Sendable, Equatable {
    public var title: String
    /// With which robot.
    public var bench: String
    /// At which rate, and with which dynamics.
    public var setting: String
    public var lines: [CardLine]
  }

  /// A picture's curves.
  public struct Figure: Sendable, Equatable {
    public var title: String
    public var x: String, y: String
    public var traces: [Trace]
  }

  public var rates: Rates
  public var sections: [Section] = []
  public var figures: [Figure] = []

  public var lines: [CardLine] { sections.flatMap(\.lines) }
  public var passed: Bool { lines.allSatisfy(\.passed) }

  /// Measures everything: bodies and contacts, and grasps and efforts with each robot.
  ///
  /// - Parameters:
  ///   - bench: the robot, and the rates for what needs none.
  ///   - others: robots that are measured besides.
  public init(_ bench: Bench, others: [Bench] = []) {
    rates = bench.rates
    addBodies(bench)
    addGrasps(bench)
    for other in others { addGrasps(other) }
  }

  // MARK: What is measured

  private mutating func addBodies(_ bench: Bench) {
    var free = Section(title: "Bodies", bench: "no robot", setting: "\(bench.rates.physics) steps a second", lines: [])
    take(&free, "free fall") { () throws(MeasureError) in try Measure.freeFall(bench) }
    let swing = take(&free, "pendulum") { () throws(MeasureError) in try Measure.pendulum(bench) }
    var bounces: [Trace] = []
    for e in [1, 0.8, 0.5] {
      bounces += take(&free, "bounce") { () throws(MeasureError) in try Measure.bounce(bench, restitution: e) }
    }
    sections.append(free)
    var slopes = Section(
      title: "Friction, slopes and rolling", bench: "no robot", setting: "\(bench.rates.physics) steps a second",
      lines: [])
    for direction in [0, 30, 45, 70.0] {
      take(&slopes, "slide") { () throws(MeasureError) in try Measure.slide(bench, direction: direction) }
    }
    var cone = Trace("measured"), circle = Trace("mu m g")
    for direction in [0, 15, 30, 45, 60, 90.0] {
      let points = take(&slopes, "push") { () throws(MeasureError) in
        try Measure.breakaway(bench, direction: direction)
      }
      for point in points { cone.add(direction, point.y[0]) }
      circle.add(direction, 1)
    }
    take(&slopes, "slide") { () throws(MeasureError) in
      try Measure.slide(bench, slope: 40, direction: 20, friction: 0.6)
    }
    for direction in [0, 30.0] {
      take(&slopes, "stick") { () throws(MeasureError) in try Measure.stick(bench, direction: direction) }
    }
    for angle in [35, 60.0] {
      take(&slopes, "lean") { () throws(MeasureError) in try Measure.lean(bench, angle: angle) }
    }
    take(&slopes, "topple") { () throws(MeasureError) in try Measure.topple(bench) }
    for sphere in [true, false] {
      take(&slopes, "roll") { () throws(MeasureError) in try Measure.roll(bench, sphere: sphere) }
    }
    sections.append(slopes)
    figures += [
      Figure(
        title: "Push that slips, by its direction", x: "deg from the axes", y: "1 / (mu m g)", traces: [circle, cone]),
      Figure(title: "Bounce from 1 m", x: "time, s", y: "m", traces: bounces),
      Figure(title: "Rod swinging from 60 deg", x: "time, s", y: "deg", traces: swing),
    ]
  }

  private mutating func addGrasps(_ bench: Bench) {
    var grasps = Section(title: "Grasps", bench: bench.name, setting: bench.setting, lines: [])
    let most = bench.robot.gripper.maxForce
    let fitting = [5, 20, 60.0].filter { $0 <= most }
    let forces = fitting.isEmpty ? [most] : fitting
    for force in forces {
      take(&grasps, "grip force") { () throws(MeasureError) in try Measure.gripForce(bench, force: force) }
    }
    for width in bench.thinWidths {
      take(&grasps, "grip force on a thin thing") { () throws(MeasureError) in
        try Measure.gripForce(bench, force: forces.last ?? most, width: width)
      }
    }
    take(&grasps, "indentation of a pad") { () throws(MeasureError) in try Measure.padIndentation(bench) }
    var slips: [Trace] = [], shakes: [Trace] = [], creeps: [Trace] = []
    for shape in BenchShape.allCases {
      take(&grasps, "static grasp of a \(shape.rawValue)") { () throws(MeasureError) in
        try Measure.staticGrasp(bench, shape)
      }
      slips += take(&grasps, "slip threshold of a \(shape.rawValue)") { () throws(MeasureError) in
        try Measure.slipThreshold(bench, shape)
      }
      creeps += take(&grasps, "\(shape.rawValue) held for 10 s") { () throws(MeasureError) in
        try Measure.hold(bench, shape)
      }
    }
    for direction in ShakeDirection.allCases {
      shakes += take(&grasps, "shaken along \(direction.rawValue)") { () throws(MeasureError) in
        bench.isBuiltIn ? try Measure.shake(bench, direction) : try Measure.shakeLoad(bench, direction)
      }
    }
    sections.append(grasps)
    var efforts = Section(title: "Joint efforts", bench: bench.name, setting: bench.setting, lines: [])
    for (mass, pose) in [(0.5, 0), (2, 1), (1, 2)] {
      take(&efforts, "joint efforts with a payload, pose \(pose)") { () throws(MeasureError) in
        try Measure.payloadTorque(bench, mass: mass, pose: pose)
      }
    }
    take(&efforts, "joint efforts over a motion") { () throws(MeasureError) in try Measure.motionTorque(bench) }
    take(&efforts, "joint efforts over a motion with a load") { () throws(MeasureError) in
      try Measure.loadedMotion(bench)
    }
    sections.append(efforts)
    guard bench.isBuiltIn else { return }
    figures += [
      Figure(
        title: "Slip in the hand under a growing load", x: "load / (2 mu F)", y: "mm", traces: slips),
      Figure(title: "1 kg held with 20 N: creep in the hand", x: "time, s", y: "um", traces: creeps),
      Figure(title: "Held 0.2 kg shaken with 2 g at 5 Hz", x: "time, s", y: "um in the hand", traces: shakes),
    ]
  }

  /// Adds a measurement's lines; where it is not possible, a line that says why. Returns its curves.
  @discardableResult
  private mutating func take(
    _ section: inout Section, _ name: String, _ measure: () throws(MeasureError) -> Measurement
  ) -> [Trace] {
    do {
      let measurement = try measure()
      section.lines += measurement.lines
      return measurement.traces
    } catch {
      section.lines.append(CardLine(name, notMeasured: error.description))
      return []
    }
  }
}

extension Bench {
  var isBuiltIn: Bool { robot.urdf == BenchArm.file && assets.files.isEmpty }
}
