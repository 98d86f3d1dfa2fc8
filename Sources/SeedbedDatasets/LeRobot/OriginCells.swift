import Parquet
import SeedbedEpisodes

/// The columns of the table `meta/episodes` that say where a grown episode comes from and how it ended.
enum OriginCells {
  static func fields(axes: [String]) -> [Field] {
    typealias Origin = EpisodeRow.Origin
    let fields = [
      Field(Origin.origin, .string), Field(Origin.seed, .int64), Field(Origin.episode, .int64),
      Field(Origin.scene, .string), Field(Origin.generator, .string), Field(Origin.stateHash, .string),
      Field(Origin.success, .bool), Field(Origin.cause, .string), Field(Origin.frame, .int64),
      Field(Origin.gates, .string), Field(Origin.lcpMessages, .int64),
    ]
    return fields + axes.map { Field(Origin.drawPrefix + $0, .double) }
  }

  /// One column of one row for each field.
  static func cells(_ provenance: Provenance, axes: [String]) -> [ColumnData] {
    var cells: [ColumnData] = [
      .strings([provenance.origin]), ColumnData(.int64([Int64(bitPattern: provenance.seed)])),
      EpisodeRow.cell(provenance.episode), .strings([provenance.sceneSHA256]), .strings([provenance.generator]),
      .strings([provenance.stateHash]), ColumnData(.bool([provenance.success])), .strings([provenance.failureCause]),
      EpisodeRow.cell(provenance.failureFrame), .strings([provenance.gatesFailed]),
      EpisodeRow.cell(provenance.lcpMessages),
    ]
    var draws = provenance.draws[...]
    for axis in axes {
      let drawn = draws.first?.path == axis ? draws.popFirst()?.value : nil
      cells.append(.nullable([drawn]))
    }
    return cells
  }
}

extension EpisodeRow {
  /// The names of the columns that say where an episode comes from.
  enum Origin {
    static let origin = "origin"
    static let seed = "sim.seed"
    static let episode = "sim.episode"
    static let scene = "sim.scene_sha256"
    static let generator = "sim.generator"
    static let stateHash = "sim.state_hash"
    static let success = "success"
    static let cause = "failure.cause"
    static let frame = "failure.frame"
    static let gates = "gates.failed"
    static let lcpMessages = "sim.lcp_messages"
    static let drawPrefix = "draw."
  }
}
