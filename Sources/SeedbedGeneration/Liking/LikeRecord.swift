public import SeedbedMapping

/// The form of a real dataset that a run's dataset takes, with what feeds it: part of the run's record, so that nothing
/// but the dataset itself is needed to go on with it or to regrow it.
public struct LikeRecord: Sendable, Codable, Equatable {
  public var schema: RealSchema
  /// The mapping file's text.
  public var map: String

  public init(schema: RealSchema, map: String) {
    self.schema = schema
    self.map = map
  }

  /// What messages call the stored mapping.
  static let mapName = "the stored mapping"

  /// What another request differs in, one sentence each.
  static func differences(_ had: LikeRecord?, _ asked: LikeRecord?) -> [String] {
    switch (had, asked) {
    case (nil, nil): return []
    case (_?, nil): return ["--like was given, and now is not"]
    case (nil, _?): return ["--like was not given, and now is"]
    case (let had?, let asked?):
      var texts = had.schema.differences(from: asked.schema)
      if had.map != asked.map {
        let before = had.map.split(separator: "\n", omittingEmptySubsequences: false)
        let after = asked.map.split(separator: "\n", omittingEmptySubsequences: false)
        let same = zip(before, after).prefix { $0 == $1 }.count
        func line(_ lines: [Substring]) -> String {
          same < lines.count ? "`\(lines[same].trimmed.prefix(100))`" : "nothing"
        }
        texts.append("--map: line \(same + 1) was \(line(before)), and now is \(line(after))")
      }
      return texts
    }
  }
}

extension Substring {
  fileprivate var trimmed: Substring { drop { $0 == " " } }
}
