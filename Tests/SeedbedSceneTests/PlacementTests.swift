import Diagnostics
import SeedbedGeometry
import SeedbedMath
import SeedbedScene
import Testing

@Suite struct PlacementTests {
  static let crowded = """
    seedbed: 1
    robot: {urdf: robot.urdf}
    placement: {clearance: 0.01, attempts: 2000}
    objects:
      - {name: table, fixed: true, shape: {box: [0.5, 0.4, 0.04]}, pose: {xyz: [0.5, 0, 0.1], rpy: [0, 0, 0.4]}}
      - {name: bin, fixed: true, shape: {bin: {size: [0.12, 0.1, 0.08]}}, pose: {on: table, xy: [0.6, 0.1], yaw: {uniform: [-3, 3]}}}
      - {name: a, mass: 0.1, shape: {box: [{uniform: [0.03, 0.1]}, 0.04, 0.05]}, pose: &anywhere {on: table, xy: [{uniform: [0.2, 0.8]}, {uniform: [-0.3, 0.3]}], yaw: {uniform: [-3, 3]}}}
      - {name: b, mass: 0.1, shape: {choice: [{cylinder: {radius: 0.03, length: 0.1}}, {sphere: {radius: 0.03}}]}, pose: *anywhere}
      - {name: c, mass: 0.1, shape: {box: [0.08, 0.03, 0.02]}, pose: *anywhere}
      - {name: d, mass: 0.1, shape: {capsule: {radius: 0.02, length: 0.05}}, pose: *anywhere}
    task: {pickAndPlace: {object: a, into: bin}}
    """

  /// Points on the object's rim seen from above, some millimetres apart.
  static func rim(_ object: ObjectInstance) -> [Vector3] {
    let steps = 60
    switch object.shape {
    case .box(let size), .bin(let size, _):
      return (0..<steps).flatMap { i -> [Vector3] in
        let t = Double(i) / Double(steps) - 0.5
        return [
          Vector3(size.x * t, size.y / 2, 0), Vector3(size.x * t, -size.y / 2, 0), Vector3(size.x / 2, size.y * t, 0),
          Vector3(-size.x / 2, size.y * t, 0),
        ].map { object.pose.apply($0) }
      }
    case .cylinder(let radius, _), .sphere(let radius), .capsule(let radius, _):
      return (0..<steps).map { i in
        let (s, c) = Elementary.sinCos(Double(i) / Double(steps) * 2 * Double.pi)
        return object.pose.position + Vector3(c * radius, s * radius, 0)
      }
    case .mesh, .urdf: return []
    }
  }

