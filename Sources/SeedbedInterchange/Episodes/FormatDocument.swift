import Parquet
import SeedbedDatasets

/// What a format has no place for, as a line of JSON that all our exports carry: the features as LeRobot declares them, where
/// each stands in the format, and the tags' types. With it an export reads back as it was.
struct FormatDocument {
  static let key = "seedbed"

  var framesPerSecond: Double
  var robotType: String?
  var features: [SourceFeature]
  /// By the features' names.
  var places: [String: String]
  var tags: [Field]

  init(_ plan: ExportPlan, places: [String: String]) {
    framesPerSecond = plan.framesPerSecond
    robotType = plan.robotType
    features = plan.schema.features
    tags = plan.schema.tags
    self.places = places
  }

  private static let types: [(name: String, type: ColumnType)] = [
    ("bool", .bool), ("integer", .int64), ("number", .double), ("text", .string),
  ]

  var json: JSONValue {
    .object([
      .init("version", .integer(1)),
      .init(
        "fps",
        framesPerSecond == framesPerSecond.rounded() ? .integer(Int(framesPerSecond)) : .number(framesPerSecond)),
      .init("robot_type", .text(robotType)),
      .init("features", .object(features.map { .init($0.name, $0.json) })),
      .init("places", .object(features.compactMap { f in places[f.name].map { .init(f.name, .string($0)) } })),
      .init(
        "tags",
        .object(
          tags.map { tag in
            .init(tag.name, .string(FormatDocument.types.first { $0.type == tag.type }?.name ?? "text"))
          })),
    ])
  }

  /// - Throws: Where the text is none of ours.
  init(_ text: [UInt8], path: String) throws(DatasetError) {
    func wrong(_ reason: String) -> DatasetError { DatasetError(.damaged, path: path, "its 'seedbed' entry \(reason)") }
    let json: JSONValue
    do throws(JSONParser.Failure) { json = try JSONParser.parse(text) } catch {
      throw wrong("is no JSON: \(error.reason)")
    }
    guard json["version"]?.integer == 1, let rate = json["fps"]?.number, rate > 0, rate <= 1000,
      let entries = json["features"]?.members, let places = json["places"]?.members, let tags = json["tags"]?.members
    else { throw wrong("is of another version, or lacks a part") }
    framesPerSecond = rate
    robotType = json["robot_type"]?.string
    features = entries.compactMap { SourceFeature(entry: $0) }
    guard features.count == entries.count else { throw wrong("declares features that make no sense") }
    self.places = Dictionary(places.map { ($0.name, $0.value.string ?? "") }) { first, _ in first }
    self.tags = tags.map { tag in
      Field(tag.name, FormatDocument.types.first { $0.name == tag.value.string }?.type ?? .string)
    }
  }
}
