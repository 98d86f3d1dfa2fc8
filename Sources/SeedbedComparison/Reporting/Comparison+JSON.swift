import SeedbedDatasets

extension Comparison {
  /// Every number with its unit; a number that is infinite is null. The same datasets give the same bytes.
  public func json() -> [UInt8] {
    JSONValue.object([
      .init("real", side(real)), .init("sim", side(sim)), .init("gap", .number(gap)),
      .init("features", .array(features.map(feature))),
      .init(
        "dimensions", .array(numbers.flatMap { feature in feature.dimensions.map { dimension($0, of: feature.name) } })),
      .init("spectrum_band_edges_hz", .numbers(BandPower.edges)),
      .init(
        "delays_of_state_after_action",
        .array(
          delays.map {
            .object([
              .init("dimension", .string($0.label)), .init("real_frames", $0.real.map { .integer($0) } ?? .null),
              .init("sim_frames", $0.sim.map { .integer($0) } ?? .null),
            ])
          })),
      .init(
        "tasks",
        .array(
          tasks.map {
            .object([
              .init("task", .string($0.text)), .init("real_episodes", .integer($0.real)),
              .init("sim_episodes", .integer($0.sim)),
            ])
          })),
      .init("notes", .strings(notes)),
    ]).indented()
  }

  private func side(_ side: Side) -> JSONValue {
    .object([
      .init("path", .string(side.path)), .init("episodes", .integer(side.episodes)),
      .init("frames", .integer(side.frames)),
      .init("fps", .number(side.framesPerSecond)), .init("seconds", .number(side.seconds)),
    ])
  }

  private func feature(_ feature: FeatureGap) -> JSONValue {
    .object([
      .init("feature", .string(feature.name)), .init("gap", .number(feature.gap)),
      .init("dimension", .text(feature.dimension)),
      .init(
        "gaps",
        .array(
          feature.gaps.map { gap in
            .object([
              .init("aspect", .string(gap.aspect.rawValue)), .init("dimension", .text(gap.dimension)),
              .init("gap", .number(gap.gap)), .init("text", .string(gap.text)),
              .init(
                "measures",
                .array(
                  gap.measures.map {
                    .object([
                      .init("name", .string($0.name)), .init("value", .number($0.value)),
                      .init("unit", .string($0.unit)),
                    ])
                  })),
            ])
          })),
    ])
  }

  private func dimension(_ dimension: FeatureComparison.Dimension, of feature: String) -> JSONValue {
    var members: [JSONValue.Member] = [
      .init("feature", .string(feature)), .init("dimension", .string(dimension.label)),
      .init("real", summary(dimension.values.real)), .init("sim", summary(dimension.values.sim)),
      .init("histogram_range", .numbers([dimension.values.low, dimension.values.high])),
      .init("real_counts", .numbers(dimension.values.realBins)),
      .init("sim_counts", .numbers(dimension.values.simBins)),
    ]
    if let rates = dimension.rates {
      members += [
        .init("real_rates_per_second", summary(rates.real)), .init("sim_rates_per_second", summary(rates.sim)),
      ]
    }
    if let bands = dimension.bands {
      members += [.init("real_band_power", .numbers(bands.real)), .init("sim_band_power", .numbers(bands.sim))]
    }
    return .object(members)
  }

  private func summary(_ s: Summary) -> JSONValue {
    .object([
      .init("count", .integer(s.count)), .init("mean", .number(s.mean)), .init("std", .number(s.deviation)),
      .init("min", .number(s.least)), .init("q01", .number(s.low)), .init("median", .number(s.median)),
      .init("q99", .number(s.high)), .init("max", .number(s.most)),
    ])
  }
}
