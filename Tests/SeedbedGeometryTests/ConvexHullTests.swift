import SeedbedGeometry
import SeedbedMath
import SeedbedTestSupport
import Testing

/// Whether this is a closed convex solid (Euler's formula, each edge twice) that holds all points.
private func isHull(_ hull: ConvexHull, of points: [Vector3], slack: Double) -> Bool {
  struct Edge: Hashable { var a: Int, b: Int }
  var edges: Set<Edge> = []
  for face in hull.faces {
    for i in face.indices where !edges.insert(Edge(a: face[i], b: face[(i + 1) % face.count])).inserted { return false }
  }
  guard edges.allSatisfy({ edges.contains(Edge(a: $0.b, b: $0.a)) }) else { return false }
  guard hull.vertices.count - edges.count / 2 + hull.faces.count == 2 else { return false }
  return points.allSatisfy { hull.distanceOutside($0) <= slack }
}

private func points(_ count: Int, seed: UInt64, _ make: (inout TestRandom) -> Vector3) -> [Vector3] {
  var random = TestRandom(seed: seed)
  return (0..<count).map { _ in make(&random) }
}

private func cube(_ random: inout TestRandom) -> Vector3 {
  Vector3(.random(in: -1...1, using: &random), .random(in: -1...1, using: &random), .random(in: -1...1, using: &random))
}

@Test func aGridOfPointsIsABox() throws {
  var grid: [Vector3] = []
  for x in 0..<6 {
    for y in 0..<5 {
      for z in 0..<4 { grid.append(Vector3(Double(x), Double(y), Double(z)) * 0.1 + Vector3(50, 0, 0)) }
    }
  }
  let hull = try #require(ConvexHull(of: grid))
  #expect(hull.vertices.count == 8 && hull.faces.count == 6 && hull.faces.allSatisfy { $0.count == 4 })
  #expect(isHull(hull, of: grid, slack: 1e-12))
  let solid = try #require(hull.solidProperties)
  #expect(abs(solid.volume - 0.06) < 1e-12 && (solid.center - Vector3(50.25, 0.2, 0.15)).length < 1e-12)
  let expected = Vector3(0.4 * 0.4 + 0.3 * 0.3, 0.5 * 0.5 + 0.3 * 0.3, 0.5 * 0.5 + 0.4 * 0.4) * (0.06 / 12)
  for i in 0..<3 { #expect(abs(solid.inertia[i, i] - expected[i]) < 1e-12) }
  #expect(abs(solid.inertia[0, 1]) < 1e-13 && abs(solid.inertia[1, 2]) < 1e-13)
}

@Test func cylindersHaveTwoPolygonsAndQuads() throws {
  var rim: [Vector3] = []
  for i in 0..<40 {
    let (s, c) = Elementary.sinCos(2 * .pi * Double(i) / 40)
    for z in [-0.5, -0.1, 0.3, 0.5] { rim.append(Vector3(0.2 * c, 0.2 * s, z)) }
  }
  // As single precision writes them.
  let hull = try #require(ConvexHull(of: rim.map { Vector3(Double(Float($0.x)), Double(Float($0.y)), $0.z) }))
  #expect(hull.vertices.count == 80 && hull.faces.count == 42)
  #expect(hull.faces.map(\.count).sorted() == [Int](repeating: 4, count: 40) + [40, 40])
}

@Test func randomPointsAreHeld() throws {
  for seed in 1...60 as ClosedRange<UInt64> {
    let size = [1e-3, 1, 1e4][Int(seed % 3)]
    let count = [5, 30, 400][Int(seed / 3 % 3)]
    let cloud = points(count, seed: seed) { random in
      let p = cube(&random)
      switch seed % 4 {
      case 0: return (p.normalized ?? .unitX) * size
      case 1: return Vector3((p.x * 2).rounded(), (p.y * 3).rounded(), (p.z * 4).rounded()) * size
      case 2: return Vector3(p.x, p.y, p.z * 1e-4) * size
      default: return p * size
      }
    }
    guard let hull = ConvexHull(of: cloud) else {
      #expect(count == 5)
      continue
    }
    #expect(isHull(hull, of: cloud, slack: 1e-6 * size), "seed \(seed)")
    #expect(try #require(hull.solidProperties).volume > 0)
  }
}

@Test func aLimitedHullIsCloseAndInside() throws {
  let ball = points(3000, seed: 9) { (cube(&$0).normalized ?? .unitX) * 0.1 }
  let whole = try #require(ConvexHull(of: ball)), small = try #require(ConvexHull(of: ball, maxVertices: 64))
  #expect(whole.vertices.count > 2900 && small.vertices.count <= 64)
  #expect(small.vertices.allSatisfy { whole.distanceOutside($0) < 1e-9 })
  let share = try #require(small.solidProperties).volume / (try #require(whole.solidProperties).volume)
  #expect(share > 0.85 && share < 1)
}

@Test func whatHasNoVolumeHasNoHull() {
  let flat = points(100, seed: 2) { Vector3(cube(&$0).x, cube(&$0).y, 3) }
  #expect(ConvexHull(of: flat) == nil)
  #expect(ConvexHull(of: [Vector3]()) == nil)
  #expect(ConvexHull(of: [Vector3](repeating: .unitX, count: 9)) == nil)
  #expect(ConvexHull(of: flat.map { Vector3($0.x, 0, 0) }) == nil)
  #expect(ConvexHull(of: [.zero, .unitX, .unitY, .unitZ, Vector3(.nan, 0, 0)])?.vertices.count == 4)
}

@Test func closedMeshesHaveMassProperties() throws {
  let box = try readMesh(binarySTL(boxTriangles(Vector3(1, 2, 3))), path: "a.stl").parts[0].mesh
  #expect(box.isClosed)
  let solid = try #require(box.solidProperties)
  #expect(abs(solid.volume - 6) < 1e-12 && (solid.center - Vector3(0.5, 1, 1.5)).length < 1e-12)
  #expect((solid.inertia * Vector3(1, 1, 1) - Vector3(13, 10, 5) * 0.5).length < 1e-12)
  var open = box
  open.triangles.removeLast()
  #expect(!open.isClosed && open.solidProperties == nil)
  // A tetrahedron with three right angles, edges of 1: products of inertia 1/120 about the tip.
  let positions = [Vector3.zero, .unitX, .unitY, .unitZ]
  let faces: [TriangleMesh.Triangle] = [.init(0, 2, 1), .init(0, 1, 3), .init(0, 3, 2), .init(1, 2, 3)]
  let corner = try #require(SolidProperties(positions: positions, triangles: faces))
  #expect(abs(corner.inertia[0, 0] - (1.0 / 30 - 2 * 1.0 / 96)) < 1e-15)
  #expect(abs(corner.inertia[0, 1] - (-1.0 / 120 + 1.0 / 96)) < 1e-15)
}
