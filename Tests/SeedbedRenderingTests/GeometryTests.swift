import SeedbedGeometry
import SeedbedMath
import SeedbedRendering
import SeedbedScene
import Testing

/// Depth and instance numbers against the closed form of what is in front of the camera.
struct GeometryTests {
  /// Optical-frame ray through a pixel's centre, z = 1.
  private func ray(_ x: Int, _ y: Int, _ camera: CameraInstance) -> Vector3 {
    let k = camera.intrinsics
    return Vector3((Double(x) + 0.5 - k.cx) / k.fx, (Double(y) + 0.5 - k.cy) / k.fy, 1)
  }

  @Test(arguments: [(64, 48), (33, 17), (16, 16), (1001, 701)])
  func planeHasExactDepthInEveryPixel(width: Int, height: Int) throws {
    let pose = TestScene.lookAt(from: Vector3(0.7, 0.4, 0.9), to: Vector3(0.1, 0, 0))
    let camera = TestScene.camera("c", width, height, pose: pose)
    let floor = TestScene.object(
      "floor", .box(size: Vector3(60, 60, 0.2)), at: Pose(Vector3(0, 0, -0.1)), isFixed: true)
    let picture = try TestScene.snapshot(TestScene.instance(objects: [floor], cameras: [camera]))
    for y in 0..<height {
      for x in 0..<width {
        let direction = pose.rotate(ray(x, y, camera))
        let expected = -pose.position.z / direction.z
        guard abs(picture.depth(x, y) - expected) < 2e-6 * expected else {
          Issue.record("depth \(picture.depth(x, y)) at \(x), \(y), but the plane is at \(expected)")
          return
        }
      }
    }
    #expect(picture.ids.allSatisfy { $0 == InstanceID.object(0, linkCount: 1) })
  }

  @Test func sphereHasItsDepthAndOutline() throws {
    let radius = 0.2, center = Vector3(0.05, -0.03, 0.9)
    let camera = TestScene.camera("c", 129, 97, pose: .identity)
    let ball = TestScene.object("ball", .sphere(radius: radius), at: Pose(center))
    let picture = try TestScene.snapshot(TestScene.instance(objects: [ball], cameras: [camera]))
    var covered = 0, inside = 0
    for y in 0..<97 {
      for x in 0..<129 {
        let d = ray(x, y, camera)
        let a = d.dot(d), b = d.dot(center), c = center.dot(center) - radius * radius
        let root = b * b - a * c
        if root > 0 { inside += 1 }
        covered += picture.id(x, y) == 0 ? 0 : 1
        #expect((picture.id(x, y) == 0) == (picture.depth(x, y) == 0))
        // The tessellated ball is at most 0.4 % smaller.
        guard root > 0.02 * b * b else { continue }
        let expected = (b - root.squareRoot()) / a
        #expect(abs(picture.depth(x, y) - expected) < 0.004, "at \(x), \(y)")
      }
    }
    #expect(abs(Double(covered) - Double(inside)) < 0.015 * Double(inside))
  }

  @Test func everyVisibleObjectIsWhereItsProjectionSays() throws {
    let instance = TestScene.table()
    let picture = try TestScene.snapshot(
      instance, assets: TestScene.assets(), links: TestScene.linkPoses)
    for (index, object) in instance.objects.enumerated() where !object.isFixed {
      let point = try #require(
        project(
          object.pose.position, camera: instance.cameras[0], linkPoses: TestScene.linkPoses, robot: TestScene.robot))
      // The white box stands behind the can.
      guard object.name != "white" else { continue }
      #expect(picture.id(at: point) == InstanceID.object(index, linkCount: 4), "\(object.name)")
      #expect(picture.depth(Int(point.u), Int(point.v)) < point.depth)
    }
    let shoulder = try #require(
      project(
        TestScene.linkPoses[1].apply(Vector3(0, 0, 0.2)), camera: instance.cameras[0], linkPoses: TestScene.linkPoses,
        robot: TestScene.robot))
    #expect(picture.id(at: shoulder) == InstanceID.link(1))
  }

  @Test func cameraOnALinkMovesWithIt() throws {
    var instance = TestScene.table(width: 80, height: 60)
    let wrist = instance.cameras[1]
    let carried = try TestScene.snapshot(
      instance, camera: 1, assets: TestScene.assets(), links: TestScene.linkPoses)
    instance.cameras[1].link = nil
    instance.cameras[1].pose = try #require(
      wrist.worldPose(linkPoses: TestScene.linkPoses, robot: TestScene.robot))
    let fixed = try TestScene.snapshot(
      instance, camera: 1, assets: TestScene.assets(), links: TestScene.linkPoses)
    #expect(carried == fixed)
    #expect(Set(carried.ids).count > 3)
  }

  @Test func nothingNearerOrFartherThanTheCameraSeesIsDrawn() throws {
    var camera = TestScene.above(1, 32, 32)
    let near = TestScene.object("near", .box(size: Vector3(3, 0.4, 0.001)), at: Pose(Vector3(0, 0.2, 0.9)))
    let far = TestScene.object("far", .box(size: Vector3(9, 9, 0.1)), at: Pose(Vector3(0, 0, -3)))
    camera.near = 0.2
    camera.far = 3.5
    let clipped = try TestScene.snapshot(TestScene.instance(objects: [near, far], cameras: [camera]))
    #expect(clipped.ids.allSatisfy { $0 == 0 })
    #expect(clipped.rgb.prefix(3).map { Int($0) } == [140, 153, 166])
    camera.near = 0.05
    camera.far = 5
    let open = try TestScene.snapshot(TestScene.instance(objects: [near, far], cameras: [camera]))
    #expect(Set(open.ids) == [2, 3])
  }

  /// A closed surface of many triangles shows no seam, whatever way it is turned: no background shines through.
  @Test(arguments: 0..<8)
  func surfacesAreWatertight(turn: Int) throws {
    let orientation = Quaternion(roll: 0.37 * Double(turn), pitch: 0.61 * Double(turn), yaw: 0.2)
    let ball = TestScene.object("ball", .sphere(radius: 0.5), at: Pose(Vector3(0, 0, 0.6), orientation))
    let camera = TestScene.camera("c", 64, 64, pose: .identity, fovy: 0.5)
    let instance = TestScene.instance(
      objects: [ball], cameras: [camera], ambient: Vector3(0.3, 0.3, 0.3), background: Vector3(1, 0, 1), lights: [])
    let picture = try TestScene.snapshot(instance)
    for y in 0..<64 {
      for x in 0..<64 {
        let color = picture.color(x, y)
        #expect(abs(color[0] - color[1]) <= 1, "at \(x), \(y)")
      }
    }
  }
}
