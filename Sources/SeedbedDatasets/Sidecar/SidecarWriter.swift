import Digest

/// Writes what all episodes of a dataset are grown from: `meta/seedbed/` with the scene, the robot and all assets by
/// content hash, and the run's record. `DatasetPacker` takes it over from folder to folder.
public struct SidecarWriter: ~Copyable {
  static let assetsPath = "meta/seedbed/assets.json"
  static let runPath = "meta/seedbed/run.json"
  /// The second copy of all that.
  static let copyPath = "meta/seedbed/store.tar.zst"

  private let folder: DatasetFolder
  private var assets: [SidecarAsset] = []
  private var run: [UInt8]?

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

  /// Writes `assets.json` and `run.json`, as far as they were given, and the second copy of the whole store, from which
  /// `StoreRescue` restores it.
  public mutating func writeStore() throws(DatasetError) {
    var copies: [TarArchive.Member] = []
    if let run {
      try folder.write(run, to: SidecarWriter.runPath)
      copies.append(.init(path: SidecarWriter.runPath, bytes: run))
    }
    if !assets.isEmpty {
      let sorted = assets.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
      let list = JSONValue.array(sorted.map(\.json)).indented()
      try folder.write(list, to: SidecarWriter.assetsPath)
      copies.append(.init(path: SidecarWriter.assetsPath, bytes: list))
    }
    for sha256 in Set(assets.filter { $0.bytes > 0 }.map(\.sha256)).sorted() {
      let path = SidecarAsset.folder + sha256
      copies.append(.init(path: path, bytes: try folder.read(path)))
    }
    guard let archive = TarArchive.encode(copies) else {
      throw DatasetError(.invalid, path: folder(SidecarWriter.copyPath), "the store cannot be compressed")
    }
    try folder.write(archive, to: SidecarWriter.copyPath)
  }
}

extension SidecarWriter {
  /// Whether a file of a dataset is one of those that this type writes.
  public static func writes(_ path: String) -> Bool {
    [runPath, assetsPath, copyPath].contains(path) || path.hasPrefix(SidecarAsset.folder)
  }

  /// Takes the store of another folder over.
  package static func link(from source: DatasetFolder, into target: DatasetFolder) throws(DatasetError) {
    if source.exists(assetsPath) {
      let assets = try SidecarReader(directory: source.path).assets.filter { $0.bytes > 0 }
      for sha256 in Set(assets.map(\.sha256)).sorted() { try target.link(SidecarAsset.folder + sha256, from: source) }
      try target.link(assetsPath, from: source)
    }
    for path in [runPath, copyPath] where source.exists(path) { try target.link(path, from: source) }
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
