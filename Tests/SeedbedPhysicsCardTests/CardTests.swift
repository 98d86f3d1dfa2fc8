import SeedbedGeometry
import SeedbedPhysicsCard
import SeedbedScene
import Testing
import URDF

/// Other numbers than the card's own: every bound holds there too.
@Suite(.serialized) struct MeasureTests {
  static let bench = try? Bench.builtIn()

  static func expectPass(_ measurement: Measurement) {
    for line in measurement.lines {
      #expect(line.passed, "\(line.quantity): \(line.measured ?? .nan), expected \(line.expected)")
    }
  }

  @Test(arguments: [(20.0, 12.0, 0.1), (35, 57, 0.4), (15, 45, 0.05)])
  func slides(slope: Double, direction: Double, friction: Double) throws {
    let bench = try #require(Self.bench)
    Self.expectPass(try Measure.slide(bench, slope: slope, direction: direction, friction: friction))
  }

  @Test(arguments: [(25.0, 45.0, 0.5, 2.0), (10, 20, 0.2, 0.05)])
  func sticks(slope: Double, direction: Double, friction: Double, mass: Double) throws {
    let bench = try #require(Self.bench)
    Self.expectPass(try Measure.stick(bench, slope: slope, direction: direction, friction: friction, mass: mass))
  }

  @Test(arguments: [(30.0, 0.3), (45, 1), (75, 0.05)]) func leans(angle: Double, mass: Double) throws {
    let bench = try #require(Self.bench)
    Self.expectPass(try Measure.lean(bench, angle: angle, mass: mass))
  }

  /// A round cone: the pyramid would hold 1.41 times as much at 45 degrees.
  @Test(arguments: [(22.0, 0.3, 0.2), (45, 0.9, 2), (77, 0.6, 1)])
  func breaksAway(direction: Double, friction: Double, mass: Double) throws {
    let bench = try #require(Self.bench)
    Self.expectPass(try Measure.breakaway(bench, direction: direction, friction: friction, mass: mass))
  }

  @Test(arguments: BenchShape.allCases, [(0.3, 35.0), (0.9, 8)])
  func slips(shape: BenchShape, grip: (friction: Double, force: Double)) throws {
    let bench = try #require(Self.bench)
    Self.expectPass(try Measure.slipThreshold(bench, shape, friction: grip.friction, force: grip.force))
  }

  @Test(arguments: BenchShape.allCases) func holds(shape: BenchShape) throws {
    let bench = try #require(Self.bench)
    Self.expectPass(try Measure.hold(bench, shape, mass: 1, force: 30))
  }

  /// Soft pads give as their stiffness says, and hold as bare ones do.
  @Test(arguments: [(5e3, 15.0), (2e5, 60)]) func pads(stiffness: Double, force: Double) throws {
    var bench = try #require(Self.bench)
    Self.expectPass(try Measure.padIndentation(bench, stiffness: stiffness, force: force))
    bench.robot.gripper.pad = PadInstance(stiffness: stiffness, damping: 2e-3 * stiffness)
    Self.expectPass(try Measure.slipThreshold(bench, .box, force: force))
    Self.expectPass(try Measure.hold(bench, .cylinder, mass: 1, force: force))
  }

  @Test func swings() throws {
    let bench = try #require(Self.bench)
    Self.expectPass(try Measure.pendulum(bench, length: 0.8, degrees: 40))
  }

  /// With an arm of the engine's own hinges too.
  @Test(arguments: [ArmDynamics.hybrid, .full]) func torques(dynamics: ArmDynamics) throws {
    var bench = try #require(Self.bench)
    bench.robot.dynamics = dynamics
    for i in bench.robot.arm.indices {
      bench.robot.arm[i].friction = 0.3
      bench.robot.arm[i].damping = 0.5
    }
    Self.expectPass(try Measure.payloadTorque(bench, mass: 1.5, pose: 5))
    Self.expectPass(try Measure.motionTorque(bench, seconds: 2))
    Self.expectPass(try Measure.loadedMotion(bench, mass: 1.3, seconds: 2))
    for width in [0.0035, 0.009, 0.03, 0.07] {
      Self.expectPass(try Measure.gripForce(bench, force: 33, width: width))
    }
    Self.expectPass(try Measure.staticGrasp(bench, .hull, mass: 0.8))
  }

