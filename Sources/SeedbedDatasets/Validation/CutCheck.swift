/// Where pictures change from one episode to the next: a video that is shifted by a frame shows it one frame off, everywhere.
struct CutCheck: Sendable {
  /// Pictures on each side of a cut that are looked at.
  static let reach = 2
  private static let columns = 16

  static var thumbnailColumns: Int { columns }

  private var inPlace = 0
  private var moved: [(episode: Int, isLate: Bool, isClear: Bool)] = []

  /// - Parameter thumbnails: Of the two pictures in front of an episode and its first three.
  mutating func add(_ thumbnails: [[Float]], episode: Int) {
    guard thumbnails.count == 2 * CutCheck.reach + 1, Set(thumbnails.map(\.count)).count == 1 else { return }
    let steps = zip(thumbnails, thumbnails.dropFirst()).map { a, b in
      zip(a, b).reduce(Float(0)) { $0 + ($1.0 - $1.1).magnitude } / Float(max(a.count, 1))
    }
    guard let largest = steps.indices.max(by: { steps[$0] < steps[$1] }) else { return }
    let next = steps.indices.filter { $0 != largest }.map { steps[$0] }.max() ?? 0
    // What stands out against all other steps around it is a cut.
    guard steps[largest] > 4 * next + 0.01 else { return }
    if largest == 1 {
      inPlace += 1
    } else if largest != 3 {
      moved.append((episode, largest == 2, steps[largest] > 5 * next + 0.02))
    }
  }

  mutating func add(_ other: CutCheck) {
    inPlace += other.inPlace
    moved += other.moved
  }

  func check(file: String, feature: String, _ findings: inout FindingList) {
    for isLate in [false, true] {
      let cuts = moved.filter { $0.isLate == isLate }
      guard !findings.holds(cuts.isEmpty) else { continue }
      let isSure = cuts.count > inPlace && (cuts.count > 1 || cuts[0].isClear)
      findings.add(
        Finding(
          severity: isSure ? .error : .warning, rule: "picture-shift", file: file, episode: cuts[0].episode,
          feature: feature,
          message: "the scene changes one picture \(isLate ? "late" : "early") where episodes begin "
            + "(\(cuts.count) of \(moved.count + inPlace) clear changes in this file).",
          remedy: "Compare pictures and numbers: the video is shifted by a frame, or the recorder kept an old picture.")
      )
    }
  }
}
