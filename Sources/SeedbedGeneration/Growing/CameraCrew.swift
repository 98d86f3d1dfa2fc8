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
    let reels = try scene.schema.cameras.map { feature in
      let camera = feature.isFilled ? nil : instance.cameras.firstIndex { $0.name == feature.name }
      guard feature.isFilled || camera != nil else {
        throw GenerationError("the scene has no camera `\(feature.name)`", kind: .input)
      }
      return try Reel(feature, camera: camera, framesPerSecond: instance.rates.control, meter: meter, fault: fault)
    }
    let renderer = try Renderer(instance, model: model)
    self.instance = instance
    self.sink = sink
    self.reels = reels
    self.renderer = renderer
  }

  mutating func shoot(_ frame: borrowing TrialFrame, seconds: inout StageSeconds) throws {
    let start = processCPUSeconds()
    renderer.setPoses(
      links: frame.linkPoses, objects: frame.objectPoses, objectLinks: frame.objectLinkPoses)
    let index = frame.index
    var encoding = 0.0
    for reel in reels {
      guard let camera = reel.camera else {
        let began = processCPUSeconds()
        try reel.addBlack()
        encoding += processCPUSeconds() - began
        continue
      }
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

  consuming func develop() throws -> Footage {
    let drawn = reels.filter { $0.camera != nil }
    return Footage(
      clips: try reels.map { try $0.finish() }, statistics: reels.map { $0.histogram.statistics() },
      meters: drawn.map(\.meter), isDrawn: reels.map { $0.camera != nil })
  }
}

/// What the cameras took of an episode.
struct Footage {
  /// One a camera of the dataset.
  var clips: [EncodedClip]
  var statistics: [ImageStatistics]
  /// One a camera that is not filled with black.
  var meters: [PictureMeter]
  fileprivate var isDrawn: [Bool]

  /// Pictures of each camera that is not filled.
  var drawnLengths: [Int] { zip(clips, isDrawn).filter(\.1).map(\.0.packets.count) }
}

/// One camera's encoder and statistics. A class, because an array cannot hold the non-copyable encoder.
private final class Reel {
  /// The scene's camera; nil where the pictures stay black.
  let camera: Int?
  private var encoder: VideoEncoder?
  private var planes: [UInt8]
  private(set) var histogram = ImageHistogram()
  private(set) var meter: PictureMeter
  private let fault: FaultPlan.Fault?
  private let framesPerSecond: Int
  private var frame = 0

  init(
    _ feature: CameraFeature, camera: Int?, framesPerSecond: Int, meter: PictureMeter, fault: FaultPlan.Fault?
  ) throws {
    self.camera = camera
    self.meter = meter
    self.fault = fault
    self.framesPerSecond = framesPerSecond
    encoder = try VideoEncoder(
      width: feature.width, height: feature.height, framesPerSecond: framesPerSecond, settings: feature.video)
    let pixels = feature.width * feature.height
    planes = [UInt8](repeating: 16, count: pixels) + [UInt8](repeating: 128, count: pixels / 2)
  }

  func addBlack() throws {
    try planes.withUnsafeBufferPointer { try encoder?.append(i420: $0) }
    if frame % 2 == 0 {
      [UInt8](repeating: 0, count: planes.count * 2).withUnsafeBufferPointer { histogram.add(rgb: $0) }
    }
    frame += 1
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
