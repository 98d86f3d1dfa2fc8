import Digest
import Glibc

/// What a run has committed, a checksummed line each, on the disk before anything relies on it.
///
/// A line: 16 hexadecimal digits of the SHA-256 of the rest, a blank, the rest. A torn or damaged line counts as not
/// written.
package struct Journal: ~Copyable {
  package enum Entry: Equatable, Sendable {
    /// Episode k of the run is staged.
    case committed(Int, bytes: Int, summary: EpisodeSummary)
    /// Episode k of the run cannot be grown.
    case quarantined(Int, signal: String, reason: String)
  }

  private let descriptor: Int32
  private let path: String

  package init(path: String) throws(GenerationError) {
    self.path = path
    descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw systemError("cannot open \(path)") }
    // A torn line at the end must not swallow the next one.
    let size = lseek(descriptor, 0, SEEK_END)
    if size > 0 {
      var last: UInt8 = 10
      let reading = open(path, O_RDONLY | O_CLOEXEC)
      if reading >= 0 {
        _ = pread(reading, &last, 1, size - 1)
        close(reading)
      }
      if last != 10, !writeAll(descriptor, [10]) { throw systemError("cannot write \(path)") }
    }
  }

  deinit { close(descriptor) }

  package mutating func append(_ entry: Entry) throws(GenerationError) {
    let text = entry.text
    let line = Journal.checksum(text) + " " + text + "\n"
    guard writeAll(descriptor, Array(line.utf8)), fdatasync(descriptor) == 0 else {
      throw systemError("cannot write \(path)")
    }
  }

  /// All intact entries of a journal, the last of each episode; empty where there is no file.
  package static func read(_ path: String) throws(GenerationError) -> [Int: Entry] {
    guard isThere(path) else { return [:] }
    var entries: [Int: Entry] = [:]
    for bytes in try readFile(path).split(separator: 10) {
      let line = String(decoding: bytes, as: UTF8.self)
      guard bytes.count > 17, line.prefix(16) == checksum(String(line.dropFirst(17))),
        let entry = Entry(text: line.dropFirst(17))
      else { continue }
      entries[entry.episode] = entry
    }
    return entries
  }

  private static func checksum(_ text: String) -> String { String(sha256Hex(Array(text.utf8)).prefix(16)) }
}

extension Journal.Entry {
  var episode: Int {
    switch self {
    case .committed(let k, _, _), .quarantined(let k, _, _): k
    }
  }

  var text: String {
    switch self {
    case .committed(let k, let bytes, let summary): "committed \(k) \(bytes) \(summary.line)"
    case .quarantined(let k, let signal, let reason): "quarantined \(k) \(signal) \(LineText.escape(reason))"
    }
  }

  init?(text: some StringProtocol) {
    let words = text.split(separator: " ", maxSplits: 3, omittingEmptySubsequences: false)
    guard words.count == 4, let k = Int(words[1]), k >= 0 else { return nil }
    switch words[0] {
    case "committed":
      guard let bytes = Int(words[2]), let summary = EpisodeSummary(line: words[3]) else { return nil }
      self = .committed(k, bytes: bytes, summary: summary)
    case "quarantined":
      self = .quarantined(k, signal: String(words[2]), reason: LineText.unescape(String(words[3])))
    default: return nil
    }
  }
}
