import Digest
import Glibc

/// Hashes of a finished dataset that is extended, as `.seedbed/hashes`: its whole files get second names in what
/// follows, and need not be read again. What changed in them since is not taken for right that way either.
struct KnownHashes {
  /// What tells a file from any that took its name.
  private struct Identity: Equatable {
    var inode: UInt
    var size: Int
    var seconds: Int
    var nanoseconds: Int

    init(_ status: stat) {
      inode = status.st_ino
      size = Int(status.st_size)
      seconds = status.st_mtim.tv_sec
      nanoseconds = status.st_mtim.tv_nsec
    }
  }

  private var entries: [String: (identity: Identity, sha256: String)] = [:]

  /// None.
  init() {}

  /// Of a dataset's files as they stand, and of its manifest; nil where it has none that is whole.
  init?(manifestOf directory: String) {
    guard let bytes = try? readFile(directory + "/" + FileManifest.path), let manifest = FileManifest(bytes) else {
      return nil
    }
    for (path, sha256) in manifest.files {
      var status = stat()
      if stat(directory + "/" + path, &status) == 0 { entries[path] = (Identity(status), sha256) }
    }
  }

  /// Out of a file; empty where there is none.
  init(file: String) {
    for line in ((try? readFile(file)) ?? []).split(separator: 10) {
      let words = String(decoding: line, as: UTF8.self).split(separator: " ", maxSplits: 5)
      guard words.count == 6, let inode = UInt(words[1]), let size = Int(words[2]), let seconds = Int(words[3]),
        let nanoseconds = Int(words[4])
      else { continue }
      var status = stat()
      (status.st_ino, status.st_size) = (inode, off_t(size))
      (status.st_mtim.tv_sec, status.st_mtim.tv_nsec) = (seconds, nanoseconds)
      entries[String(words[5])] = (Identity(status), String(words[0]))
    }
  }

  func write(_ file: String) throws(GenerationError) {
    let lines = entries.sorted { $0.key < $1.key }.map { path, entry in
      let identity = entry.identity
      return "\(entry.sha256) \(identity.inode) \(identity.size) \(identity.seconds) \(identity.nanoseconds) \(path)\n"
    }
    try writeFile(file, Array(lines.joined().utf8), synced: true)
  }

  /// nil where it is another file.
  func sha256(_ path: String, _ status: stat) -> String? {
    entries[path].flatMap { $0.identity == Identity(status) ? $0.sha256 : nil }
  }

  /// Throws (exit 65) where a file of episodes, which is copied into what follows, is not as it was written.
  ///
  /// - Parameters:
  ///   - directory: The extended dataset.
  ///   - next: What follows; shares the files that are not copied.
  func requireWhole(_ directory: String, sharedWith next: String) throws(GenerationError) {
    let copied = ["data/", "videos/", "meta/episodes/", "meta/seedbed/"]
    for (path, entry) in entries.sorted(by: { $0.key < $1.key }) where copied.contains(where: path.hasPrefix) {
      var status = stat()
      guard stat(next + "/" + path, &status) == 0, Identity(status) != entry.identity else { continue }
      if hex(try fileHash(directory + "/" + path)) == entry.sha256 { continue }
      throw GenerationError(
        "\(path) of the dataset is damaged, so it cannot be extended. Put it right with `seedbed repair`, then go on with "
          + "--resume.", kind: .input)
    }
  }
}
