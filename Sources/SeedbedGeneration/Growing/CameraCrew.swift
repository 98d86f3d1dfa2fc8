import SeedbedEpisodes
public import SeedbedRendering
public import SeedbedScene
import SeedbedTrials
import Video

/// Receives the raw pictures of every frame, where somebody wants them beside the dataset.
public protocol PictureSink {
  func take(camera: CameraInstance, frame: Int, picture: borrowing Picture) throws
}

/// Draws and encodes every frame of one episode for all its cameras.
struct CameraCrew: ~Copyable {
  private let instance: SceneInstance
  private var renderer: Renderer
  private var reels: [Reel]
  private let sink: (any PictureSink)?
  /// Every second picture of a camera enters its statistics.
  private static let pictureStride = 2

  init(_ instance: SceneInstance, model: RenderModel, sink: (any PictureSink)?) throws {
    let reels = try instance.cameras.map { try Reel($0, framesPerSecond: instance.rates.control) }
    let renderer = try Renderer(instance, model: model)
    self.instance = instance
    self.sink = sink
    self.reels = reels
    self.renderer = renderer
  }

  mutating func shoot(_ frame: borrowing TrialFrame, seconds: inout StageSeconds) throws {
    let start = processCPUSeconds()
    renderer.setPoses(links: frame.linkPoses, objects: frame.objectPoses)
    let index = frame.index
    var encoding = 0.0
    for camera in instance.cameras.indices {
      let reel = reels[camera]
      try renderer.render(camera: camera) { picture in
        let drawn = processCPUSeconds()
        try reel.add(picture, statistics: index % Self.pictureStride == 0)
        encoding += processCPUSeconds() - drawn
        try sink?.take(camera: instance.cameras[camera], frame: index, picture: picture)
      }
    }
    seconds.encoding += encoding
    seconds.pictures += processCPUSeconds() - start - encoding
  }

  consuming func develop() throws -> (clips: [EncodedClip], statistics: [ImageStatistics]) {
    (try reels.map { try $0.finish() }, reels.map { $0.histogram.statistics() })
  }
}

/// One camera's encoder and statistics. A class, because an array cannot hold the non-copyable encoder.
private final class Reel {
  private var encoder: VideoEncoder?
  private var planes: [UInt8]
  private(set) var histogram = ImageHistogram()

  init(_ camera: CameraInstance, framesPerSecond: Int) throws {
    encoder = try VideoEncoder(width: camera.width, height: camera.height, framesPerSecond: framesPerSecond)
    planes = [UInt8](repeating: 0, count: camera.width * camera.height * 3 / 2)
  }

  func add(_ picture: borrowing Picture, statistics: Bool) throws {
    planes.withUnsafeMutableBufferPointer { picture.writeI420(into: $0) }
    try planes.withUnsafeBufferPointer { try encoder?.append(i420: $0) }
    if statistics { histogram.add(rgb: picture.rgb) }
  }

  func finish() throws -> EncodedClip {
    guard let encoder = encoder.take() else { throw GenerationError("a clip was finished twice") }
    return try encoder.finish()
  }
}
