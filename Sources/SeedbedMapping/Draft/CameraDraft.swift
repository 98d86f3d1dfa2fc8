import Video

/// Drafts which camera of the scene feeds which of the real dataset.
struct CameraDraft {
  private var free: [Simulated.Camera]
  private let isKnown: Bool

  /// - Parameter cameras: nil where no scene is given; then those of the stock scenes are assumed.
  init(_ cameras: [Simulated.Camera]?) {
    isKnown = cameras != nil
    free = cameras ?? [.init(name: "front", isMounted: false), .init(name: "wrist", isMounted: true)]
  }

  func parts(_ real: [RealSchema.Camera]) -> [Draft.Part] {
    var rest = self
    var lines = real.map { rest.byName($0) }
    for i in lines.indices where lines[i] == nil { lines[i] = rest.byPlace(real[i]) }
    return zip(real, lines).map { camera, line in
      Draft.Part(
        name: camera.name, names: [], shape: "\(camera.width)x\(camera.height) \(camera.video.codec)", note: "",
        lines: [line ?? CameraDraft.black])
    }
  }

  private static let black = Draft.Line(
    text: "fill: black", note: "not simulated: the scene has no camera left; add one, or leave it black", isSure: false)

  private static func lastName(_ camera: RealSchema.Camera) -> String {
    camera.name.split(separator: ".").last.map(String.init) ?? camera.name
  }

  private mutating func byName(_ camera: RealSchema.Camera) -> Draft.Line? {
    guard let i = free.firstIndex(where: { $0.name == CameraDraft.lastName(camera) }) else { return nil }
    let name = free.remove(at: i).name
    return Draft.Line(text: "take: \(name)", note: isKnown ? "the same name" : CameraDraft.unknown, isSure: isKnown)
  }

  private static let unknown = "guessed: no --scene was given that says which cameras there are"

  private mutating func byPlace(_ camera: RealSchema.Camera) -> Draft.Line? {
    let words = Set(DimensionName.words(CameraDraft.lastName(camera)))
    let isMounted = !words.isDisjoint(with: ["wrist", "hand", "gripper", "eye", "inhand", "ee"])
    if isMounted, words.contains("left") { return nil }
    guard let i = free.firstIndex(where: { $0.isMounted == isMounted }) else { return nil }
    let name = free.remove(at: i).name
    let why = "guessed: \(isMounted ? "it moves with the arm" : "it stands beside the arm")"
    return Draft.Line(
      text: "take: \(name)", note: isKnown ? why + "; check where it looks from" : CameraDraft.unknown, isSure: false)
  }
}
