import Digest
import SeedbedDatasets
import SeedbedEpisodes
import Video

/// An episode on its way from a worker to the packer: one file with a checksum, complete or not there at all.
///
/// A private format of the running program, not of datasets: it is packed and deleted within the run.
package enum StagedEpisode {
  private static let magic = Array("seedbed-staged-2".utf8)

  package static func encode(_ grown: GrownEpisode) -> [UInt8] {
    var out = ByteWriter()
    let episode = grown.episode
    out.integer(episode.index)
    out.integer(episode.length)
    out.text(episode.task)
    out.integer(episode.columns.count)
    for column in episode.columns {
      switch column {
      case .float32(let v):
        out.integer(0)
        out.array(v)
      case .int64(let v):
        out.integer(1)
        out.array(v)
      case .bool(let v):
        out.integer(2)
        out.array(v.map { UInt8($0 ? 1 : 0) })
      case .text(let v):
        out.integer(4)
        out.integer(v.count)
        for text in v { out.text(text) }
      case .float64(let v):
        out.integer(3)
        out.array(v)
      }
    }
    out.integer(episode.clips.count)
    for clip in episode.clips { encode(clip, into: &out) }
    out.integer(episode.imageStatistics.count)
    for s in episode.imageStatistics {
      for list in [s.min, s.max, s.mean, s.std, s.q01, s.q10, s.q50, s.q90, s.q99] { out.array(list) }
      out.integer(s.count)
    }
    encode(episode.provenance, into: &out)
    let s = grown.seconds
    out.array([s.physics, s.expert, s.pictures, s.encoding, s.writing, s.other])
    out.integer(grown.statistics.map { $0.count + 1 } ?? 0)
    for entry in grown.statistics ?? [] { encode(entry, into: &out) }
    return magic + sha256(out.bytes) + out.bytes
  }

  package static func decode(_ bytes: [UInt8]) throws(StagingError) -> GrownEpisode {
    guard bytes.count >= magic.count + 32, Array(bytes.prefix(magic.count)) == magic else {
      throw StagingError("it is not a staged episode")
    }
    let body = Array(bytes[(magic.count + 32)...])
    guard sha256(body) == Array(bytes[magic.count..<(magic.count + 32)]) else {
      throw StagingError("its checksum does not match its content")
    }
    var input = ByteReader(body)
    let index = try input.integer(), length = try input.integer(), task = try input.text()
    var columns: [Column] = []
    for _ in 0..<(try input.count(leastBytesEach: 16)) {
      switch try input.integer() {
      case 0: columns.append(.float32(try input.array(of: Float(0))))
      case 1: columns.append(.int64(try input.array(of: Int64(0))))
      case 2: columns.append(.bool(try input.array(of: UInt8(0)).map { $0 != 0 }))
      case 3: columns.append(.float64(try input.array(of: 0.0)))
      case 4:
        var texts: [String] = []
        for _ in 0..<(try input.count(leastBytesEach: 8)) { texts.append(try input.text()) }
        columns.append(.text(texts))
      default: throw StagingError("a column's type is unknown")
      }
    }
    var clips: [EncodedClip] = []
    for _ in 0..<(try input.count(leastBytesEach: 56)) { clips.append(try decodeClip(&input)) }
    var statistics: [ImageStatistics] = []
    for _ in 0..<(try input.count(leastBytesEach: 80)) {
      var lists: [[Double]] = []
      for _ in 0..<9 { lists.append(try input.array(of: 0.0)) }
      statistics.append(
        ImageStatistics(
          min: lists[0], max: lists[1], mean: lists[2], std: lists[3], q01: lists[4], q10: lists[5], q50: lists[6],
          q90: lists[7], q99: lists[8], count: try input.integer()))
    }
    let provenance = try decodeProvenance(&input)
    let seconds = try input.array(of: 0.0)
    guard seconds.count == 6 else { throw StagingError("the stage times are incomplete") }
    var stages = StageSeconds()
    (stages.physics, stages.expert, stages.pictures) = (seconds[0], seconds[1], seconds[2])
    (stages.encoding, stages.writing, stages.other) = (seconds[3], seconds[4], seconds[5])
    let known = try input.count(leastBytesEach: 8)
    let entries = try (0..<max(0, known - 1)).map { _ throws(StagingError) in try decodeStatistics(&input) }
    guard input.isAtEnd else { throw StagingError("it has more bytes than it should") }
    var grown = GrownEpisode(
      episode: Episode(
        index: index, length: length, task: task, columns: columns, clips: clips, imageStatistics: statistics,
        provenance: provenance),
      seconds: stages)
    grown.statistics = known > 0 ? entries : nil
    return grown
  }

  private static func encode(_ s: FeatureStatistics, into out: inout ByteWriter) {
    out.integer(s.count)
    for list in [s.minimum, s.maximum, s.mean, s.deviation] + s.quantiles { out.array(list) }
  }

  private static func decodeStatistics(_ input: inout ByteReader) throws(StagingError) -> FeatureStatistics {
    var s = FeatureStatistics()
    s.count = try input.integer()
    s.minimum = try input.array(of: 0.0)
    s.maximum = try input.array(of: 0.0)
    s.mean = try input.array(of: 0.0)
    s.deviation = try input.array(of: 0.0)
    for i in s.quantiles.indices { s.quantiles[i] = try input.array(of: 0.0) }
    return s
  }

  private static func encode(_ clip: EncodedClip, into out: inout ByteWriter) {
    out.text(clip.codec)
    out.text(clip.pixelFormat)
    out.integer(clip.width)
    out.integer(clip.height)
    out.integer(clip.framesPerSecond)
    out.blob(clip.configuration)
    out.integer(clip.packets.count)
    for packet in clip.packets {
      out.integer(packet.isKeyframe ? 1 : 0)
      out.blob(packet.bytes)
    }
  }

  private static func decodeClip(_ input: inout ByteReader) throws(StagingError) -> EncodedClip {
    var clip = EncodedClip(
      codec: try input.text(), pixelFormat: try input.text(), width: try input.integer(), height: try input.integer(),
      framesPerSecond: try input.integer(), configuration: try input.blob(), packets: [])
    for _ in 0..<(try input.count(leastBytesEach: 16)) {
      let isKeyframe = try input.integer() == 1
      clip.packets.append(VideoPacket(bytes: try input.blob(), isKeyframe: isKeyframe))
    }
    return clip
  }

  private static func encode(_ p: Provenance, into out: inout ByteWriter) {
    out.text(p.origin)
    out.integer(Int(bitPattern: UInt(p.seed)))
    out.integer(p.episode)
    out.text(p.sceneSHA256)
    out.text(p.generator)
    out.text(p.stateHash)
    out.integer(p.success ? 1 : 0)
    out.text(p.failureCause)
    out.integer(p.failureFrame)
    out.text(p.gatesFailed)
    out.integer(p.lcpMessages)
    out.integer(p.draws.count)
    for draw in p.draws {
      out.text(draw.path)
      out.double(draw.value)
    }
    out.blob(p.instanceJSON)
  }

  private static func decodeProvenance(_ input: inout ByteReader) throws(StagingError) -> Provenance {
    var p = Provenance(
      origin: try input.text(), seed: UInt64(UInt(bitPattern: try input.integer())), episode: try input.integer(),
      sceneSHA256: try input.text(), generator: try input.text(), stateHash: try input.text(),
      success: try input.integer() == 1, failureCause: try input.text(), failureFrame: try input.integer(),
      gatesFailed: try input.text(), lcpMessages: try input.integer(), draws: [], instanceJSON: [])
    for _ in 0..<(try input.count(leastBytesEach: 16)) {
      p.draws.append(DrawRecord(path: try input.text(), value: try input.double()))
    }
    p.instanceJSON = try input.blob()
    return p
  }
}
