import Parquet

/// Files as `tar --zstd` packs and unpacks them, one compressed frame with a checksum for each: damage at one place
/// costs the file that stands there, and no other.
///
/// The bytes depend on the members alone: no times, no owners.
public enum TarArchive {
  /// A file of an archive.
  public struct Member: Sendable, Equatable {
    /// At most 100 bytes.
    public var path: String
    public var bytes: [UInt8]

    public init(path: String, bytes: [UInt8]) {
      self.path = path
      self.bytes = bytes
    }
  }

  private static let block = 512
  /// Of all members together.
  private static let mostBytes = 1 << 30
  /// Places that begin like a frame and are none.
  private static let mostFalseStarts = 10_000

  /// nil where a path is too long for a tar header, or zstd refuses.
  public static func encode(_ members: [Member]) -> [UInt8]? {
    var archive: [UInt8] = []
    for member in members {
      guard let header = header(member),
        let frame = Zstandard.frame(header + member.bytes + zeros(padding(member.bytes.count)))
      else { return nil }
      archive += frame
    }
    guard let end = Zstandard.frame(zeros(2 * block)) else { return nil }
    return archive + end
  }

  /// The members that are whole, however damaged the archive is.
  public static func salvage(_ archive: [UInt8]) -> [Member] {
    var members: [Member] = []
    var at = 0
    var left = mostBytes
    var falseStarts = 0
    while at + Zstandard.magic.count < archive.count, falseStarts < mostFalseStarts {
      guard archive[at] == Zstandard.magic[0], archive[at + 1] == Zstandard.magic[1] else {
        at += 1
        continue
      }
      guard let frame = Zstandard.content(of: archive, at: at, limit: left) else {
        falseStarts += 1
        at += 1
        continue
      }
      if let member = member(frame.bytes) { members.append(member) }
      left -= frame.bytes.count
      at = frame.end
    }
    return members
  }

  private static func zeros(_ count: Int) -> [UInt8] { [UInt8](repeating: 0, count: count) }
  private static func padding(_ size: Int) -> Int { (block - size % block) % block }

  /// POSIX's ustar header; nil where the path or the size does not fit.
  private static func header(_ member: Member) -> [UInt8]? {
    let path = Array(member.path.utf8)
    guard (1...100).contains(path.count), member.bytes.count < 1 << 33 else { return nil }
    var header = zeros(block)
    func put(_ bytes: some Sequence<UInt8>, at place: Int) {
      for (i, byte) in bytes.enumerated() { header[place + i] = byte }
    }
    put(path, at: 0)
    put("0000644\0".utf8, at: 100)
    put("0000000\0".utf8, at: 108)
    put("0000000\0".utf8, at: 116)
    put(octal(member.bytes.count, digits: 11), at: 124)
    put(octal(0, digits: 11), at: 136)
    put("        0".utf8, at: 148)
    put("ustar\u{0}00".utf8, at: 257)
    let sum = header.reduce(0) { $0 + Int($1) }
    put(octal(sum, digits: 6) + [0x20], at: 148)
    return header
  }

  /// With a zero byte behind the digits.
  private static func octal(_ value: Int, digits: Int) -> [UInt8] {
    let text = Array(String(value, radix: 8).utf8)
    return [UInt8](repeating: 0x30, count: max(0, digits - text.count)) + text + [0]
  }

  /// Of a frame that holds just one; nil for any other.
  private static func member(_ bytes: [UInt8]) -> Member? {
    guard bytes.count >= block,
      let size = Int(String(decoding: bytes[124..<135], as: UTF8.self), radix: 8), size >= 0, size < 1 << 33,
      bytes.count == block + size + padding(size)
    else { return nil }
    let path = String(decoding: bytes[..<100].prefix { $0 != 0 }, as: UTF8.self)
    let member = Member(path: path, bytes: Array(bytes[block..<block + size]))
    return header(member) == Array(bytes[..<block]) ? member : nil
  }
}
