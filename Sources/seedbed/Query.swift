import ArgumentParser
import Diagnostics
import SeedbedDatasets
import SeedbedQueries

struct Query: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "List, count and export the episodes of a dataset that a condition holds for.",
    discussion: """
      The condition is over all columns of meta/episodes: LeRobot's own, the origin (origin, success, failure.cause, \
      sim.*, draw.*), statistics (stats/action/max[0]) and the derived seconds and task. --columns lists them.

        == != < <= > >=  && || !  and or not  + - * /  in (a, b)  'text' in tasks
        contains 'part'  =~ 'regular expression'  is null  is not null  x[0]  abs len lower max mean min

      A bare word is a column where there is one, else a text. What is compared with a null is unknown and not listed.

      Examples:
        seedbed query data/run1 'success && failure.cause == none'
        seedbed query data/run1 'draw.objects/cube/mass > 0.1' --select episode_index,length/30 --sort=-length
        seedbed query data/run1 --group-by failure.cause --select length
        seedbed query data/run1 'success' --episodes
      """)

  @Argument(help: "The dataset folder.")
  var dataset: String

  @Argument(help: ArgumentHelp("The condition. Default: all episodes.", valueName: "expression"))
  var condition: String?

  @Option(help: ArgumentHelp("What to show, or with --group-by to average, with commas between.", valueName: "values"))
  var select: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Sort by values with commas between; a - in front turns the order around.", valueName: "values"))
  var sort: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("The most episodes to show; 0 for all. Default: 50 in the table, else all.", valueName: "n"))
  var limit: Int?

  @Option(help: ArgumentHelp("Count the episodes by values with commas between.", valueName: "values"))
  var groupBy: String?

  @Flag(help: "Print only how many there are.")
  var count = false

  @Flag(help: "Print the episodes' numbers as LeRobot's episodes= takes them: [0, 4, 7, 8, 9].")
  var episodes = false

  @Flag(help: "Print the episodes' numbers as ranges: 0,4,7-9.")
  var ranges = false

  @Flag(help: "List the columns and what they hold.")
  var columns = false

  @Flag(help: "Write JSON.")
  var json = false

  @Flag(help: "Write CSV.")
  var csv = false

  @Option(help: ArgumentHelp("Write into this file instead of standard output.", valueName: "file"))
  var out: String?

  func validate() throws {
    if let limit { try checkRange("--limit", limit, 0...1_000_000_000) }
    let kinds = [
      ("--count", count), ("--episodes", episodes), ("--ranges", ranges), ("--columns", columns),
      ("--group-by", groupBy != nil),
    ]
    .filter(\.1).map(\.0)
    guard kinds.count < 2 else { throw ValidationError("\(kinds[0]) and \(kinds[1]) exclude each other. Give one.") }
    guard !(json && csv) else { throw ValidationError("--json and --csv exclude each other. Give one.") }
  }

  func run() async throws {
    try await reportingErrors {
      guard isFolder(dataset) else {
        throw InputError(
          at: SourceLocation(file: dataset), "there is no such folder.", remedy: "Give the folder of a LeRobot dataset."
        )
      }
      let catalog = try EpisodeCatalog(directory: dataset)
      if columns { return try writeColumns(catalog) }
      let isTable = !(json || csv || episodes || ranges || count || groupBy != nil)
      let query = try settled(catalog, isTable: isTable)
      let shown = try values(query.query)
      let answer = try query.query.run()
      let report = QueryReport(query.query, answer, form: json ? .json : csv ? .csv : .text)
      var output = try openOutput()
      if count {
        try output.line("\(answer.matching)")
      } else if episodes || ranges {
        try report.writeNumbers(asRanges: ranges, to: &output)
      } else if groupBy != nil {
        try report.writeGroups(query.groups, means: shown, to: &output)
      } else {
        try report.writeEpisodes(shown, to: &output)
      }
      try output.finish()
    }
  }

  /// Throws (exit 65) where an answer would take the place of something, or stand among the dataset's own files.
  private func openOutput() throws -> TextOutput {
    if let out {
      try requireOutside(dataset, out)
      try requireNothing(out)
    }
    return try TextOutput(path: out)
  }

  /// Parses all expressions, so that the problems of all of them are told at once.
  private func settled(_ catalog: EpisodeCatalog, isTable: Bool) throws -> (query: EpisodeQuery, groups: [Expression]) {
    var query = EpisodeQuery(catalog)
    var groups: [Expression] = []
    var problems: [Diagnostic] = []
    func gather(_ work: () throws(InputError) -> Void) {
      do { try work() } catch { problems += error.diagnostics }
    }
    if let condition { gather { () throws(InputError) in query.condition = try catalog.condition(condition) } }
    if let sort { gather { () throws(InputError) in try query.sort(by: sort, label: "--sort") } }
    if let groupBy { gather { () throws(InputError) in groups = try query.values(groupBy, label: "--group-by") } }
    if let select { gather { () throws(InputError) in _ = try query.values(select, label: "--select") } }
    if !problems.isEmpty { throw InputError(problems) }
    query.limit = limit == 0 ? nil : limit ?? (isTable ? 50 : nil)
    return (query, groups)
  }

  private func values(_ query: EpisodeQuery) throws -> [Expression] {
    if let select { return try query.values(select, label: "--select") }
    return groupBy != nil ? query.usualMeans : query.usualValues
  }

  private func writeColumns(_ catalog: EpisodeCatalog) throws {
    var output = try openOutput()
    for line in QueryReport.columns(catalog, form: json ? .json : csv ? .csv : .text) { try output.line(line) }
    try output.finish()
  }
}
