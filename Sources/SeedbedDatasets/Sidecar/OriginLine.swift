import Digest
import SeedbedEpisodes

/// An episode's line of `meta/seedbed/episodes.jsonl`: one JSON object whose last member, `check`, is the beginning of the
/// SHA-256 of the object without it.
struct OriginLine {
  private typealias Origin = EpisodeRow.Origin
  private static let checkDigits = 16

  /// Without the instance.
  var provenance: Provenance
  var hashes: EpisodeHashes
  /// One a camera, in the order of `hashes.videos`.
  var pictures: [ImageStatistics]

  var bytes: [UInt8] {
    var members: [JSONValue.Member] = [
      .init("fingerprint", .string(hashes.fingerprint)),
      .init("videos", .object(hashes.videos.map { .init($0.key, .string($0.sha256)) })),
      .init("pictures", .object(zip(hashes.videos, pictures).map { .init($0.key, $1.json) })),
      .init(Origin.origin, .string(provenance.origin)),
      .init(Origin.seed, .integer(Int64(bitPattern: provenance.seed))),
      .init(Origin.episode, .integer(provenance.episode)),
      .init(Origin.scene, .string(provenance.sceneSHA256)),
      .init(Origin.generator, .string(provenance.generator)),
      .init(Origin.stateHash, .string(provenance.stateHash)),
      .init(Origin.success, .bool(provenance.success)),
      .init(Origin.cause, .string(provenance.failureCause)),
      .init(Origin.frame, .integer(provenance.failureFrame)),
      .init(Origin.gates, .string(provenance.gatesFailed)),
      .init(Origin.lcpMessages, .integer(provenance.lcpMessages)),
    ]
    members += provenance.draws.map { .init(Origin.drawPrefix + $0.path, .number($0.value)) }
    var line = JSONValue.object(members).compact()
    let check = OriginLine.check(of: line)
    line.removeLast()
    return line + check
  }

  init(provenance: Provenance, hashes: EpisodeHashes, pictures: [ImageStatistics]) {
    self.provenance = provenance
    self.hashes = hashes
    self.pictures = pictures
  }

  /// nil where the line is not, byte for byte, one that was written.
  init?(_ line: [UInt8]) {
    let length = OriginLine.check(of: []).count
    guard line.count > length else { return nil }
    let object = line.dropLast(length) + [UInt8(ascii: "}")]
    guard line.suffix(length).elementsEqual(OriginLine.check(of: Array(object))),
      let json = try? JSONParser.parse(Array(object)), let line = try? OriginLine(json: json)
    else { return nil }
    self = line
  }

  private static func check(of object: [UInt8]) -> [UInt8] {
    Array(", \"check\": \"\(sha256Hex(object).prefix(checkDigits))\"}".utf8)
  }

  private init(json: JSONValue) throws(SchemaFailure) {
    hashes = EpisodeHashes(
      fingerprint: try json.required("fingerprint", \.string),
      videos: try json.required("videos", \.members).map { (key: $0.name, sha256: $0.value.string ?? "") })
    pictures = []
    for member in try json.required("pictures", \.members) { pictures.append(try ImageStatistics(json: member.value)) }
    provenance = Provenance(
      origin: try json.required(Origin.origin, \.string),
      seed: UInt64(bitPattern: Int64(try json.required(Origin.seed, \.integer))),
      episode: try json.required(Origin.episode, \.integer), sceneSHA256: try json.required(Origin.scene, \.string),
      generator: try json.required(Origin.generator, \.string),
      stateHash: try json.required(Origin.stateHash, \.string), success: try json.required(Origin.success, \.bool),
      failureCause: try json.required(Origin.cause, \.string), failureFrame: try json.required(Origin.frame, \.integer),
      gatesFailed: try json.required(Origin.gates, \.string),
      lcpMessages: json[Origin.lcpMessages]?.integer.map { Int($0) } ?? -1, draws: [], instanceJSON: [])
    for member in json.members ?? [] where member.name.hasPrefix(Origin.drawPrefix) {
      guard let value = member.value.number else { throw SchemaFailure(reason: "'\(member.name)' is no number") }
      provenance.draws.append(.init(path: String(member.name.dropFirst(Origin.drawPrefix.count)), value: value))
    }
  }
}

extension ImageStatistics {
  private static let names = ["min", "max", "mean", "std", "q01", "q10", "q50", "q90", "q99"]

  fileprivate var json: JSONValue {
    let lists = [min, max, mean, std, q01, q10, q50, q90, q99]
    return .object(zip(Self.names, lists).map { .init($0, .numbers($1)) } + [.init("count", .integer(count))])
  }

  fileprivate init(json: JSONValue) throws(SchemaFailure) {
    var lists: [[Double]] = []
    for name in Self.names { lists.append(try json.required(name, \.array).compactMap(\.number)) }
    self.init(
      min: lists[0], max: lists[1], mean: lists[2], std: lists[3], q01: lists[4], q10: lists[5], q50: lists[6],
      q90: lists[7], q99: lists[8], count: try json.required("count", \.integer))
  }
}

/// The lines of a dataset's `meta/seedbed/episodes.jsonl`, whatever became of the file.
struct OriginLines: Sendable {
  private let folder: DatasetFolder
  /// Where each line stands; nil for one that is not whole.
  private var places: [Range<Int>?] = []
  /// The places of whole lines by their episodes' numbers in the run.
  private var byNumber: [Int: Range<Int>] = [:]

  init(_ folder: DatasetFolder) {
    self.folder = folder
    guard var reader = try? LineReader(path: folder(OriginLog.path)) else { return }
    var start = 0
    // A last line that does not end, or a line without an end in sight, ends the reading.
    while let line = (try? reader.next()) ?? nil {
      let place = start..<start + line.count
      start = reader.offset
      guard let whole = OriginLine(line) else {
        places.append(nil)
        continue
      }
      places.append(place)
      byNumber[whole.provenance.episode] = place
    }
  }

  /// Whole and damaged ones.
  var count: Int { places.count }

  /// A line by its place in the file.
  subscript(place place: Int) -> OriginLine? { places.indices.contains(place) ? line(places[place]) : nil }

  /// The line of an episode of the run.
  subscript(number number: Int) -> OriginLine? { line(byNumber[number]) }

  private func line(_ place: Range<Int>?) -> OriginLine? {
    guard let place, let bytes = try? folder.read(OriginLog.path, place) else { return nil }
    return OriginLine(bytes)
  }
}
