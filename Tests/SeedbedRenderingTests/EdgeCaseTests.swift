import CRaster
import SeedbedGeometry
import SeedbedRendering
import SeedbedScene
import Testing

struct EdgeCaseTests {
  @Test func emptySceneIsBackground() throws {
    let camera = TestScene.camera("c", 31, 19, pose: .identity)
    let picture = try TestScene.snapshot(TestScene.instance(objects: [], cameras: [camera], lights: []))
    #expect(picture.ids.allSatisfy { $0 == 0 })
    #expect(picture.depth.allSatisfy { $0 == 0 })
    #expect(stride(from: 0, to: picture.rgb.count, by: 3).allSatisfy { picture.rgb[$0] == 140 })
  }

  @Test func aSceneWithoutCamerasCanBeSetUp() throws {
    var renderer = try Renderer(
      TestScene.instance(objects: TestScene.tableObjects, cameras: []),
      model: RenderModel(assets: TestScene.assets()))
    renderer.setPoses(links: TestScene.linkPoses, objects: TestScene.tableObjects.map(\.pose))
  }

  @Test func cameraInsideAnObjectLooksThroughIt() throws {
    let around = TestScene.object("around", .sphere(radius: 0.3), at: .identity)
    let behind = TestScene.object("behind", .box(size: Vector3(4, 4, 0.1)), at: Pose(Vector3(0, 0, 1)))
    let camera = TestScene.camera("c", 40, 30, pose: .identity)
    let picture = try TestScene.snapshot(TestScene.instance(objects: [around, behind], cameras: [camera]))
    #expect(picture.ids.allSatisfy { $0 == 3 })
  }

  @Test func poseThatIsNotFiniteHidesTheObject() throws {
    let camera = TestScene.above(1, 32, 32)
    var instance = TestScene.instance(
      objects: [TestScene.object("cube", .box(size: Vector3(0.2, 0.2, 0.2)), at: .identity)], cameras: [camera])
    #expect(try Set(TestScene.snapshot(instance).ids) == [0, 2])
    instance.objects[0].pose.position.x = .nan
    #expect(try Set(TestScene.snapshot(instance).ids) == [0])
  }

  /// Pictures beyond one band of rows, with the largest width, and a triangle far larger than the screen.
  @Test func largestPictureIsComplete() throws {
    let camera = TestScene.above(0.05, 1920, 1080)
    let floor = TestScene.object("floor", .box(size: Vector3(80, 80, 0.02)), at: Pose(Vector3(0, 0, -0.01)))
    let picture = try TestScene.snapshot(TestScene.instance(objects: [floor], cameras: [camera]))
    #expect(picture.ids.allSatisfy { $0 == 2 })
    #expect(picture.depth.allSatisfy { abs($0 - 0.05) < 1e-7 })
  }