  /// On a board that leans things stand along its normal, a hair above it, wholly on it and over their x and y.
  @Test func slopes() throws {
    let scene = try load(
      Self.crowded.replacing("rpy: [0, 0, 0.4]", with: "rpy: [0.3, {uniform: [-0.4, 0.4]}, 0.4]")
        .replacing(
          "{uniform: [0.2, 0.8]}, {uniform: [-0.3, 0.3]}", with: "{uniform: [0.3, 0.7]}, {uniform: [-0.2, 0.2]}"))
    for episode in 0..<20 {
      let instance = try scene.sample(seed: 2, episode: episode)
      let table = instance.objects[0].pose
      #expect(table.orientation.rotate(.unitZ).z < 0.96)
      for object in instance.objects.dropFirst() {
        let local = table.inverse * object.pose
        let half =
          switch object.shape {
          case .box(let size), .bin(let size, _): size.z / 2
          case .cylinder(_, let length): length / 2
          case .sphere(let radius), .capsule(let radius, _): radius
          case .mesh, .urdf: Double.nan
          }
        #expect(abs(local.position.z - 0.02 - half + 0.0002) < 1e-9)
        if case .capsule = object.shape { continue }
        #expect((local.orientation.rotate(.unitZ) - .unitZ).length < 1e-9)
        for point in Self.rim(object).map({ table.inverse.apply($0) }) where !point.x.isNaN {
          guard case .box = object.shape else { continue }
          #expect(abs(point.x) <= 0.25 + 1e-6 && abs(point.y) <= 0.2 + 1e-6)
        }
      }
    }
    let steep = problems(Self.crowded.replacing("rpy: [0, 0, 0.4]", with: "rpy: [0, 1.2, 0]"))
    #expect(steep.contains { $0.contains("on `table`, which leans by more than 60 degrees") }, "\(steep)")
    let free = problems(
      Self.crowded.replacing("rpy: [0, 0, 0.4]", with: "rpy: [0, 0.2, 0]").replacing(
        "- {name: a, mass: 0.1, shape: {box: [{uniform: [0.03, 0.1]}, 0.04, 0.05]}, pose: &anywhere {on: table, xy: [{uniform: [0.2, 0.8]}, {uniform: [-0.3, 0.3]}], yaw: {uniform: [-3, 3]}}}",
        with: "- {name: a, mass: 0.1, shape: {cube: 0.04}, pose: {xyz: [0.5, 0, 0.141], rpy: [0, 0.2, 0]}}"
      ).replacing("pose: *anywhere", with: "pose: {xyz: [3, 3, 0.03]}"))
    #expect(
      free.contains { $0.contains("too close to `table` (to stand on it write pose: {on: table, xy: ...})") }, "\(free)"
    )
  }

  /// Brute force: no point of one rim comes nearer than the clearance to any point of another, and all lie on the table.
  @Test func crowdedTablesNeverOverlap() throws {
    let scene = try load(Self.crowded)
    var retries = 0.0
    for episode in 0..<40 {
      let instance = try scene.sample(seed: 2, episode: episode)
      let table = instance.objects[0].pose.inverse
      let rims = instance.objects.dropFirst().map(Self.rim)
      for (i, rim) in rims.enumerated() {
        for point in rim {
          let local = table.apply(point)
          #expect(abs(local.x) <= 0.25 + 1e-6 && abs(local.y) <= 0.2 + 1e-6)
        }
        for other in rims.dropFirst(i + 1) {
          var nearest = Double.infinity
          for p in rim {
            for q in other {
              let d = p - q
              nearest = min(nearest, d.x * d.x + d.y * d.y)
            }
          }
          #expect(nearest >= 0.01 * 0.01 - 1e-9)
        }
      }
      for object in instance.objects.dropFirst() { #expect(object.pose.position.z > 0.12) }
      retries += instance.draws.filter { $0.path.hasSuffix("/attempts") }.reduce(0) { $0 + $1.value - 1 }
    }
    #expect(retries > 40)
  }

  @Test func fiveHundredCrowdedEpisodesFindRoom() throws {
    let scene = try load(Self.crowded)
    for episode in 0..<500 { #expect(throws: Never.self) { try scene.sample(seed: 4, episode: episode) } }
  }

  @Test func noRoomIsSaidWithReasonAndRemedies() throws {
    let text = Self.crowded.replacing("attempts: 2000", with: "attempts: 3")
    let scene = try load(text)
    let errors = (0..<300).compactMap { episode -> SamplingError? in
      do throws(SamplingError) {
        _ = try scene.sample(seed: 6, episode: episode)
        return nil
      } catch { return error }
    }
    let error = try #require(errors.first)
    #expect(
      error.description.hasPrefix(
        "scene.yaml:\(error.location.line):5: error: No room for object `\(error.object)` in episode \(error.episode) with seed 6: of 3 places that were tried, "
      ), "\(error)")
    #expect(error.description.contains("1. Widen the range of its pose. 2. Make objects smaller or fewer."))
  }

  /// A scene that can never be drawn is refused when it is loaded.
  @Test func impossibleScenesAreRefusedAtOnce() {
    let large = Self.crowded.replacing("[0.08, 0.03, 0.02]", with: "[0.6, 0.3, 0.02]")
    #expect(problems(large).count == 1)
    #expect(
      problems(large).first?.hasPrefix(
        "scene.yaml:9:5: error: No room for object `c` in any of 4 trial episodes: of 2000 places that were tried, ")
        == true)
    let fixed = Self.crowded.replacing(
      "{choice: [{cylinder: {radius: 0.03, length: 0.1}}, {sphere: {radius: 0.03}}]}, pose: *anywhere",
      with: "{sphere: {radius: 0.03}}, pose: {on: table, xy: [0.6, 0.1]}")
    #expect(
      problems(fixed).first?.contains("its only place is too close to `bin`. Move it, or let its pose vary.") == true)
  }

  /// Nothing starts inside the robot.
  @Test func theRobotKeepsItsPlace() throws {
    let robot = robotText().replacing(
      "<link name=\"base\">",
      with: "<link name=\"base\"><collision><geometry><box size=\"0.3 0.3 1\"/></geometry></collision>")
    let text = Self.crowded.replacing("robot.urdf}", with: "robot.urdf, pose: {xyz: [0.4, -0.1, 0]}}")
    let scene = try load(text, robot: robot)
    for episode in 0..<50 {
      for object in try scene.sample(seed: 1, episode: episode).objects.dropFirst(2) {
        let p = object.pose.position
        #expect(abs(p.x - 0.4) > 0.16 || abs(p.y + 0.1) > 0.16)
      }
    }
    #expect(
      problems(Self.crowded.replacing("robot.urdf}", with: "robot.urdf, pose: {xyz: [0.6, 0.1, 0]}}"), robot: robot)
        .first?.contains("too close to the robot's `base`") == true)
  }

  /// Things at different heights do not stand in each other's way; supports may stand on supports.
  @Test func heightsCount() throws {
    let text = """
      seedbed: 1
      robot: {urdf: robot.urdf}
      objects:
        - {name: object, mass: 0.1, shape: {cube: 0.04}, pose: {on: block, xy: [0.5, 0]}}
        - {name: block, fixed: true, shape: {cylinder: {radius: 0.1, length: 0.08}}, pose: {on: table, xy: [0.5, 0]}}
        - {name: table, fixed: true, shape: {box: [0.5, 0.5, 0.04]}, pose: {xyz: [0.5, 0, 0]}}
        - {name: shelf, fixed: true, shape: {box: [0.5, 0.5, 0.02]}, pose: {xyz: [0.5, 0, 0.5]}}
      task: {pickAndPlace: {object: object, into: table}}
      """
    let instance = try load(text).sample(seed: 1, episode: 0)
    #expect(abs(instance.objects[1].pose.position.z - (0.02 + 0.0005 + 0.04)) < 1e-12)
    #expect(abs(instance.objects[0].pose.position.z - (0.02 + 0.0005 + 0.08 + 0.0005 + 0.02)) < 1e-12)
  }
}
