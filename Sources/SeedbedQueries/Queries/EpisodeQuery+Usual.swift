extension EpisodeQuery {
  private static let usual = ["episode_index", "length", "seconds", "task", "origin", "success", "failure.cause"]

  /// What is shown when nothing is asked for: what all datasets have, outcome and origin, and what the condition and the
  /// order speak of.
  public var usualValues: [Expression] {
    let spoken = (condition?.columns ?? []) + order.flatMap(\.value.columns)
    var names = EpisodeQuery.usual.filter { name in catalog.columns.contains { $0.name == name } }
    for name in spoken where !names.contains(name) && !(name == "tasks" && names.contains("task")) {
      names.append(name)
    }
    return names.map { Expression(column: $0, catalog.kind($0)) }
  }

  /// What is averaged when nothing is asked for.
  public var usualMeans: [Expression] {
    ["length", "seconds"].filter { name in catalog.columns.contains { $0.name == name } }
      .map { Expression(column: $0, catalog.kind($0)) }
  }
}

extension QueryReport {
  /// One line a column of the dataset's episodes: its name and what it holds.
  public static func columns(_ catalog: EpisodeCatalog, form: Form) -> [String] {
    switch form {
    case .text:
      TextTable(
        head: ["column", "holds"], isNumber: [false, false],
        rows: catalog.columns.map { [CellText(form: .table).text($0.name), $0.kind.name] }, widest: 200
      ).lines
    case .csv:
      ["column,holds"] + catalog.columns.map { CellText(form: .csv).text($0.name) + "," + $0.kind.name }
    case .json:
      ["["]
        + catalog.columns.enumerated().map { i, column in
          "  {\"column\": \(jsonText(column.name)), \"holds\": \(jsonText(column.kind.name))}"
            + (i + 1 < catalog.columns.count ? "," : "")
        } + ["]"]
    }
  }
}
