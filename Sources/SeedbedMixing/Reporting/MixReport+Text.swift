extension MixReport {
  /// One line a source, and one for the whole.
  public var lines: [String] {
    var rows = [["source", "share", "asked for", "episodes", "frames", "seconds", "encoded anew", "origin"]]
    for source in sources {
      let summary = source.summary
      rows.append([
        source.name, percent(source.share), source.wantedShare.map(percent) ?? "-", "\(summary.episodes)",
        "\(summary.frames)", decimal(source.seconds, 1), "\(summary.recoded)",
        summary.origins.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", "),
      ])
    }
    rows.append([
      "whole", percent(1), "", "\(episodes)", "\(frames)", decimal(seconds, 1),
      "\(sources.reduce(0) { $0 + $1.summary.recoded })", "",
    ])
    let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    let table = rows.map { row in
      zip(row, widths).map { text, width in text + String(repeating: " ", count: max(0, width - text.count)) }
        .joined(separator: "  ").trimmingEnd
    }
    return table + notes.map { "note: " + $0 }
  }

  /// The dataset's README.md.
  var card: String {
    var text = """
      ---
      tags: [LeRobot, robotics, mixed]
      ---

      # A mix of \(sources.map { "`\($0.name)`" }.joined(separator: " and "))

      \(episodes) episodes, \(frames) frames at \(framesPerSecond ?? 0) per second, robot `\(robotType ?? "unknown")`. Shares are by
      \(unit.rawValue), chosen with seed \(seed), of each source's tasks in their proportion\(allowsRepetition ? ", with repetition" : ", none twice").

      | source | share | asked for | episodes | frames | success | origin |
      | --- | --- | --- | --- | --- | --- | --- |

      """
    for source in sources {
      let s = source.summary
      let success = s.outcomes == 0 ? "unknown" : "\(s.successes) of \(s.outcomes)"
      text +=
        "| \(cell(source.name)) | \(percent(source.share)) | \(source.wantedShare.map(percent) ?? "all") | \(s.episodes) of \(source.available) "
        + "| \(s.frames) | \(success) | \(s.origins.sorted { $0.key < $1.key }.map { "\(cell($0.key)) \($0.value)" }.joined(separator: ", ")) |\n"
    }
    text += """

      Each episode's row in `meta/episodes` says where it is from: `origin` ("real", "sim"), `mix.source` and `mix.episode`, its number
      there; and whatever the source said of it (null where it says nothing). `meta/seedbed/mix.json` has all figures.

      """
    if !notes.isEmpty {
      text += "\n## What was reconciled\n\n" + notes.map { "- \(cell($0))\n" }.joined()
    }
    return text
  }

  private func percent(_ share: Double) -> String { decimal(100 * share, 2) + " %" }

  private func decimal(_ value: Double, _ digits: Int) -> String {
    let scale = (0..<digits).reduce(1.0) { scale, _ in scale * 10 }
    let units = Int((value * scale).rounded())
    let fraction = String(units % Int(scale))
    return "\(units / Int(scale))." + String(repeating: "0", count: max(0, digits - fraction.count)) + fraction
  }

  private func cell(_ text: String) -> String {
    String(text.map { $0 == "|" || $0 == "\n" ? " " : $0 })
  }
}

extension String {
  fileprivate var trimmingEnd: String {
    var text = self
    while text.hasSuffix(" ") { text.removeLast() }
    return text
  }
}