  /// A measurement that is off is called so.
  @Test func bounds() {
    func line(_ measured: Double?, _ bound: CardLine.Bound) -> CardLine {
      CardLine("", unit: "", formula: "", expected: 2, measured: measured, bound: bound)
    }
    #expect(line(2.01, .relative(0.006)).passed)
    #expect(!line(2.01, .relative(0.004)).passed)
    #expect(line(1.9, .absolute(0.11)).passed)
    #expect(!line(1.9, .absolute(0.09)).passed)
    #expect(line(-0.5, .atMost(0.6)).passed)
    #expect(!line(0.7, .atMost(0.6)).passed)
    #expect(line(3, .atLeast(2)).passed)
    #expect(!line(1, .atLeast(2)).passed)
    #expect(!line(nil, .relative(1)).passed)
    #expect(!line(.nan, .relative(1)).passed)
  }

  /// A gripper too weak for the load does not pass.
  @Test func failsWhereItShould() throws {
    let bench = try #require(Self.bench)
    #expect(throws: MeasureError.self) {
      try Measure.shake(bench, .approach, friction: 0.05, mass: 0.2, force: 20, seconds: 2)
    }
    let shaken = try Measure.shake(bench, .approach, friction: 0.1, mass: 0.2, force: 20, seconds: 0.2)
    #expect(shaken.lines.contains { !$0.passed })
  }

  /// Things are as wide as a gripper takes them, whatever its range; where it takes none, nothing is said to be measured.
  @Test(arguments: [(0.0, 0.08), (0.042, 0.114), (0.001, 0.012), (0.03, 0.0305)])
  func otherRanges(least: Double, most: Double) throws {
    var bench = try #require(Self.bench)
    // The pads stand farther apart, and their stops with them.
    for side in [0, 1] {
      let joint = try #require(bench.assets.robot.jointIndex("finger_joint\(side + 1)"))
      bench.assets.robot.joints[joint].lower = least / 2
      bench.assets.robot.joints[joint].upper = most / 2
    }
    bench.robot.gripper.maxOpening = most
    bench.robot.gripper.home = most
    let card = PhysicsCard(bench)
    let grasps = card.sections.filter { $0.title == "Grasps" }.flatMap(\.lines)
    if most - least > 0.001 {
      #expect(card.passed, "\(card.lines.filter { !$0.passed })")
      #expect(grasps.count > 20)
    } else {
      #expect(!card.passed)
      #expect(grasps.allSatisfy { $0.measured == nil && $0.note.contains("too little to take a thing") })
      #expect(card.markdown(version: "1", picture: nil).contains("**not measured**"))
      #expect(card.text.contains { $0.contains("not measured (the gripper opens from 30 to 30.5 mm") })
      #expect(try card.picture().count > 1000)
    }
  }

  /// Pads that never meet the thing: no number is made up.
  @Test func nothingHeld() throws {
    var bench = try #require(Self.bench)
    bench.robot.gripper.closedOpening = 0.05
    bench.robot.gripper.maxOpening = 0.13
    let joint = try #require(bench.assets.robot.jointIndex("finger_joint1"))
    #expect(bench.assets.robot.joints[joint].upper == 0.04)
    // The file's shapes touch at 0, the description says 50 mm: what is 60 mm wide is squeezed out.
    #expect(throws: MeasureError.self) { try Measure.hold(bench, .box) }
    #expect(throws: MeasureError.self) { try Measure.gripForce(bench, force: 20) }
  }
}

@Suite(.serialized) struct CardTests {
  /// The whole card within its bounds, the same bytes twice.
  @Test func card() throws {
    let bench = try Bench.builtIn()
    let card = PhysicsCard(bench)
    #expect(card.passed, "\(card.lines.filter { !$0.passed })")
    #expect(card.lines.count > 40)
    let again = PhysicsCard(bench)
    #expect(card.json(version: "1") == again.json(version: "1"))
    #expect(card.markdown(version: "1", picture: nil) == again.markdown(version: "1", picture: nil))
    #expect(try card.picture() == again.picture())
    #expect(card.markdown(version: "1", picture: nil).contains("## What is not modelled"))
  }
}
