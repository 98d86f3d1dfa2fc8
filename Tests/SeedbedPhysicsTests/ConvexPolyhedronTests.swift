import SeedbedGeometry
import SeedbedMath
import SeedbedPhysics
import Testing

extension PhysicsTests {
  @Suite struct ConvexPolyhedronTests {
    static func randomPoints(_ count: Int, seed: UInt64) -> [Vector3] {
      var dice = RobustnessTests.Dice(state: seed)
      return (0..<count).map { _ in Vector3(dice(-1, 1), dice(-1, 1), dice(-1, 1)) }
    }

    /// No vertex lies outside any face, loops are counter-clockwise, and Euler's formula holds.
    static func expectValid(_ hull: ConvexPolyhedron) {
      var edges = 0
      for (face, normal) in zip(hull.faces, hull.normals) {
        edges += face.count
        #expect(face.count >= 3)
        let origin = hull.vertices[face[0]]
        for v in hull.vertices { #expect((v - origin).dot(normal) < 1e-5) }
        for i in face.indices {
          let a = hull.vertices[face[i]], b = hull.vertices[face[(i + 1) % face.count]]
          let c = hull.vertices[face[(i + 2) % face.count]]
          #expect((b - a).cross(c - b).dot(normal) > 0)
        }
      }
      #expect(hull.vertices.count - edges / 2 + hull.faces.count == 2)
    }

    @Test(arguments: [4, 10, 64]) func randomHulls(count: Int) throws {
      let points = Self.randomPoints(count, seed: UInt64(count))
      let hull = try #require(ConvexPolyhedron(hullOf: points))
      Self.expectValid(hull)
      for p in points {
        for (face, normal) in zip(hull.faces, hull.normals) {
          #expect((p - hull.vertices[face[0]]).dot(normal) < 1e-5)
        }
      }
    }

    /// A finer mesh is simplified from the inside: at most 64 vertices, little volume lost.
    @Test func fineMesh() throws {
      let points = Self.randomPoints(3000, seed: 1).compactMap(\.normalized)
      let hull = try #require(ConvexPolyhedron(hullOf: points))
      Self.expectValid(hull)
      #expect(hull.vertices.count <= ConvexPolyhedron.maximumVertices)
      let ball = try #require(hull.massProperties(mass: 1))
      #expect(ball.center.length < 0.02)
      #expect(abs(ball.inertia.trace / 3 / 0.4 - 1) < 0.15)
    }

    @Test func cubeWithManyPoints() throws {
      // Points inside, on edges and in the middle of faces change nothing.
      var points = ConvexPolyhedron(box: Vector3(2, 2, 2)).vertices
      points += [Vector3(1, 0, 0), Vector3(1, 1, 0.3), .zero, Vector3(0.5, -0.2, -1), Vector3(1, 1, 1)]
      let hull = try #require(ConvexPolyhedron(hullOf: points))
      Self.expectValid(hull)
      #expect(hull.vertices.count == 8)
      #expect(hull.faces.count == 6)
    }

    @Test func prismHasFlatCaps() throws {
      let points = (0..<40).map { i in
        let (s, c) = Elementary.sinCos(Double(i / 2) * Double.pi / 10)
        return Vector3(c, s, i % 2 == 0 ? 0 : 3)
      }
      let hull = try #require(ConvexPolyhedron(hullOf: points))
      Self.expectValid(hull)
      #expect(hull.faces.count == 22)
      #expect(hull.faces.map(\.count).max() == 20)
    }

    /// Without volume: the bounding box, made a little thick; without extent: nothing.
    @Test func degenerate() throws {
      let flat = try #require(
        ConvexPolyhedron(hullOf: [Vector3(0, 0, 1), Vector3(1, 0, 1), Vector3(1, 1, 1), Vector3(0, 1, 1)]))
      Self.expectValid(flat)
      #expect(flat.vertices.count == 8)
      let line = try #require(ConvexPolyhedron(hullOf: [.zero, Vector3(0, 0, 1), Vector3(0, 0, 0.5)]))
      Self.expectValid(line)
      #expect(ConvexPolyhedron(hullOf: [Vector3(1, 2, 3), Vector3(1, 2, 3)]) == nil)
      #expect(ConvexPolyhedron(hullOf: [Vector3]()) == nil)
      #expect(ConvexPolyhedron(hullOf: [Vector3(.nan, 0, 0), Vector3(0, .infinity, 0)]) == nil)
      let mixed = try #require(
        ConvexPolyhedron(hullOf: ConvexPolyhedron(box: Vector3(1, 1, 1)).vertices + [Vector3(.nan, 0, 0)]))
      #expect(mixed.vertices.count == 8)
    }

    @Test func massOfABox() throws {
      let size = Vector3(0.2, 0.3, 0.5), center = Vector3(1, -2, 3)
      let box = try #require(ConvexPolyhedron(box: size, center: center).massProperties(mass: 2))
      let reference = MassProperties.box(mass: 2, size: size)
      #expect((box.center - center).length < 1e-12)
      for i in 0..<3 {
        for j in 0..<3 { #expect(abs(box.inertia[i, j] - reference.inertia[i, j]) < 1e-12) }
      }
    }

    /// A capsule is a cylinder and two half balls; both limits, and between them a hull of many points.
    @Test func massOfACapsule() throws {
      let ball = MassProperties.capsule(mass: 1, radius: 0.1, length: 0)
      #expect(abs(ball.inertia[0, 0] - 0.004) < 1e-15)
      let rod = MassProperties.capsule(mass: 1, radius: 1e-9, length: 1)
      #expect(abs(rod.inertia[0, 0] - 1.0 / 12) < 1e-8)
      let r = 0.1, length = 0.15
      var points: [Vector3] = []
      for d in Self.randomPoints(60, seed: 3).compactMap(\.normalized) {
        points.append(d * r + Vector3(0, 0, d.z > 0 ? length / 2 : -length / 2))
      }
      let hull = try #require(ConvexPolyhedron(hullOf: points)?.massProperties(mass: 1))
      let capsule = MassProperties.capsule(mass: 1, radius: r, length: length)
      #expect(abs(hull.inertia[0, 0] / capsule.inertia[0, 0] - 1) < 0.2)
    }
  }
}
