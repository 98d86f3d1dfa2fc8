import SeedbedEpisodes
import SeedbedGeometry
import SeedbedQuality
import SeedbedScene
import SeedbedTrials

/// A made-up recording without a fault: two joints and a gripper make one smooth move of two seconds, one camera of
/// 32 x 16 pixels looks at it. Tests change one thing.
struct Recording {
  static let pixels = 32 * 16
  static let object: UInt16 = 9, links = 4

  var frames = 61
  /// Frame by frame: two joints and the gripper.
  var states: [[Float]], velocities: [[Float]], efforts: [[Float]], actions: [[Float]]
  var phases: [Int64]
  var clock: [Int64]
  var pictures: [[UInt8]]
  var ids: [[UInt16]]
  var clipLengths: [Int]
  var penetration = Penetration(depth: 0.0002, frame: 3, first: "finger", second: "cube")
  var unit = "rad"
  let rates = Rates(physics: 240, control: 30)

  init() {
    let way = (0...61).map { 0.6 * smoothStep(Double($0) / 60) }
    states = way.dropLast().map { [Float($0), Float(-$0), 0.08] }
    actions = way.dropFirst().map { [Float($0), Float(-$0), 0.08] }
    velocities = (0..<61).map { k in
      let v = Float((way[k + 1] - way[k]) * 30)
      return [v, -v, 0]
    }
    efforts = (0..<61).map { _ in [20, -5, 1] }
    phases = [Int64](repeating: Int64(TrialPhase.transport.rawValue), count: 61)
    clock = (0..<61).map { Rates(physics: 240, control: 30).frameNanoseconds($0) }
    pictures = (0..<61).map { k in
      (0..<(Self.pixels * 3 / 2)).map { i in i < Self.pixels ? UInt8(60 + (i + k) % 100) : 128 }
    }
    let row = [UInt16](repeating: 0, count: Self.pixels)
    ids = (0..<61).map { _ in
      var ids = row
      for i in 0..<40 { ids[i] = Self.object }
      for i in 40..<90 { ids[i] = 2 }
      return ids
    }
    clipLengths = [61]
  }

  static let robot = RobotInstance(
    urdf: "arm.urdf", pose: .identity,
    arm: ["shoulder", "elbow"].map {
      ArmJointInstance(joint: $0, home: 0, kp: 100, kd: 10, armature: 0.1, effort: 50, velocity: 2)
    },
    gripper: GripperInstance(
      fingerJoints: ["left", "right"], closedOpening: 0, maxOpening: 0.08, home: 0.08, maxForce: 40, speed: 0.1),
    tcpLink: "hand", tcp: .identity, fingerFriction: 1, linkFriction: 0.4)

  var schema: FeatureSchema {
    func feature(_ name: String, _ suffix: String) -> Feature {
      Feature(
        name: name, dataType: .float32,
        dimensions: ["shoulder", "elbow", "gripper"].map {
          Dimension(name: $0 + suffix, unit: unit, frame: "joint", convention: "")
        }, summary: "")
    }
    return FeatureSchema(
      framesPerSecond: 30, robotType: "arm",
      features: [
        feature("observation.state", ".pos"), feature("observation.velocity", ".vel"),
        feature("observation.effort", ".effort"), feature("action", ".pos"),
        Feature(
          name: "privileged.phase", dataType: .int64,
          dimensions: [Dimension(name: "phase", unit: "1", frame: "none", convention: "")], summary: ""),
      ],
      cameras: clipLengths.isEmpty ? [] : [CameraFeature(name: "front", width: 32, height: 16, summary: "")])
  }

  var episode: RecordedEpisode {
    var meter = PictureMeter(object: Self.object, links: Self.links)
    for (picture, ids) in zip(pictures, ids) {
      picture.withUnsafeBufferPointer { planes in
        ids.withUnsafeBufferPointer { meter.add(i420: planes, pixels: Self.pixels, ids: $0) }
      }
    }
    return RecordedEpisode(
      schema: schema,
      columns: [states, velocities, efforts, actions].map { .float32($0.flatMap { $0 }) } + [.int64(phases)],
      frames: frames, clock: clock, clipLengths: clipLengths, meters: clipLengths.isEmpty ? [] : [meter],
      penetration: penetration, robot: Self.robot, rates: rates)
  }

  var measurements: EpisodeMeasurements { episode.measured() }

  func failures(
    _ settings: GateSettings = GateSettings(), success: Bool = true, cause: String = "none"
  ) -> [GateFailure] {
    settings.evaluate(measurements, success: success, cause: cause)
  }
}
