import SeedbedDatasets

extension MixReport {
  /// `meta/seedbed/mix.json`.
  var json: JSONValue {
    .object([
      .init("seedbed_mix", .integer(1)),
      .init("unit", .string(unit.rawValue)), .init("seed", .integer(Int64(bitPattern: seed))),
      .init("repetition", .bool(allowsRepetition)), .init("conditions", .strings(conditions)),
      .init("episodes", .integer(episodes)), .init("frames", .integer(frames)),
      .init("frames_per_second", framesPerSecond.map { .integer($0) } ?? .null), .init("robot_type", .text(robotType)),
      .init("sources", .array(sources.map(json))),
      .init("notes", .strings(notes)),
    ])
  }

  private func json(_ source: Source) -> JSONValue {
    func optional(_ value: Double?) -> JSONValue { value.map(JSONValue.number) ?? .null }
    func counts(_ values: [String: Int]) -> JSONValue {
      .object(
        values.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }.map { .init($0.key, .integer($0.value)) })
    }
    let s = source.summary
    return .object([
      .init("name", .string(source.name)), .init("available_episodes", .integer(source.available)),
      .init("eligible_episodes", .integer(source.eligible)), .init("wanted_share", optional(source.wantedShare)),
      .init("share", .number(source.share)), .init("wanted_\(unit.rawValue)", optional(source.wanted)),
      .init("taken_\(unit.rawValue)", .number(source.amount)), .init("episodes", .integer(s.episodes)),
      .init("frames", .integer(s.frames)), .init("encoded_anew", .integer(s.recoded)),
      .init("counts_as_simulated", .text(source.evidence)), .init("origins", counts(s.origins)),
      .init("tasks", counts(s.tasks)),
      .init(
        "features",
        .object(
          features.compactMap { feature in
            guard let total = s.features[feature.name] else { return nil }
            return .init(feature.name, total.statistics.json(isPicture: feature.isPicture))
          })),
    ])
  }
}
