import Digest
public import SeedbedEpisodes

/// Writes what a dataset needs to regrow itself: `meta/seedbed/` with the scene, the robot and all assets by content
/// hash, the run's record, and each episode's instance.
///
/// Finish it before `LeRobotWriter.finish`, which makes the folder a dataset.
public struct SidecarWriter: ~Copyable {
  static let assetsPath = "meta/seedbed/assets.json"
  static let runPath = "meta/seedbed/run.json"
  /// Lines of a file of instances.
  static let instancesPerFile = 1000

  private let folder: DatasetFolder
  private var assets: [SidecarAsset] = []
  private var run: [UInt8]?
  private var instances: LineLog?
  private var episodes = 0

  /// - Parameter directory: The dataset's; exists.
  public init(directory: String) throws(DatasetError) { folder = try DatasetFolder(existing: directory) }

  /// Stores a file under its content's hash. The same content is stored once, under however many paths.
  ///
  /// - Parameter path: The logical path, by which `SidecarReader.asset` finds it.
  public mutating func addAsset(path: String, bytes: [UInt8]) throws(DatasetError) {
    let sha256 = sha256Hex(bytes)
    if let known = assets.first(where: { $0.path == path }) {
      guard known.sha256 == sha256 else {
        throw DatasetError(.invalid, path: folder(SidecarWriter.assetsPath), "'\(path)' has two contents")
      }
      return
    }
    if !bytes.isEmpty && !assets.contains(where: { $0.sha256 == sha256 }) {
      try folder.write(bytes, to: SidecarAsset.folder + sha256)
    }
    assets.append(SidecarAsset(path: path, sha256: sha256, bytes: bytes.count))
  }

  /// Stores a file whose hash the caller knows; throws where it is another.
  public mutating func addAsset(path: String, bytes: [UInt8], sha256: String) throws(DatasetError) {
    guard sha256Hex(bytes) == sha256 else {
      throw DatasetError(.invalid, path: folder(SidecarWriter.assetsPath), "'\(path)' has not the hash \(sha256)")
    }
    try addAsset(path: path, bytes: bytes)
  }

  /// The record of the run, stored as it is.
  public mutating func setRun(_ json: [UInt8]) throws(DatasetError) { run = json }

  /// Writes `assets.json` and `run.json`, as far as they were given.
  public mutating func writeStore() throws(DatasetError) {
    if !assets.isEmpty {
      let sorted = assets.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
      try folder.write(JSONValue.array(sorted.map(\.json)).indented(), to: SidecarWriter.assetsPath)
    }
    if let run { try folder.write(run, to: SidecarWriter.runPath) }
  }

  /// Stores the next episode's instance.
  public mutating func append(_ episode: Episode) throws(DatasetError) {
    let json = episode.provenance.instanceJSON
    guard episode.index == episodes, !json.isEmpty, !json.contains(10) else {
      throw DatasetError(
        .invalid, path: folder.path, episode: episode.index,
        "its instance is empty or has several lines, or another episode (\(episodes)) is next")
    }
    if episodes == 0 { try folder.clearInstances() }
    if episodes % SidecarWriter.instancesPerFile == 0 {
      try instances?.finish()
      instances = LineLog(path: try folder.place(SidecarWriter.instanceFile(of: episodes)))
    }
    try instances?.append(json)
    episodes += 1
  }

  /// Completes the files.
  public mutating func finish() throws(DatasetError) {
    try writeStore()
    try instances?.finish()
  }

  /// `meta/seedbed/instances/chunk-000/file-000.jsonl` for the episodes 0...999, and so on.
  static func instanceFile(of episode: Int) -> String {
    let file = episode / instancesPerFile
    return "meta/seedbed/instances/" + FileNumber(chunk: file / 1000, file: file % 1000).path + ".jsonl"
  }
}

/// A stored file.
public struct SidecarAsset: Sendable, Equatable {
  /// Logical path.
  public var path: String
  /// 64 hexadecimal digits; the file's name in `meta/seedbed/assets/` (an empty file is not stored).
  public var sha256: String
  /// Size.
  public var bytes: Int

  static let folder = "meta/seedbed/assets/"

  var json: JSONValue {
    .object([.init("path", .string(path)), .init("sha256", .string(sha256)), .init("bytes", .integer(bytes))])
  }

  init(path: String, sha256: String, bytes: Int) {
    self.path = path
    self.sha256 = sha256
    self.bytes = bytes
  }

  init(json: JSONValue) throws(SchemaFailure) {
    path = try json.required("path", \.string)
    sha256 = try json.required("sha256", \.string)
    bytes = try json.required("bytes", \.integer)
    guard sha256.utf8.count == 64, sha256.utf8.allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x66).contains($0) })
    else { throw SchemaFailure(reason: "'\(sha256)' is no SHA-256") }
  }
}
