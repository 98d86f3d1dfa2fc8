import SeedbedGeometry
import SeedbedRendering
import SeedbedScene
import URDF

/// A picture's content, copied out of the renderer.
struct Snapshot: Equatable {
  var width: Int, height: Int
  var rgb: [UInt8]
  var depth: [Float]
  var ids: [UInt16]

  init(_ picture: borrowing Picture) {
    width = picture.width
    height = picture.height
    rgb = Array(picture.rgb)
    depth = Array(picture.depth)
    ids = Array(picture.ids)
  }

  func color(_ x: Int, _ y: Int) -> [Int] { (0..<3).map { Int(rgb[3 * (y * width + x) + $0]) } }
  func depth(_ x: Int, _ y: Int) -> Double { Double(depth[y * width + x]) }
  func id(_ x: Int, _ y: Int) -> UInt16 { ids[y * width + x] }

  func color(at point: ProjectedPoint) -> [Int] { color(Int(point.u), Int(point.v)) }
  func id(at point: ProjectedPoint) -> UInt16 { id(Int(point.u), Int(point.v)) }

  /// FNV-1a over all three pictures, floats by their bits.
  var digest: String {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    func add(_ byte: UInt8) { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    rgb.forEach(add)
    for z in depth { withUnsafeBytes(of: z.bitPattern.littleEndian) { $0.forEach(add) } }
    for id in ids { withUnsafeBytes(of: id.littleEndian) { $0.forEach(add) } }
    return String(hash, radix: 16)
  }
}

extension TestScene {
  /// Renders one camera of an instance at its start.
  static func snapshot(
    _ instance: SceneInstance, camera: Int = 0, assets: SceneAssets? = nil, links: [Pose]? = nil,
    path: RenderPath = .best
  ) throws -> Snapshot {
    let assets = assets ?? self.assets(robot: nobody)
    var renderer = try Renderer(instance, model: RenderModel(assets: assets), path: path)
    let links = links ?? Array(repeating: .identity, count: assets.robot.links.count)
    renderer.setPoses(links: links, objects: instance.objects.map(\.pose))
    return renderer.render(camera: camera) { Snapshot($0) }
  }

  /// A camera at `distance` above the origin that looks straight down, picture top towards +y.
  static func above(_ distance: Double, _ width: Int, _ height: Int, fovy: Double = 0.9) -> CameraInstance {
    let down = Pose(
      Vector3(0, 0, distance), Quaternion(Matrix3(columns: .unitX, -.unitY, -.unitZ)))
    return camera("above", width, height, pose: down, fovy: fovy)
  }
}
