import Digest

/// Reads what `SidecarWriter` stored in a dataset.
public struct SidecarReader: Sendable {
  /// Sorted by logical path.
  public let assets: [SidecarAsset]
  private let folder: DatasetFolder

  public init(directory: String) throws(DatasetError) {
    folder = try DatasetFolder(existing: directory)
    guard folder.exists(SidecarWriter.assetsPath) else {
      throw DatasetError(.damaged, path: directory, "there is no \(SidecarWriter.assetsPath): it cannot regrow itself")
    }
    assets = try folder.decode(SidecarWriter.assetsPath) { json throws(SchemaFailure) in
      try SidecarAsset.list(json)
    }
  }

  /// The record of the run, as it was given.
  public func run() throws(DatasetError) -> [UInt8] { try folder.read(SidecarWriter.runPath) }

  /// A stored file by its logical path; throws where its content has not its hash any more.
  public func asset(_ path: String) throws(DatasetError) -> [UInt8] {
    guard let asset = assets.first(where: { $0.path == path }) else {
      throw DatasetError(.damaged, path: folder(SidecarWriter.assetsPath), "'\(path)' is not among the stored files")
    }
    let stored = SidecarAsset.folder + asset.sha256
    let bytes = asset.bytes == 0 ? [] : try folder.read(stored)
    guard bytes.count == asset.bytes, sha256Hex(bytes) == asset.sha256 else {
      throw DatasetError(.damaged, path: folder(stored), "its content ('\(path)') was changed: the hash is wrong")
    }
    return bytes
  }

  /// The instance of episode k, byte for byte.
  public func instance(_ k: Int) throws(DatasetError) -> [UInt8] {
    guard k >= 0 else { throw DatasetError(.invalid, path: folder.path, episode: k, "there is no such episode") }
    let path = InstanceLog.file(of: k)
    let bytes = try folder.read(path)
    let lines = bytes.split(separator: 10, omittingEmptySubsequences: true)
    let line = k % InstanceLog.perFile
    guard bytes.last == 10, line < lines.count else {
      throw DatasetError(.damaged, path: folder(path), episode: k, "its instance is missing")
    }
    return Array(lines[line])
  }
}
