import Diagnostics

extension Comparison {
  private static let listed = 12

  /// The report for people.
  public var lines: [String] {
    var lines = [side("real", real), side("sim ", sim), ""]
    guard gap > 0 else {
      lines.append("no gap: every distance is 0, every overlap 1 (\(features.count) features)")
      return lines + noteLines
    }
    lines.append("what to change first (gap 0: alike, 1: nothing in common)")
    let worst = features.filter { $0.gap > 0 }
    for (i, feature) in worst.prefix(Comparison.listed).enumerated() {
      let dimension = feature.dimension.map { "['\($0)']" } ?? ""
      lines.append("\(i + 1 < 10 ? " " : "")\(i + 1). \(fixed(feature.gap)) \(feature.name)\(dimension)")
      for gap in Comparison.told(feature) {
        let place = gap.dimension.map { $0 == feature.dimension ? "" : "'\($0)' " } ?? ""
        lines.append("          \(fixed(gap.gap)) \(gap.aspect.rawValue): \(place)\(gap.text)")
      }
    }
    if worst.count > Comparison.listed {
      lines.append("    and \(worst.count - Comparison.listed) more, all in the JSON")
    }
    let equal = features.filter { $0.gap == 0 }.map(\.name)
    if !equal.isEmpty { lines += ["", "without any gap: " + equal.joined(separator: ", ")] }
    return lines.map(\.escapingControlCharacters) + noteLines
  }

  /// The largest gap of each aspect, the four worst aspects.
  static func told(_ feature: FeatureGap) -> [Gap] {
    var seen: Set<String> = []
    let worst = feature.gaps.filter { $0.gap > 0 && seen.insert($0.aspect.rawValue).inserted }
    return Array(worst.prefix(4))
  }

  private var noteLines: [String] {
    notes.isEmpty ? [] : ["", "not compared, or named otherwise"] + notes.map { "  " + $0.escapingControlCharacters }
  }

  private func side(_ name: String, _ side: Side) -> String {
    "\(name) \(side.path): \(side.episodes) episodes, \(side.frames) frames, \(significant(side.framesPerSecond)) frames a "
      + "second, \(significant(side.seconds)) s"
  }

  private func fixed(_ gap: Double) -> String {
    // A gap that is there never reads as none.
    if gap > 0 && gap < 0.001 { return "<.001" }
    let thousandths = Int((gap * 1000).rounded())
    let digits = String(1000 + thousandths % 1000).dropFirst()
    return "\(thousandths / 1000).\(digits)"
  }
}
