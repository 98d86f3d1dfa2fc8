import Digest
import FoundationEssentials
import Glibc

/// The hash of every file of a dataset, as `meta/seedbed/files.json`: what is derived from the episodes (statistics,
/// tasks, names, documentation) is proved by it; the episodes themselves are proved by regrowing them.
enum FileManifest {
  static let path = "meta/seedbed/files.json"
  /// What a run keeps beside a dataset while it grows.
  private static let notOfTheDataset: Set = [".seedbed", "checkpoint", "packed.json"]

  /// Written when everything else has its final bytes.
  static func write(directory: String) throws(GenerationError) {
    let hashes = try current(directory)
    let lines = hashes.map { "  \"\($0.path)\": \"\($0.sha256)\"" }
    try writeFile(
      directory + "/" + path, Array(("{\n" + lines.joined(separator: ",\n") + "\n}\n").utf8), synced: true)
  }

  /// What differs between the files and the manifest, one line each; empty where nothing does.
  static func differences(directory: String) -> [String] {
    let stored: [String: String]
    do {
      stored = try JSONDecoder().decode([String: String].self, from: Data(try readFile(directory + "/" + path)))
    } catch {
      return ["\(path) is missing or damaged: files that are derived from the episodes cannot be checked"]
    }
    var findings: [String] = []
    do {
      let found = try current(directory)
      for file in found {
        guard let hash = stored[file.path] else {
          findings.append("\(file.path): this file was added after the dataset was grown")
          continue
        }
        if hash != file.sha256 { findings.append("\(file.path): its bytes are not those that were written") }
      }
      let names = Set(found.map(\.path))
      for name in stored.keys.sorted() where !names.contains(name) { findings.append("\(name): the file is missing") }
    } catch {
      findings.append(error.description)
    }
    return findings
  }

  /// All files but the manifest itself, sorted by path.
  private static func current(_ directory: String) throws(GenerationError) -> [(path: String, sha256: String)] {
    var files: [(path: String, sha256: String)] = []
    var folders = [""]
    while let folder = folders.popLast() {
      for name in try directoryEntries(directory + "/" + folder) {
        let relative = folder.isEmpty ? name : folder + "/" + name
        guard relative != path, !notOfTheDataset.contains(relative) else { continue }
        var status = stat()
        guard lstat(directory + "/" + relative, &status) == 0 else {
          throw systemError("cannot read \(directory)/\(relative)", kind: .input)
        }
        if status.st_mode & S_IFMT == S_IFDIR {
          folders.append(relative)
        } else {
          files.append((relative, hex(try fileHash(directory + "/" + relative))))
        }
      }
    }
    return files.sorted { $0.path < $1.path }
  }
}
