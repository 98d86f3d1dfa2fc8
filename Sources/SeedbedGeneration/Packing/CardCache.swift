import Digest
import Glibc

/// This build's physics card, kept between runs in the user's cache folder: measuring it costs most of a second.
///
/// The key is made of the program's own bytes and of the libraries that it has loaded, so that no other build's card is
/// ever taken for this one's. What is damaged, unreadable or cannot be written counts as not there.
struct CardCache: Sendable {
  typealias File = (name: String, bytes: [UInt8])

  /// Absolute.
  let folder: String
  private static let prefix = "physics-card-"
  private static let hashLength = 32, largest = 1 << 24

  init(folder: String) { self.folder = folder }

  /// `$XDG_CACHE_HOME/seedbed`, or `~/.cache/seedbed`; nil where neither is said.
  static func standard() -> CardCache? {
    func folder(_ name: String) -> String? {
      guard let value = getenv(name).map({ String(cString: $0) }), value.hasPrefix("/") else { return nil }
      return value
    }
    let caches = folder("XDG_CACHE_HOME") ?? folder("HOME").map { $0 + "/.cache" }
    return caches.map { CardCache(folder: $0 + "/seedbed") }
  }

  /// Of the running program; nil where it cannot be told.
  static func programKey() -> String? {
    guard let program = try? programPath(), let own = try? fileHash("/proc/self/exe"),
      let maps = try? readFile("/proc/self/maps")
    else { return nil }
    var key = own
    var libraries: Set<String> = []
    for line in String(decoding: maps, as: UTF8.self).split(separator: "\n") {
      guard let start = line.firstIndex(of: "/") else { continue }
      let path = String(line[start...])
      if path != program, path.contains(".so") { libraries.insert(path) }
    }
    for path in libraries.sorted() {
      var status = stat()
      guard stat(path, &status) == 0 else { return nil }
      let time = status.st_mtim
      key += Array("\(path) \(status.st_size) \(time.tv_sec) \(time.tv_nsec)\n".utf8)
    }
    return sha256Hex(key)
  }

  /// What was kept under the key.
  func files(_ key: String) -> [File]? {
    guard let bytes = try? readFile(path(key)), bytes.count > Self.hashLength, bytes.count <= Self.largest else {
      return nil
    }
    let content = Array(bytes[Self.hashLength...])
    guard sha256(content) == Array(bytes[..<Self.hashLength]) else { return nil }
    var reader = ByteReader(content)
    var files: [File] = []
    do {
      while !reader.isAtEnd { files.append((try reader.text(), try reader.blob())) }
    } catch {
      return nil
    }
    return files.isEmpty ? nil : files
  }

  /// Keeps the files, and nothing of earlier builds.
  func keep(_ files: [File], _ key: String) {
    var writer = ByteWriter()
    for file in files {
      writer.text(file.name)
      writer.blob(file.bytes)
    }
    let passing = path(key) + ".\(getpid())"
    do {
      try makeDirectories(folder)
      let old = try directoryEntries(folder).filter { $0.hasPrefix(Self.prefix) }
      try writeFile(passing, sha256(writer.bytes) + writer.bytes)
      guard rename(passing, path(key)) == 0 else { throw systemError("cannot rename \(passing)") }
      for name in old where folder + "/" + name != path(key) { unlink(folder + "/" + name) }
    } catch {
      unlink(passing)
    }
  }

  private func path(_ key: String) -> String { folder + "/" + Self.prefix + key }
}
