/// Numbers of episodes in words.
public enum EpisodeList {
  /// "episode 3", "episodes 3...5, 9".
  static func named(_ episodes: [Int]) -> String {
    (episodes.count == 1 ? "episode " : "episodes ") + text(episodes)
  }

  /// "3...5, 9".
  public static func text(_ sorted: [Int]) -> String {
    var runs: [ClosedRange<Int>] = []
    for k in sorted {
      if let last = runs.last, last.upperBound + 1 == k {
        runs[runs.count - 1] = last.lowerBound...k
      } else {
        runs.append(k...k)
      }
    }
    let texts = runs.prefix(20).map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)...\($0.upperBound)" }
    return texts.joined(separator: ", ") + (runs.count > 20 ? ", and more" : "")
  }
}