  @Test func thousandsOfObjectsAreDrawn() throws {
    let count = Int(RASTER_MAX_INSTANCES)
    var objects = (0..<count).map { k -> ObjectInstance in
      let place = Vector3(0.012 * Double(k % 64 - 32), 0.012 * Double(k / 64 - 32), 0)
      return TestScene.object("o\(k)", .box(size: Vector3(0.01, 0.01, 0.01)), at: Pose(place))
    }
    let camera = TestScene.above(1, 256, 256)
    let picture = try TestScene.snapshot(TestScene.instance(objects: objects, cameras: [camera]))
    for k in [0, 63, 2048, count - 1] {
      let point = try #require(
        project(objects[k].pose.position, camera: camera, linkPoses: [.identity], robot: TestScene.nobody))
      #expect(picture.id(at: point) == InstanceID.object(k, linkCount: 1))
    }
    objects.append(objects[0])
    let tooMany = TestScene.instance(objects: objects, cameras: [camera])
    #expect(throws: RenderError.self) { try TestScene.snapshot(tooMany) }
  }

  /// A million triangles in one mesh: the last ones have the largest numbers that a pixel can hold.
  @Test func millionTrianglesInOneMesh() throws {
    let columns = 1000, rows = 500
    var vertices: [RasterVertex] = []
    var indices: [UInt32] = []
    vertices.reserveCapacity((columns + 1) * (rows + 1))
    indices.reserveCapacity(6 * columns * rows)
    for j in 0...rows {
      for i in 0...columns {
        var vertex = RasterVertex()
        vertex.position = (Float(i) / 1000 - 0.5, Float(j) / 500 - 0.5, 1)
        vertex.normal = (0, 0, -1)
        vertices.append(vertex)
        guard i < columns, j < rows else { continue }
        let a = UInt32(j * (columns + 1) + i), d = a + UInt32(columns + 1)
        for index in [a, d, a + 1, a + 1, d, d + 1] { indices.append(index) }
      }
    }
    let mesh = try #require(raster_mesh_create(vertices, vertices.count, indices, indices.count / 3))
    defer { raster_mesh_destroy(mesh) }
    var configuration = RasterConfiguration(
      max_width: 100, max_height: 100, max_instances: 1, shadow_size: 0, path: RASTER_PATH_BEST)
    let context = try #require(raster_create(&configuration))
    defer { raster_destroy(context) }
    var material = RasterMaterial()
    #expect(raster_add_instance(context, mesh, &material, 7, false) == 0)
    #expect(raster_add_instance(context, mesh, &material, 8, false) == -1)
    var camera = RasterCamera()
    (camera.width, camera.height, camera.focal, camera.near, camera.far) = (100, 100, 101, 0.1, 10)
    camera.pose = (1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0)
    #expect(raster_render(context, &camera))
    let ids = UnsafeBufferPointer(start: raster_ids(context), count: 100 * 100)
    let depth = UnsafeBufferPointer(start: raster_depth(context), count: 100 * 100)
    #expect(ids.allSatisfy { $0 == 7 })
    #expect(depth.allSatisfy { abs($0 - 1) < 1e-6 })
  }

  @Test func badValuesAreRefusedWithTheirNames() throws {
    let model = try RenderModel(assets: TestScene.assets())
    func error(_ change: (inout SceneInstance) -> Void) -> String? {
      var instance = TestScene.table()
      change(&instance)
      do {
        _ = try Renderer(instance, model: model)
        return nil
      } catch { return error.description }
    }
    #expect(error { $0.cameras[0].width = 5000 }?.contains("camera front: size 5000 x 256") == true)
    #expect(error { $0.cameras[1].link = "elbow" }?.contains("has no link elbow") == true)
    #expect(error { $0.cameras[0].fovy = 4 }?.contains("fovy 4.0") == true)
    #expect(error { $0.cameras[0].near = 20 }?.contains("near 20.0") == true)
    #expect(error { $0.objects[3].shape = .mesh(path: "a.stl", scale: .unitX) }?.contains("a.stl") == true)
    #expect(
      error { $0.objects[3].appearance.texture = .image(path: "b.png", metresPerTile: 1) }?.contains("b.png") == true)
    #expect(error { $0.objects[3].shape = .sphere(radius: .infinity) }?.contains("cube") == true)
  }

  @Test func rasteriserRefusesWhatItCannotHold() {
    let vertex = RasterVertex(position: (0, 0, 0), normal: (0, 0, 1), uv: (0, 0))
    let broken = RasterVertex(position: (.nan, 0, 0), normal: (0, 0, 1), uv: (0, 0))
    #expect(raster_mesh_create([vertex], 1, [0, 0, 1], 1) == nil)
    #expect(raster_mesh_create([broken], 1, [0, 0, 0], 1) == nil)
    #expect(raster_texture_create([UInt8](repeating: 0, count: 36), 3) == nil)
    var configuration = RasterConfiguration()
    configuration.max_width = 1921
    configuration.max_height = 16
    #expect(raster_create(&configuration) == nil)
    let degenerate = raster_mesh_create([vertex], 1, [0, 0, 0], 1)
    #expect(degenerate != nil)
    raster_mesh_destroy(degenerate)
  }
}
