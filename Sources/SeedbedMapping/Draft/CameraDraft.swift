import Video

/// Drafts which camera of the scene feeds which of the real dataset.
struct CameraDraft {
  private var free: [Simulated.Camera]
  private let isKnown: Bool
  private let isTwoArmed: Bool

  /// - Parameters:
  ///   - cameras: nil where no scene is given; then those of the stock scenes are assumed.
  ///   - isTwoArmed: The real robot has two arms, of which ours stands for the right one.
  init(_ cameras: [Simulated.Camera]?, isTwoArmed: Bool) {
    isKnown = cameras != nil
    self.isTwoArmed = isTwoArmed
    free = cameras ?? [.init(name: "front", isMounted: false), .init(name: "wrist", isMounted: true)]
  }

  func parts(_ real: [RealSchema.Camera]) -> [Draft.Part] {
    var rest = self
    var lines = real.map { rest.byName($0) }
    let places = real.map(CameraPlace.init)
    let ofOther = CameraPlace.ofOtherArm(places, isTwoArmed: isTwoArmed)
    for i in lines.indices where lines[i] == nil && !ofOther.contains(i) { lines[i] = rest.byPlace(places[i]) }
    return zip(real, lines).map { camera, line in
      Draft.Part(
        name: camera.name, names: [], shape: "\(camera.width)x\(camera.height) \(camera.video.codec)", note: "",
        lines: [line ?? CameraDraft.black])
    }
  }

  private static let black = Draft.Line(
    text: "fill: black", note: "not simulated: the scene has no camera left; add one, or leave it black", isSure: false)

  private mutating func byName(_ camera: RealSchema.Camera) -> Draft.Line? {
    guard let i = free.firstIndex(where: { $0.name == CameraPlace.lastName(camera) }) else { return nil }
    let name = free.remove(at: i).name
    return Draft.Line(text: "take: \(name)", note: isKnown ? "the same name" : CameraDraft.unknown, isSure: isKnown)
  }

  private static let unknown = "guessed: no --scene was given that says which cameras there are"

  private mutating func byPlace(_ place: CameraPlace) -> Draft.Line? {
    guard let i = free.firstIndex(where: { $0.isMounted == place.isMounted }) else { return nil }
    let name = free.remove(at: i).name
    let why = "guessed: \(place.isMounted ? "it moves with the arm" : "it stands beside the arm")"
    return Draft.Line(
      text: "take: \(name)", note: isKnown ? why + "; check where it looks from" : CameraDraft.unknown, isSure: false)
  }
}

/// What a camera's name says of where it is.
private struct CameraPlace {
  /// Moves with an arm.
  var isMounted: Bool
  var isLeft: Bool, isRight: Bool
  /// The side stands in front of the wrist, as in `cam_left_wrist`; behind it, as in `wrist_image_left`, it is rather an
  /// eye of a stereo camera.
  var isSideFirst: Bool

  private static let mounts: Set<String> = ["wrist", "hand", "gripper", "eye", "inhand", "ee", "eef"]

  static func lastName(_ camera: RealSchema.Camera) -> String {
    camera.name.split(separator: ".").last.map(String.init) ?? camera.name
  }

  init(_ camera: RealSchema.Camera) {
    let words = DimensionName.words(Self.lastName(camera))
    let mount = words.firstIndex(where: Self.mounts.contains)
    isMounted = mount != nil
    (isLeft, isRight) = (words.contains("left"), words.contains("right"))
    let side = words.firstIndex { $0 == "left" || $0 == "right" }
    isSideFirst = mount.map { mount in side.map { $0 < mount } == true } == true
  }

  /// Cameras on an arm that ours does not stand for, by their places in a list; where two eyes of one camera are meant, the
  /// second of them.
  static func ofOtherArm(_ places: [CameraPlace], isTwoArmed: Bool) -> Set<Int> {
    let mounted = places.indices.filter { places[$0].isMounted }
    let left = mounted.filter { places[$0].isLeft }, right = mounted.filter { places[$0].isRight }
    if isTwoArmed { return Set(left) }
    guard !left.isEmpty, !right.isEmpty else { return [] }
    return Set(left.allSatisfy { places[$0].isSideFirst } ? left : right)
  }
}
