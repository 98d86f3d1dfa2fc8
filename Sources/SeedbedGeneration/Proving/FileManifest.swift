import Digest
import SeedbedDatasets

/// The hashes of all files of a dataset, as `meta/seedbed/files.json`, which also proves itself: its last entry is the
/// hash of all lines before.
struct FileManifest: Equatable {
  static let path = "meta/seedbed/files.json"
  static let skippedPath = "meta/seedbed/skipped.jsonl"

  /// Of the dataset.
  var episodes: Int
  /// SHA-256 by path, of all files but `files.json` itself.
  var files: [String: String]

  /// Writes the manifest, and before it the second copies of what cannot be grown anew (see `RecordsCopy`). Everything
  /// else has its final bytes.
  ///
  /// - Parameter known: Hashes of files that need not be read.
  static func write(directory: String, known: KnownHashes = KnownHashes()) throws(GenerationError) {
    let episodes: Int
    do { episodes = try LeRobotReader(directory: directory).episodeCount } catch {
      throw GenerationError("\(error)", kind: .input)
    }
    var manifest = FileManifest(episodes: episodes, files: [:])
    for (file, state) in try FileScan(directory: directory, known: known).files
    where file != path && file != RecordsCopy.path {
      switch state {
      case .hashed(let sha256): manifest.files[file] = sha256
      case .unreadable(let reason): throw GenerationError("\(directory)/\(file) \(reason)", kind: .input)
      }
    }
    let skipped = manifest.files[skippedPath] == nil ? nil : try readFile(directory + "/" + skippedPath)
    let copy = try RecordsCopy(manifest: manifest, skipped: skipped).encoded()
    try writeFile(directory + "/" + RecordsCopy.path, copy, synced: true)
    manifest.files[RecordsCopy.path] = sha256Hex(copy)
    try writeFile(directory + "/" + path, manifest.encoded, synced: true)
  }

  init(episodes: Int, files: [String: String]) {
    self.episodes = episodes
    self.files = files
  }

  /// nil where these are not, byte for byte, a manifest that was written.
  init?(_ bytes: [UInt8]) {
    let lines = FileManifest.entries(of: bytes)
    guard let episodes = lines.first(where: { $0.name == "episodes" }).flatMap({ Int($0.value) }) else { return nil }
    self.init(episodes: episodes, files: [:])
    for (name, value) in lines where FileManifest.isHash(value) && name != "sha256" { files[name] = value }
    guard encoded == bytes else { return nil }
  }

  /// The manifest that differs from these bytes in a single bit; nil where there is none.
  init?(correcting bytes: [UInt8]) {
    let length = FileManifest.lastLine(of: []).count
    guard (length...FileManifest.mostCorrected).contains(bytes.count) else { return nil }
    let body = Array(bytes.dropLast(length)), last = Array(bytes.suffix(length))
    let rightLast = FileManifest.lastLine(of: body)
    if zip(last, rightLast).count(where: { $0 != $1 }) == 1, let whole = FileManifest(body + rightLast) {
      self = whole
      return
    }
    var candidate = body
    for place in body.indices {
      for bit in 0..<8 {
        candidate[place] ^= 1 << UInt8(bit)
        if FileManifest.lastLine(of: candidate) == last, let whole = FileManifest(candidate + last) {
          self = whole
          return
        }
        candidate[place] ^= 1 << UInt8(bit)
      }
    }
    return nil
  }

  /// Trying all bits of so many bytes takes a few seconds.
  private static let mostCorrected = 1 << 16

  private static func lastLine(of body: [UInt8]) -> [UInt8] {
    Array("  \"sha256\": \"\(sha256Hex(body))\"\n}\n".utf8)
  }

  var encoded: [UInt8] {
    let lines = files.sorted { $0.key < $1.key }.map { "    \"\($0.key)\": \"\($0.value)\"" }
    let body =
      "{\n  \"episodes\": \(episodes),\n  \"files\": {\n" + lines.joined(separator: ",\n") + "\n  },\n"
    return Array(body.utf8) + FileManifest.lastLine(of: Array(body.utf8))
  }

  /// Path and hash of every line that still looks like one, of a manifest that may be damaged. A file that has such a
  /// hash is whole: no damage makes the right one.
  static func readableHashes(of bytes: [UInt8]) -> [(path: String, sha256: String)] {
    entries(of: bytes).filter { isHash($0.value) }.map { (path: $0.name, sha256: $0.value) }
  }

  private static func isHash(_ text: String) -> Bool {
    text.utf8.count == 64 && text.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
  }

  /// The members that have a line of their own.
  private static func entries(of bytes: [UInt8]) -> [(name: String, value: String)] {
    bytes.split(separator: 10).compactMap { line in
      let parts = line.split(separator: UInt8(ascii: "\""), omittingEmptySubsequences: false)
      guard parts.count == 3 || parts.count == 5 else { return nil }
      let value = parts.count == 5 ? Array(parts[3]) : parts[2].filter { (0x30...0x39).contains($0) }
      return (String(decoding: parts[1], as: UTF8.self), String(decoding: value, as: UTF8.self))
    }
  }
}
