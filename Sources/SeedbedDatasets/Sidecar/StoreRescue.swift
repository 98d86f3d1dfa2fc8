import Digest

/// A dataset's store, put together from what is left of its two copies.
///
/// An asset is whole where its content has the hash that is its name. Of `run.json` and `assets.json` a copy counts that
/// the caller knows to be the one that was written, or that stands whole in the archive.
public struct StoreRescue: Sendable {
  /// `run.json`.
  public let run: [UInt8]
  private let assets: [(asset: SidecarAsset, bytes: [UInt8])]

  /// - Parameter isWritten: Whether a file of the dataset had these bytes when it was finished.
  /// - Throws: Where both copies of anything are damaged or missing.
  public init(directory: String, isWritten: (String, [UInt8]) -> Bool) throws(DatasetError) {
    let folder = try DatasetFolder(existing: directory)
    let archive = (try? folder.read(SidecarWriter.copyPath)) ?? []
    let copies = Dictionary(TarArchive.salvage(archive).map { ($0.path, $0.bytes) }) { first, _ in first }
    func lost(_ path: String, _ what: String = "it") -> DatasetError {
      DatasetError(
        .damaged, path: folder(path),
        "\(what) and its second copy in \(SidecarWriter.copyPath) are both damaged or missing, and nothing can be regrown "
          + "without it. Take the dataset from a backup.")
    }
    func document(_ path: String) throws(DatasetError) -> [UInt8] {
      if let bytes = try? folder.read(path), isWritten(path, bytes) { return bytes }
      guard let bytes = copies[path] else { throw lost(path) }
      return bytes
    }
    run = try document(SidecarWriter.runPath)
    let list: [SidecarAsset]
    do {
      list = try SidecarAsset.list(try JSONParser.parse(try document(SidecarWriter.assetsPath)))
    } catch let error as DatasetError {
      throw error
    } catch {
      throw lost(SidecarWriter.assetsPath)
    }
    var assets: [(asset: SidecarAsset, bytes: [UInt8])] = []
    for asset in list {
      let path = SidecarAsset.folder + asset.sha256
      func isWhole(_ bytes: [UInt8]) -> Bool { bytes.count == asset.bytes && sha256Hex(bytes) == asset.sha256 }
      let found = [try? folder.read(path), copies[path]].compactMap { $0 }.first(where: isWhole)
      guard let bytes = asset.bytes == 0 ? [] : found else { throw lost(path, "'\(asset.path)'") }
      assets.append((asset, bytes))
    }
    self.assets = assets
  }

  /// Writes both copies anew.
  public func write(to directory: String) throws(DatasetError) {
    var writer = try SidecarWriter(directory: directory)
    for (asset, bytes) in assets { try writer.addAsset(path: asset.path, bytes: bytes) }
    try writer.setRun(run)
    try writer.writeStore()
  }
}

extension SidecarAsset {
  /// What `assets.json` says.
  static func list(_ json: JSONValue) throws(SchemaFailure) -> [SidecarAsset] {
    guard let entries = json.array else { throw SchemaFailure(reason: "it is no list") }
    var assets: [SidecarAsset] = []
    for entry in entries { assets.append(try SidecarAsset(json: entry)) }
    return assets
  }
}
