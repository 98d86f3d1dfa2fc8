import PNG
import SeedbedPhysics
import SeedbedRendering
public import SeedbedScene

/// Draws the first frame of the first `count` episodes into one PNG: a row-wise grid of tiles, each tile all cameras
/// side by side.
///
/// Returns the axes that were drawn with the least and the greatest value among these episodes.
public func preview(
  scene path: String, overrides: SceneOverrides, like: LikeRequest? = nil, seed: UInt64, count: Int, out: String
) throws -> [(path: String, lowest: Double, highest: Double)] {
  let (loaded, form) = try LikeScene.load(like, scene: path, overrides: overrides, stateOnly: false)
  let model = try RenderModel(assets: loaded.assets)
  var sheet: ContactSheet?
  var ranges: [String: (Double, Double)] = [:]
  for episode in 0..<count {
    var instance = try sampled(loaded, seed: seed, episode: episode)
    if let form { instance.cameras = form.cameras.compactMap { name in instance.cameras.first { $0.name == name } } }
    guard !instance.cameras.isEmpty else {
      throw GenerationError("the scene has no camera. Add one under `cameras:`.", kind: .input)
    }
    for draw in instance.draws {
      let (lowest, highest) = ranges[draw.path] ?? (draw.value, draw.value)
      ranges[draw.path] = (min(lowest, draw.value), max(highest, draw.value))
    }
    if sheet == nil { sheet = try ContactSheet(tiles: count, cameras: instance.cameras) }
    let world = try builtWorld(instance, loaded)
    var renderer = try Renderer(instance, model: model)
    renderer.setPoses(
      links: world.linkPoses, objects: world.objectPoses, objectLinks: world.objectLinkPoses)
    for camera in instance.cameras.indices {
      renderer.render(camera: camera) { picture in
        sheet?.paste(picture.rgb, tile: episode, camera: camera)
      }
    }
  }
  if let sheet { try writeFile(out, try sheet.png()) }
  return ranges.sorted { $0.key < $1.key }.map { ($0.key, $0.value.0, $0.value.1) }
}

private func builtWorld(_ instance: SceneInstance, _ loaded: LoadedScene) throws(GenerationError) -> World {
  do throws(WorldError) { return try World(instance, assets: loaded.assets) } catch {
    throw GenerationError(
      "episode \(instance.episode) of seed \(instance.seed): its world cannot be built:", details: error.problems,
      kind: .input)
  }
}

/// A grid of tiles with a thin border; a tile holds the pictures of all cameras side by side.
struct ContactSheet {
  private let columns: Int, rows: Int
  private let tileWidth: Int, tileHeight: Int
  private let sizes: [(width: Int, height: Int)]
  private var pixels: [UInt8]
  private static let border = 4

  private var width: Int { columns * (tileWidth + Self.border) + Self.border }
  private var height: Int { rows * (tileHeight + Self.border) + Self.border }

  init(tiles: Int, cameras: [CameraInstance]) throws(GenerationError) {
    sizes = cameras.map { ($0.width, $0.height) }
    tileWidth = sizes.reduce(0) { $0 + $1.width }
    tileHeight = sizes.map(\.height).max() ?? 1
    // Rather wide than tall, near a square of pixels.
    var columns = 1
    while columns < tiles, columns * columns * tileWidth < tiles * tileHeight { columns += 1 }
    self.columns = columns
    rows = (tiles + columns - 1) / columns
    pixels = []
    guard width * height <= 100_000_000 else {
      throw GenerationError(
        "the sheet would have \(width) x \(height) pixels. Ask for fewer with --count.", kind: .usage)
    }
    pixels = [UInt8](repeating: 32, count: width * height * 3)
  }

  /// `rgb`: packed, as large as the camera's picture.
  mutating func paste(_ rgb: UnsafeBufferPointer<UInt8>, tile: Int, camera: Int) {
    let left =
      Self.border + (tile % columns) * (tileWidth + Self.border)
      + sizes[..<camera].reduce(0) { $0 + $1.width }
    let top = Self.border + (tile / columns) * (tileHeight + Self.border)
    let size = sizes[camera]
    for y in 0..<size.height {
      let from = y * size.width * 3, to = ((top + y) * width + left) * 3
      for i in 0..<(size.width * 3) { pixels[to + i] = rgb[from + i] }
    }
  }

  func png() throws -> [UInt8] { try encodePNG(width: width, height: height, rgb: pixels) }
}
