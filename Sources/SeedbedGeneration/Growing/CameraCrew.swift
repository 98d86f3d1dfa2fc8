import SeedbedEpisodes
import SeedbedQuality
public import SeedbedRendering
public import SeedbedScene
import SeedbedTrials
import URDF
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

  init(
    _ instance: SceneInstance, model: RenderModel, scene: GrowthScene, sink: (any PictureSink)?, fault: FaultPlan.Fault?
  ) throws {
    let links = scene.assets.robot.links.count
    let meter = PictureMeter(object: InstanceID.object(taskObject(of: instance), linkCount: links), links: links)
    let reels = try instance.cameras.map {
      try Reel($0, framesPerSecond: instance.rates.control, meter: meter, fault: fault)
    }
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

  consuming func develop() throws -> (clips: [EncodedClip], statistics: [ImageStatistics], meters: [PictureMeter]) {
    (try reels.map { try $0.finish() }, reels.map { $0.histogram.statistics() }, reels.map(\.meter))
  }
}

/// One camera's encoder and statistics. A class, because an array cannot hold the non-copyable encoder.
private final class Reel {
  private var encoder: VideoEncoder?
  private var planes: [UInt8]
  private(set) var histogram = ImageHistogram()
  private(set) var meter: PictureMeter
  private let fault: FaultPlan.Fault?
  private let framesPerSecond: Int
  private var frame = 0

  init(_ camera: CameraInstance, framesPerSecond: Int, meter: PictureMeter, fault: FaultPlan.Fault?) throws {
    self.meter = meter
    self.fault = fault
    self.framesPerSecond = framesPerSecond
    encoder = try VideoEncoder(width: camera.width, height: camera.height, framesPerSecond: framesPerSecond)
    planes = [UInt8](repeating: 0, count: camera.width * camera.height * 3 / 2)
  }

  func add(_ picture: borrowing Picture, statistics: Bool) throws {
    if fault?.freezesPicture(frame: frame, framesPerSecond) != true {
      planes.withUnsafeMutableBufferPointer { picture.writeI420(into: $0) }
    }
    if fault?.blackensPicture(frame: frame, framesPerSecond) == true {
      for i in planes.indices { planes[i] = i < picture.width * picture.height ? 16 : 128 }
    }
    frame += 1
    planes.withUnsafeBufferPointer { meter.add(i420: $0, pixels: picture.width * picture.height, ids: picture.ids) }
    try planes.withUnsafeBufferPointer { try encoder?.append(i420: $0) }
    if statistics { histogram.add(rgb: picture.rgb) }
  }

  func finish() throws -> EncodedClip {
    guard let encoder = encoder.take() else { throw GenerationError("a clip was finished twice") }
    return try encoder.finish()
  }
}

/// Index of the object that the task is about.
private func taskObject(of instance: SceneInstance) -> Int {
  switch instance.task.kind {
  case .pickAndPlace(let object, _): instance.objects.firstIndex { $0.name == object } ?? instance.objects.count
  }
}
