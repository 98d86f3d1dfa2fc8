public import SeedbedDatasets

/// Writes an answer as a table for people, as CSV (RFC 4180) or as JSON.
public struct QueryReport: Sendable {
  public enum Form: Sendable { case text, csv, json }

  let query: EpisodeQuery
  let answer: EpisodeQuery.Answer
  let form: Form

  public init(_ query: EpisodeQuery, _ answer: EpisodeQuery.Answer, form: Form) {
    self.query = query
    self.answer = answer
    self.form = form
  }

  private var cells: CellText { CellText(form: form == .text ? .table : form == .csv ? .csv : .json) }

  /// One line an episode.
  public func writeEpisodes(_ values: [Expression], to output: inout TextOutput) throws(DatasetError) {
    let head = values.map { cells.text($0.text) }
    switch form {
    case .text:
      var rows: [[String]] = []
      try each(values) { row in rows.append(row) }
      let table = TextTable(head: head, isNumber: values.map(\.kind.isNumeric), rows: rows)
      for line in table.lines { try output.line(line) }
      if answer.places.count < answer.matching { try output.line("...") }
      try output.line(summary)
    case .csv:
      try output.line(head.joined(separator: ","))
      try each(values) { row throws(DatasetError) in try output.line(row.joined(separator: ",")) }
    case .json:
      try output.line("{\(counts),")
      try output.line("\"rows\": [")
      var isFirst = true
      // A comma stands in front of each row but the first, so that none has to know whether it is the last.
      try each(values) { row throws(DatasetError) in
        let members = zip(head, row).map { "\($0): \($1)" }.joined(separator: ", ")
        try output.line((isFirst ? "  " : ", ") + "{\(members)}")
        isFirst = false
      }
      try output.line("]}")
    }
  }

  /// Counts, shares and means by the values of `keys`.
  public func writeGroups(
    _ keys: [Expression], means: [Expression], to output: inout TextOutput
  ) throws(DatasetError) {
    let groups = try EpisodeGroups(query, answer, keys: keys, means: means, form: cells.form)
    let head =
      groups.keys.map(cells.text) + ["episodes", "share"].map(cells.text)
      + groups.means.map { cells.text("mean(\($0))") }
    let rows = groups.groups.map { group in
      let means = zip(group.sums, group.counts).map { $1 > 0 ? $0 / Double($1) : .nan }
      let share = Double(group.count) / Double(max(1, groups.total))
      return group.key + ["\(group.count)"] + ([share] + means).map { cells.texts(.numbers([$0], present: nil))[0] }
    }
    switch form {
    case .text:
      let isNumber = keys.map(\.kind.isNumeric) + .init(repeating: true, count: 2 + means.count)
      for line in TextTable(head: head, isNumber: isNumber, rows: rows).lines { try output.line(line) }
      try output.line(summary)
    case .csv:
      try output.line(head.joined(separator: ","))
      for row in rows { try output.line(row.joined(separator: ",")) }
    case .json:
      try output.line("{\(counts),")
      try output.line("\"groups\": [")
      for (i, row) in rows.enumerated() {
        let members = zip(head, row).map { "\($0): \($1)" }.joined(separator: ", ")
        try output.line("  {\(members)}" + (i + 1 < rows.count ? "," : ""))
      }
      try output.line("]}")
    }
  }

  /// The episodes' numbers: `[0, 4, 7, 8, 9]` as LeRobot's `episodes=` takes them, or `0,4,7-9`.
  public func writeNumbers(asRanges: Bool, to output: inout TextOutput) throws(DatasetError) {
    guard asRanges else { return try output.line("[" + answer.places.map(String.init).joined(separator: ", ") + "]") }
    var parts: [String] = []
    for k in answer.places.sorted() {
      if let last = parts.last, let end = last.split(separator: "-").last.flatMap({ Int($0) }), end == k - 1 {
        parts[parts.count - 1] = "\(last.prefix { $0 != "-" })-\(k)"
      } else {
        parts.append("\(k)")
      }
    }
    try output.line(parts.joined(separator: ","))
  }

  private func each(
    _ values: [Expression], _ take: ([String]) throws(DatasetError) -> Void
  ) throws(DatasetError) {
    let cells = cells
    try query.read(values, of: answer) { vectors, count throws(DatasetError) in
      let columns = vectors.map(cells.texts)
      for row in 0..<count { try take(columns.map { $0[row] }) }
    }
  }

  private var counts: String {
    "\"dataset_episodes\": \(answer.episodes), \"matching\": \(answer.matching), \"frames\": "
      + (answer.frames.map { "\($0), \"seconds\": \(Double($0) / query.catalog.framesPerSecond)" } ?? "null")
  }

  /// `12 of 200 episodes, 1803 frames, 60.1 s`.
  private var summary: String {
    var text = "\(answer.matching) of \(answer.episodes) episodes"
    if let frames = answer.frames {
      let seconds = Double(frames) / query.catalog.framesPerSecond
      text += ", \(frames) frames, \(CellText(form: .table).texts(.numbers([seconds], present: nil))[0]) s"
    }
    return text
  }
}
