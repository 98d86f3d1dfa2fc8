import Glibc

/// The paths of a dataset's folder while it grows.
///
/// What has been packed stands in a *generation*, `DIR/.seedbed/generation-N/`, a whole dataset of its own. The
/// dataset's top names (`data`, `videos`, `meta`, `README.md`) are links through the one link `.seedbed/current`, so
/// that turning `current` shows the next generation in one step: at every instant `DIR` is a valid dataset. When the
/// run ends, the links are exchanged for the real folders and `.seedbed` is removed.
package struct RunFolder: Sendable {
  package let path: String

  /// The names that a dataset has at its top.
  package static let topNames = ["README.md", "data", "meta", "videos"]

  package init(_ path: String) {
    var trimmed = path
    while trimmed.count > 1, trimmed.hasSuffix("/") { trimmed.removeLast() }
    self.path = trimmed
  }

  var work: String { path + "/.seedbed" }
  /// Where a repair works; see `RepairShop`.
  var repair: String { path + "/.seedbed-repair" }
  var current: String { work + "/current" }
  var journal: String { work + "/journal" }
  /// See `KnownHashes`.
  var hashes: String { work + "/hashes" }
  var staging: StagingFolder { StagingFolder(root: work) }

  package func generation(_ number: Int) -> String { work + "/" + RunFolder.generationName(number) }
  static func generationName(_ number: Int) -> String { "generation-\(number)" }

  /// The number of the generation that is shown; nil while there is none.
  package var currentNumber: Int? {
    guard let name = linkTarget(current), name.hasPrefix("generation-") else { return nil }
    return Int(name.dropFirst("generation-".count))
  }

  /// What stands in the folder.
  package enum Content: Equatable {
    /// Nothing at all.
    case empty
    /// A run that has not ended, or that left something behind.
    case unfinished
    /// A dataset that Seedbed finished.
    case finished
    /// Anything else.
    case foreign
  }

  package func content() throws(GenerationError) -> Content {
    if isThere(work) { return .unfinished }
    if try directoryEntries(path).isEmpty { return .empty }
    if isThere(path + "/meta/seedbed/run.json") && isThere(path + "/meta/info.json") { return .finished }
    return .foreign
  }
}

/// Where a link points; nil where there is no link.
func linkTarget(_ path: String) -> String? {
  var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
  let length = readlink(path, &buffer, buffer.count)
  guard length > 0 else { return nil }
  return String(decoding: buffer[..<length].map { UInt8(bitPattern: $0) }, as: UTF8.self)
}

/// The path with all links followed; as it is where it leads nowhere.
func realPath(_ path: String) -> String {
  guard let resolved = realpath(path, nil) else { return path }
  defer { free(resolved) }
  return String(cString: resolved)
}

func isThere(_ path: String) -> Bool {
  var status = stat()
  return lstat(path, &status) == 0
}
