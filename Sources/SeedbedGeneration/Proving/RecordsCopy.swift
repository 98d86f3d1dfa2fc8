import SeedbedDatasets

/// `meta/seedbed/records.tar.zst`: the second copies of what cannot be grown anew and does not stand in the store: the
/// hashes of all files but this one, and the episodes that were left out.
struct RecordsCopy {
  static let path = "meta/seedbed/records.tar.zst"
  private static let names = (manifest: "files.json", skipped: "skipped.jsonl")

  /// Without the copy itself; nil where it is damaged.
  var manifest: FileManifest?
  /// nil where there is none, or it is damaged.
  var skipped: [UInt8]?

  init(manifest: FileManifest?, skipped: [UInt8]?) {
    self.manifest = manifest
    self.skipped = skipped
  }

  /// What is left of a copy.
  init(salvaging bytes: [UInt8]) {
    for member in TarArchive.salvage(bytes) {
      if member.path == RecordsCopy.names.manifest { manifest = FileManifest(member.bytes) }
      if member.path == RecordsCopy.names.skipped { skipped = member.bytes }
    }
  }

  func encoded() throws(GenerationError) -> [UInt8] {
    var members: [TarArchive.Member] = []
    if let manifest { members.append(.init(path: RecordsCopy.names.manifest, bytes: manifest.encoded)) }
    if let skipped { members.append(.init(path: RecordsCopy.names.skipped, bytes: skipped)) }
    guard let bytes = TarArchive.encode(members) else {
      throw GenerationError("\(RecordsCopy.path) cannot be compressed")
    }
    return bytes
  }
}
