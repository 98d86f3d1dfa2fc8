import Digest
import FoundationEssentials
import Glibc
import SeedbedDatasets

/// What the hashes that were written say about the files of a dataset.
struct Evidence {
  /// A file that is not as it was written.
  struct Problem: Equatable {
    enum Kind: Equatable {
      /// It has other bytes.
      case changed
      case missing
      case unreadable(String)
      /// It is not of the dataset.
      case added
      /// Its hash is not known any more.
      case unproved
    }

    var path: String
    var kind: Kind
  }

  let directory: String
  /// Sorted by path.
  let problems: [Problem]
  /// Paths of the files whose bytes are those that were written.
  let whole: Set<String>
  /// How many files there are.
  let count: Int
  /// The hashes that were written; nil where both lists of them are damaged. That of the second copy does not name the
  /// copy itself.
  let manifest: FileManifest?
  private let hashes: Set<String>
  private let skippedCopy: [UInt8]?

  /// Throws (exit 65) where the folder holds no dataset that Seedbed finished.
  init(directory: String) throws(GenerationError) {
    try Evidence.requireOwn(directory)
    self.directory = directory
    let files = try FileScan(directory: directory).files
    let list = Evidence.bytes(directory + "/" + FileManifest.path)
    let copy = RecordsCopy(salvaging: Evidence.bytes(directory + "/" + RecordsCopy.path))
    // One of another dataset may have taken its place: the list that agrees with more files counts.
    let lists = [FileManifest(list), copy.manifest].compactMap { $0 }
    let manifest =
      lists.max { Evidence.agreement($0, files) < Evidence.agreement($1, files) } ?? FileManifest(correcting: list)
    let whole = manifest?.encoded == list ? manifest : nil
    self.manifest = manifest
    skippedCopy = copy.skipped
    count = files.count

    var problems: [Problem] = []
    var proved: Set<String> = []
    var lines = FileManifest.readableHashes(of: list).map { $0.path + " " + $0.sha256 }
    if let manifest { lines = manifest.files.map { $0.key + " " + $0.value } }
    let known = Set(lines)
    hashes = known
    func judge(_ path: String, _ state: FileScan.State) -> Problem.Kind? {
      if path == FileManifest.path { return whole == nil ? .changed : nil }
      switch state {
      case .unreadable(let reason):
        let isForeign = manifest.map { $0.files[path] == nil && path != RecordsCopy.path } ?? false
        return isForeign ? .added : .unreadable(reason)
      case .hashed(let sha256):
        if known.contains(path + " " + sha256) { return nil }
        if path == RecordsCopy.path, whole == nil {
          let isWhole = manifest != nil && (try? copy.encoded()) == Evidence.bytes(directory + "/" + path)
          return isWhole ? nil : .changed
        }
        guard let manifest else { return .unproved }
        return manifest.files[path] == nil ? .added : .changed
      }
    }
    for (path, state) in files {
      if let kind = judge(path, state) { problems.append(.init(path: path, kind: kind)) } else { proved.insert(path) }
    }
    let expected = Set(manifest?.files.keys.map { $0 } ?? []).union([FileManifest.path, RecordsCopy.path])
    for path in expected where files[path] == nil { problems.append(.init(path: path, kind: .missing)) }
    self.problems = problems.sorted { $0.path < $1.path }
    self.whole = proved
  }

  /// How many files have the hashes of a list.
  private static func agreement(_ manifest: FileManifest, _ files: [String: FileScan.State]) -> Int {
    files.count { path, state in manifest.files[path].map { .hashed($0) == state } ?? false }
  }

  /// Whether a file of the dataset had these bytes when it was finished.
  func isWritten(_ path: String, _ bytes: [UInt8]) -> Bool { hashes.contains(path + " " + sha256Hex(bytes)) }

  /// The records of the episodes that were left out, as they were written; nil where none was.
  func skippedRecords() throws(GenerationError) -> [UInt8]? {
    if whole.contains(FileManifest.skippedPath) { return try readFile(directory + "/" + FileManifest.skippedPath) }
    if let manifest, manifest.files[FileManifest.skippedPath] == nil { return nil }
    if let skippedCopy, manifest == nil || isWritten(FileManifest.skippedPath, skippedCopy) { return skippedCopy }
    throw GenerationError(
      "\(directory)/\(FileManifest.skippedPath) and its second copy in \(RecordsCopy.path) are both damaged, so nobody "
        + "knows which episodes were left out. Take the dataset from a backup.", kind: .input)
  }

  /// Numbers in the run of the episodes that were left out.
  static func numbers(of records: [UInt8]) -> [Int] {
    struct Line: Decodable {
      var episode: Int
      enum CodingKeys: String, CodingKey { case episode = "sim.episode" }
    }
    return records.split(separator: 10).map { line in
      (try? JSONDecoder().decode(Line.self, from: Data(line)))?.episode ?? -1
    }
  }

  /// Empty where there is none, or where it is far larger than any that is written.
  static func bytes(_ path: String) -> [UInt8] {
    var status = stat()
    guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_size <= 1 << 28 else { return [] }
    return (try? readFile(path)) ?? []
  }

  /// Whether the folder holds a run that has not ended: its files get their hashes when it does.
  static func isUnfinished(_ directory: String) -> Bool {
    !hasList(directory) && isThere(RunFolder(directory).work)
  }

  private static func hasList(_ directory: String) -> Bool {
    isThere(directory + "/" + FileManifest.path) || isThere(directory + "/" + RecordsCopy.path)
  }

  /// Throws (exit 65) where a path is no folder.
  static func requireFolder(_ directory: String) throws(GenerationError) {
    var status = stat()
    guard stat(directory, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else {
      throw GenerationError("\(directory) is no folder. Name the folder of a dataset.", kind: .input)
    }
  }

  private static func requireOwn(_ directory: String) throws(GenerationError) {
    try requireFolder(directory)
    let home = directory + "/meta/seedbed/"
    if isUnfinished(directory) {
      throw GenerationError(
        "\(directory) holds an unfinished run, whose files have no hashes yet. Finish it with "
          + "`seedbed generate --resume`.", kind: .input)
    }
    let isOurs = ["run.json", "assets.json", "store.tar.zst"].contains { isThere(home + $0) }
    guard hasList(directory) || isOurs else {
      throw GenerationError(
        "\(directory) is no dataset that Seedbed finished: there is no meta/seedbed with its hashes. Name another "
          + "folder.", kind: .input)
    }
  }
}
