import Digest
import SeedbedEpisodes

/// A dataset's summary as a file beside it, so that going on does not read all rows again.
///
/// Nothing but time depends on it: it counts only where its checksum is right and it names the hashes of the dataset's
/// statistics and documentation, which are made of the same summary. A line with the checksum, then JSON; doubles as
/// their bit patterns.
enum SummaryCheckpoint {
  private static let format = 1

  /// What a summary was written into.
  struct Files {
    var statistics: [UInt8]
    var card: [UInt8]
  }

  static func write(_ path: String, _ summary: DatasetSummary, of files: Files) throws(DatasetError) {
    let body = json(summary, of: files).compact()
    let (folder, name) = try place(path)
    try folder.write(Array(sha256Hex(body).utf8) + [10] + body + [10], to: name)
  }

  /// nil where there is none, it is damaged, or it is of another dataset.
  static func read(_ path: String, of previous: PackedDataset, axes: [String]) -> DatasetSummary? {
    do {
      let (folder, name) = try place(path)
      let lines = try folder.read(name).split(separator: 10, omittingEmptySubsequences: false)
      guard lines.count == 3, sha256Hex(lines[1]) == String(decoding: lines[0], as: UTF8.self) else { return nil }
      let files = Files(
        statistics: try previous.folder.read("meta/stats.json"), card: try previous.folder.read("README.md"))
      let summary = try summary(
        JSONParser.parse(Array(lines[1])), schema: previous.reader.schema, axes: axes, of: files)
      return summary.episodes == previous.episodes && summary.frames == previous.reader.info.frames ? summary : nil
    } catch {
      return nil
    }
  }

  /// The file's folder and its name in it.
  private static func place(_ path: String) throws(DatasetError) -> (DatasetFolder, String) {
    guard let slash = path.lastIndex(of: "/") else { return (try DatasetFolder(existing: "."), path) }
    let folder = path[..<slash]
    return (
      try DatasetFolder(existing: folder.isEmpty ? "/" : String(folder)), String(path[path.index(after: slash)...])
    )
  }

  private static func json(_ summary: DatasetSummary, of files: Files) -> JSONValue {
    func bits(_ values: [Double]) -> JSONValue {
      .array(values.map { .integer(Int64(bitPattern: $0.bitPattern)) })
    }
    return .object([
      .init("format", .integer(format)),
      .init("stats", .string(sha256Hex(files.statistics))),
      .init("card", .string(sha256Hex(files.card))),
      .init("episodes", .integer(summary.episodes)),
      .init("frames", .integer(summary.frames)),
      .init("shortest", .integer(summary.shortest)),
      .init("longest", .integer(summary.longest)),
      .init("successes", .integer(summary.successes)),
      .init(
        "causes",
        .object(summary.causes.sorted { $0.key < $1.key }.map { .init($0.key, .integer($0.value)) })),
      .init("generators", .strings(summary.generators)),
      .init("scenes", .strings(summary.scenes)),
      .init("seeds", .array(summary.seeds.map { .integer(Int64(bitPattern: $0)) })),
      .init(
        "axes",
        .array(
          summary.axes.map { axis in
            .object([
              .init("path", .string(axis.path)), .init("count", .integer(axis.count)),
              .init("range", bits([axis.minimum, axis.maximum])),
            ])
          })),
      .init(
        "totals",
        .array(
          summary.totals.map { total in
            .object([
              .init("count", .integer(total.statistics.count)),
              .init("values", .array(total.statistics.named.map { bits($0.values) } + [bits(total.squares)])),
            ])
          })),
    ])
  }

  private static func summary(
    _ json: JSONValue, schema: FeatureSchema, axes: [String], of files: Files
  ) throws(SchemaFailure) -> DatasetSummary {
    func list<T>(_ json: JSONValue?, _ value: (JSONValue) -> T?) throws(SchemaFailure) -> [T] {
      guard let items = json?.array else { throw SchemaFailure(reason: "a list is missing") }
      let values = items.compactMap(value)
      guard values.count == items.count else { throw SchemaFailure(reason: "a list holds something else") }
      return values
    }
    func doubles(_ json: JSONValue?) throws(SchemaFailure) -> [Double] {
      try list(json) { $0.integer.map { Double(bitPattern: UInt64(bitPattern: Int64($0))) } }
    }
    guard try json.required("format", \.integer) == format,
      try json.required("stats", \.string) == sha256Hex(files.statistics),
      try json.required("card", \.string) == sha256Hex(files.card)
    else { throw SchemaFailure(reason: "it is of another dataset") }
    var summary = DatasetSummary(schema: schema, axes: axes)
    summary.episodes = try json.required("episodes", \.integer)
    summary.frames = try json.required("frames", \.integer)
    summary.shortest = try json.required("shortest", \.integer)
    summary.longest = try json.required("longest", \.integer)
    summary.successes = try json.required("successes", \.integer)
    for cause in try json.required("causes", \.members) { summary.causes[cause.name] = cause.value.integer }
    summary.generators = try list(json["generators"], \.string)
    summary.scenes = try list(json["scenes"], \.string)
    summary.seeds = try list(json["seeds"]) { $0.integer.map { UInt64(bitPattern: Int64($0)) } }
    let ranges = try json.required("axes", \.array)
    let totals = try json.required("totals", \.array)
    guard ranges.count == axes.count, totals.count == summary.totals.count else {
      throw SchemaFailure(reason: "it is of other axes or features")
    }
    for (i, entry) in ranges.enumerated() {
      let range = try doubles(entry["range"])
      guard entry["path"]?.string == axes[i], range.count == 2 else { throw SchemaFailure(reason: "another axis") }
      summary.axes[i].count = try entry.required("count", \.integer)
      summary.axes[i].minimum = range[0]
      summary.axes[i].maximum = range[1]
    }
    for (i, entry) in totals.enumerated() {
      var values: [[Double]] = []
      for part in try entry.required("values", \.array) { values.append(try doubles(part)) }
      guard values.count == 10, Set(values.map(\.count)).count == 1 else {
        throw SchemaFailure(reason: "other numbers")
      }
      summary.totals[i].statistics.count = try entry.required("count", \.integer)
      summary.totals[i].statistics.minimum = values[0]
      summary.totals[i].statistics.maximum = values[1]
      summary.totals[i].statistics.mean = values[2]
      summary.totals[i].statistics.deviation = values[3]
      summary.totals[i].statistics.quantiles = Array(values[4..<9])
      summary.totals[i].squares = values[9]
    }
    return summary
  }
}
