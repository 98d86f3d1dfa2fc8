import SeedbedGeometry
import Testing

/// Whether a surface encloses something, and how much of it is missing.
@Suite struct ClosedMeshTests {
  /// Triangles that share no vertex, as STL has them.
  static func soup(_ triangles: [[Vector3]]) -> MeshAsset {
    let numbers = triangles.indices.map {
      TriangleMesh.Triangle(Int32(3 * $0), Int32(3 * $0 + 1), Int32(3 * $0 + 2))
    }
    return MeshAsset(parts: [
      .init(mesh: TriangleMesh(positions: triangles.flatMap { $0 }, triangles: numbers))
    ])
  }

  static let box = boxTriangles(Vector3(0.1, 0.2, 0.3))
  /// m², of a face across z, and of all.
  static let face = 0.02, surface = 2 * (0.02 + 0.03 + 0.06)

  @Test func boxes() {
    #expect(Self.soup(Self.box).openShare == 0)
    // Two triangles of the face at z = 0 come first.
    let open = Self.soup(Array(Self.box.dropFirst(2)))
    #expect(abs(open.openShare - Self.face / (Self.surface - Self.face)) < 1e-12)
    // Half a face, turned round or not: it does not matter which way triangles run.
    let turned = Self.soup(Self.box.dropFirst().enumerated().map { $0 % 3 == 0 ? $1.reversed() : $1 })
    #expect(abs(turned.openShare - 0.5 * Self.face / (Self.surface - 0.5 * Self.face)) < 1e-12)
  }

  /// A tube's ends would cancel in a sum over all of its edges.
  @Test func tubes() {
    let ends = Self.box.filter { triangle in
      let normal = (triangle[1] - triangle[0]).cross(triangle[2] - triangle[0])
      return abs(normal.z) < 1e-12
    }
    #expect(ends.count == 8)
    #expect(abs(Self.soup(ends).openShare - 2 * Self.face / (Self.surface - 2 * Self.face)) < 1e-12)
  }

  /// A face whose edge is divided while its neighbour's is not.
  @Test func edgesThatAreDividedOnOneSide() {
    let triangle = Self.box[0]
    let middle = (triangle[0] + triangle[1]) * 0.5
    let parts = [[triangle[0], middle, triangle[2]], [middle, triangle[1], triangle[2]]]
    #expect(Self.soup(parts + Self.box.dropFirst()).openShare < 1e-12)
  }

  /// Vertices that were rounded apart, and parts of several materials.
  @Test func nearlyTheSameVertices() {
    let shaken = Self.box.enumerated().map { number, triangle in
      triangle.map { $0 + Vector3(Double(number % 3 - 1), Double(number % 2), Double(number % 5 - 2)) * 3e-8 }
    }
    #expect(Self.soup(shaken).openShare < 1e-5)
    let half = shaken.count / 2
    let parts = [Array(shaken[..<half]), Array(shaken[half...])].flatMap { Self.soup($0).parts }
    #expect(MeshAsset(parts: parts).openShare < 1e-5)
    #expect(MeshAsset(parts: [parts[0]]).openShare > 0.1)
  }

  /// A hundred thousand vertices in one plane, on one line and in one place take no time worth mentioning.
  @Test func degenerateMeshes() {
    let count = 100_000
    let line = (0..<count).map { [Vector3(Double($0), 0, 0), Vector3(Double($0) + 1, 0, 0), Vector3(0, 1, 0)] }
    #expect(Self.soup(line).openShare > 0.9)
    #expect(Self.soup(Array(repeating: [.zero, .zero, .zero], count: count)).openShare == 0)
    #expect(MeshAsset(parts: []).openShare == 0)
  }
}
