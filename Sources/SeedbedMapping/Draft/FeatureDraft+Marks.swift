import SeedbedEpisodes

/// Features that say where in its episode a frame stands, and how the task goes.
extension FeatureDraft {
  /// Words that leave such a name's meaning as it is: `next.done`, `is_first`.
  private static let fillers: Set<String> = ["is", "next", "step", "flag", "observation", "rlds", "metadata"]

  /// nil where the feature is none of them.
  func markLines() -> [Draft.Line]? {
    guard feature.width == 1, feature.dataType != .string else { return nil }
    let words = DimensionName.words(feature.name).filter { !FeatureDraft.fillers.contains($0) }
    if words == ["discount"] {
      let isConstant = ranges.map { $0[0].lowest == $0[0].highest } == true
      let value = isConstant ? short(ranges?[0].lowest ?? 1) : "1"
      return [
        Draft.Line(
          text: "fill: \(feature.dataType == .bool ? "true" : value)",
          note: "guessed: " + (isConstant ? "the real data's, which never changes" : "no reward is discounted"),
          isSure: false)
      ]
    }
    guard let found = FeatureDraft.mark(words), catalog[found.signal] != nil else { return nil }
    return [Draft.Line(text: "take: \(found.signal)", note: "guessed by its name: \(found.meaning)", isSure: false)]
  }

  private static func mark(_ words: [String]) -> (signal: String, meaning: String)? {
    func mark(_ mark: EpisodeMark) -> (String, String) { ("episode.\(mark)", mark.convention) }
    return switch words {
    case ["first"], ["start"], ["episode", "start"]: mark(.first)
    case ["last"], ["done"], ["dones"], ["end"], ["episode", "end"]: mark(.last)
    case ["terminal"], ["terminals"], ["terminated"]: mark(.terminal)
    case ["truncated"], ["truncation"], ["truncateds"], ["timeout"], ["timeouts"]: mark(.truncated)
    case ["episode", "success"], ["episode", "successful"]: mark(.success)
    case ["reward"], ["rewards"]:
      ("next.reward.reward", "1 from the frame on that completes success, as long as it lasts, else 0")
    case ["success"], ["successful"]:
      ("next.success.success", "1 from the frame on that completes success, as long as it lasts, else 0")
    default: nil
    }
  }
}
