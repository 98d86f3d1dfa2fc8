import CRaster
import SeedbedGeometry
import SeedbedRendering
import SeedbedScene
import URDF
import Testing

struct MeshTests {
  /// A unit cube around the origin, without normals; `flip` turns it inside out, `open` leaves out the top.
  private static func cube(flip: Bool = false, open: Bool = false) -> MeshAsset {
    let positions = (0..<8).map { k in
      Vector3(k & 1 == 0 ? -0.5 : 0.5, k & 2 == 0 ? -0.5 : 0.5, k & 4 == 0 ? -0.5 : 0.5)
    }
    var quads: [[Int32]] = [[0, 2, 3, 1], [0, 1, 5, 4], [1, 3, 7, 5], [3, 2, 6, 7], [2, 0, 4, 6]]
    if !open { quads.append([4, 5, 7, 6]) }
    let triangles = quads.flatMap { q -> [TriangleMesh.Triangle] in
      let (b, d) = flip ? (q[3], q[1]) : (q[1], q[3])
      return [TriangleMesh.Triangle(q[0], b, q[2]), TriangleMesh.Triangle(q[0], q[2], d)]
    }
    return MeshAsset(parts: [MeshAsset.Part(mesh: TriangleMesh(positions: positions, triangles: triangles))])
  }

  private func depthFromAbove(_ asset: MeshAsset, scale: Vector3) throws -> Double {
    let object = TestScene.object("m", .mesh(path: "m.stl", scale: scale), at: .identity)
    let instance = TestScene.instance(objects: [object], cameras: [TestScene.above(1, 32, 32)])
    let assets = TestScene.assets(robot: TestScene.nobody, meshes: ["m.stl": asset])
    return try TestScene.snapshot(instance, assets: assets).depth(16, 16)
  }

  /// One sees the near side of a mesh whichever way its triangles were written and however it is mirrored.
  @Test(arguments: [Vector3(0.2, 0.2, 0.4), Vector3(-0.2, 0.2, 0.4), Vector3(0.2, 0.2, -0.4)])
  func closedMeshShowsItsOutside(scale: Vector3) throws {
    #expect(abs(try depthFromAbove(Self.cube(), scale: scale) - 0.8) < 1e-6)
    #expect(abs(try depthFromAbove(Self.cube(flip: true), scale: scale) - 0.8) < 1e-6)
  }

  @Test func openMeshShowsItsInside() throws {
    let depth = try depthFromAbove(Self.cube(open: true), scale: Vector3(0.2, 0.2, 0.4))
    #expect(abs(depth - 1.2) < 1e-6)
  }

  @Test func largeMeshIsCutIntoPieces() {
    var mesh = DrawMesh()
    for k in 0..<12 { mesh.add(Vector3(Double(k), Double(k * k), 0), normal: .unitZ) }
    for k in 0..<10 as Range<UInt32> { mesh.addTriangle(k, k + 1, k + 2) }
    let pieces = mesh.pieces(limit: 4)
    #expect(pieces.map(\.triangleCount) == [4, 4, 2])
    let corners = pieces.flatMap { piece in piece.indices.map { piece.vertices[Int($0)].position.0 } }
    #expect(corners == mesh.indices.map { mesh.vertices[Int($0)].position.0 })
    #expect(pieces.allSatisfy { $0.vertices.count == $0.triangleCount + 2 })
    #expect(mesh.pieces().count == 1)
  }

  @Test func brokenMeshIsRefused() {
    var asset = Self.cube()
    asset.parts[0].mesh.triangles[3].b = 8
    #expect(throws: RenderError.self) {
      try RenderModel(assets: TestScene.assets(meshes: ["bad.obj": asset]))
    }
  }

  @Test func linkMeshIsDrawnWithItsColorAndOrigin() throws {
    var robot = TestScene.nobody
    robot.links[0].visuals = [
      Visual(
        origin: Pose(Vector3(0, 0, 0.3)), geometry: .mesh(path: "m.stl", scale: Vector3(0.2, 0.2, 0.2)),
        color: [0, 0, 1, 1], location: TestScene.origin),
      Visual(origin: .identity, geometry: .sphere(radius: 0.4), color: [1, 0, 0, 0], location: TestScene.origin),
    ]
    let instance = TestScene.instance(objects: [], cameras: [TestScene.above(1, 33, 33)])
    let picture = try TestScene.snapshot(
      instance, assets: TestScene.assets(robot: robot, meshes: ["m.stl": Self.cube()]))
    #expect(abs(picture.depth(16, 16) - 0.6) < 1e-6)
    #expect(picture.id(16, 16) == InstanceID.link(0))
    let color = picture.color(16, 16)
    #expect(color[2] > 2 * color[0])
    #expect(picture.id(2, 2) == 0)
  }

  /// The file's own texture and texture coordinates.
  @Test func meshBringsItsOwnTexture() throws {
    var asset = Self.cube()
    asset.parts[0].mesh = TriangleMesh(
      positions: [Vector3(-0.3, -0.3, 0), Vector3(0.3, -0.3, 0), Vector3(0.3, 0.3, 0), Vector3(-0.3, 0.3, 0)],
      normals: Array(repeating: .unitZ, count: 4),
      textureCoordinates: [(0, 0), (1, 0), (1, 1), (0, 1)].map { TriangleMesh.TextureCoordinate($0.0, $0.1) },
      triangles: [TriangleMesh.Triangle(0, 1, 2), TriangleMesh.Triangle(0, 2, 3)])
    asset.parts[0].texture = "../pictures/t.png"
    let black: [UInt8] = [0, 0, 0, 255], green: [UInt8] = [0, 255, 0, 255]
    let image = TextureImage(width: 2, height: 2, pixels: green + black + black + black)
    let object = TestScene.object(
      "m", .mesh(path: "a/meshes/m.obj", scale: Vector3(1, 1, 1)), at: .identity, color: Vector3(1, 1, 1))
    let instance = TestScene.instance(
      objects: [object], cameras: [TestScene.above(1, 64, 64)], ambient: Vector3(1, 1, 1), lights: [])
    let picture = try TestScene.snapshot(
      instance,
      assets: TestScene.assets(
        robot: TestScene.nobody, meshes: ["a/meshes/m.obj": asset], textures: ["a/pictures/t.png": image]))
    #expect(picture.color(22, 22)[1] > 180)
    #expect(picture.color(42, 22)[1] < 100)
    #expect(picture.color(22, 42)[1] < 100)
  }
}
