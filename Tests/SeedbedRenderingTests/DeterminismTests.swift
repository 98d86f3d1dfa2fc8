import CRaster
import SeedbedGeometry
import SeedbedRendering
import SeedbedScene
import Testing

/// The bytes of pictures are part of the product: they may change with a version, never with the CPU.
struct DeterminismTests {
  @Test(arguments: [RenderPath.best, .portable])
  func tableSceneHasTheKnownBytes(path: RenderPath) throws {
    let assets = TestScene.assets()
    let front = try TestScene.snapshot(
      TestScene.table(), camera: 0, assets: assets, links: TestScene.linkPoses, path: path)
    let wrist = try TestScene.snapshot(
      TestScene.table(width: 97, height: 61), camera: 1, assets: assets, links: TestScene.linkPoses, path: path)
    #expect(front.digest == "a4cc3176d891a155")
    #expect(wrist.digest == "b26345fcb155c291")
  }

  @Test func pictureDoesNotDependOnWhatWasDrawnBefore() throws {
    let instance = TestScene.table(width: 120, height: 90)
    let model = try RenderModel(assets: TestScene.assets())
    var fresh = try Renderer(instance, model: model)
    fresh.setPoses(links: TestScene.linkPoses, objects: instance.objects.map(\.pose))
    let expected = fresh.render(camera: 1) { Snapshot($0) }

    var used = try Renderer(instance, model: model)
    for k in 0..<3 {
      let moved = instance.objects.map { Pose($0.pose.position + Vector3(0.1 * Double(k), 0.05, 0.02)) }
      used.setPoses(links: TestScene.linkPoses.reversed(), objects: moved)
      used.render(camera: k % 2) { _ in }
    }
    used.setPoses(links: TestScene.linkPoses, objects: instance.objects.map(\.pose))
    used.render(camera: 0) { _ in }
    #expect(used.render(camera: 1) { Snapshot($0) } == expected)
  }

  @Test(.enabled(if: raster_has_avx2(), "this CPU has one path only"), arguments: 0..<24)
  func bothPathsDrawTheSame(seed: Int) throws {
    let scene = try RandomRasterScene(seed: UInt64(seed))
    let best = try scene.picture(RASTER_PATH_BEST), portable = try scene.picture(RASTER_PATH_PORTABLE)
    #expect(best.rgb == portable.rgb)
    #expect(best.depth.map(\.bitPattern) == portable.depth.map(\.bitPattern))
    #expect(best.ids == portable.ids)
    #expect(best.depth.allSatisfy { $0.isFinite && $0 >= 0 })
    #expect(best.ids.contains { $0 != 0 }, "the scene must be visible")
  }
}
