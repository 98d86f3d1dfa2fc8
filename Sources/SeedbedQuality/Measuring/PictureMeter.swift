/// Looks at every picture of one camera as it is encoded.
public struct PictureMeter: Sendable {
  /// A pixel whose luma (BT.601, limited range: black 16, white 235) is below this is nearly black: 4 % of white.
  public static let blackLevel: UInt8 = 25
  /// From so many pixels on an object counts as visible.
  public static let visiblePixels = 16
  /// The robot has moved when a joint is this far, rad or m, from where it was.
  public static let motion = 0.02

  private let object: UInt16
  private let links: UInt16
  private var previous: [UInt8] = []
  /// One a picture: pixels of the object; whether the picture is the previous one to the bit; whether a link is in it.
  private var objectPixels: [Int32] = []
  private var repeats: [Bool] = []
  private var showsRobot: [Bool] = []
  private var black = Peak()

  /// - Parameters:
  ///   - object: instance id of the task's object.
  ///   - links: how many links the robot has; they have the ids 1...links.
  public init(object: UInt16, links: Int) {
    self.object = object
    self.links = UInt16(clamping: links)
  }

  /// - Parameters:
  ///   - i420: the planes that go to the encoder.
  ///   - pixels: of the luma plane, which comes first.
  ///   - ids: instance ids, one a pixel.
  public mutating func add(i420: UnsafeBufferPointer<UInt8>, pixels: Int, ids: UnsafeBufferPointer<UInt16>) {
    let frame = repeats.count
    let luma = UnsafeBufferPointer(rebasing: i420[..<min(pixels, i420.count)])
    black.take(Double(countBelow(luma, Self.blackLevel)) / Double(max(1, luma.count)), frame: frame)
    let isSame = previous.withUnsafeBytes { $0.equalsBytes(of: UnsafeRawBufferPointer(i420)) }
    repeats.append(isSame)
    if !isSame { keep(i420) }
    let seen = count(ids, object, links: links)
    objectPixels.append(Int32(clamping: seen.object))
    showsRobot.append(seen.robot)
  }

  private mutating func keep(_ planes: UnsafeBufferPointer<UInt8>) {
    if previous.count != planes.count { previous = [UInt8](repeating: 0, count: planes.count) }
    previous.withUnsafeMutableBytes { $0.copyMemory(from: UnsafeRawBufferPointer(planes)) }
  }

  func seesObject(_ frame: Int) -> Bool {
    frame < objectPixels.count && Int(objectPixels[frame]) >= Self.visiblePixels
  }

  func measured(name: String, _ states: JointTrack, rate: Int) -> CameraMeasurements {
    var result = CameraMeasurements(name: name)
    result.black = black
    for (k, pixels) in objectPixels.enumerated() {
      result.objectPixels.take(Double(pixels), frame: k)
      if seesObject(k) { result.visibleFrames += 1 }
    }
    var first = 0
    for k in 0..<min(repeats.count, states.frames) {
      if !repeats[k] { first = k }
      guard k > first, showsRobot[k], states.distance(first, k) > Self.motion else { continue }
      result.frozen.take(Double(k - first) / Double(max(1, rate)), frame: first)
    }
    return result
  }
}
