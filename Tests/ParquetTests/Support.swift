import Glibc
import Parquet

/// A folder for one test, removed with everything in it when the test ends.
struct TemporaryFolder: ~Copyable {
  let path: String

  init() {
    var name = Array("/tmp/parquet-tests-XXXXXX".utf8CString)
    path = name.withUnsafeMutableBufferPointer { mkdtemp($0.baseAddress!).map { String(cString: $0) }! }
  }

  deinit {
    guard let folder = opendir(path) else { return }
    while let entry = readdir(folder) {
      let name = withUnsafePointer(to: &entry.pointee.d_name.0) { String(cString: $0) }
      unlink(path + "/" + name)
    }
    closedir(folder)
    rmdir(path)
  }
}

func readBytes(_ path: String) -> [UInt8] {
  guard let file = fopen(path, "rb") else { return [] }
  defer { fclose(file) }
  var bytes: [UInt8] = []
  var buffer = [UInt8](repeating: 0, count: 65536)
  while case let count = fread(&buffer, 1, buffer.count, file), count > 0 { bytes += buffer[..<count] }
  return bytes
}

func writeBytes(_ bytes: [UInt8], _ path: String) {
  guard let file = fopen(path, "wb") else { return }
  fwrite(bytes, 1, bytes.count, file)
  fclose(file)
}

/// A generator with a known sequence (SplitMix64).
struct Generator: RandomNumberGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

extension ColumnType {
  /// Columns of random content, one a leaf.
  func random(rows: Int, _ generator: inout Generator) -> [ColumnData] {
    random(slots: rows, counts: [], &generator)
  }

  private func random(slots: Int, counts: [[Int]], _ g: inout Generator) -> [ColumnData] {
    switch self {
    case .list(let element):
      let lengths = (0..<slots).map { _ in Int.random(in: 0...3, using: &g) }
      return element.random(slots: lengths.reduce(0, +), counts: counts + [lengths], &g)
    case .group(let parts):
      return parts.flatMap { $0.type.random(slots: slots, counts: counts, &g) }
    default:
      // Columns without any null, with some, and of nothing else.
      let share = [0, 0.3, 1][Int.random(in: 0...2, using: &g)]
      let present = (0..<slots).map { _ in Double.random(in: 0..<1, using: &g) >= share }
      let count = present.count { $0 }
      return [
        ColumnData(
          values(count, &g), counts: counts, present: present.allSatisfy { $0 } ? nil : present)
      ]
    }
  }

  private func values(_ count: Int, _ g: inout Generator) -> Values {
    switch self {
    case .int64: .int64((0..<count).map { _ in Int64(bitPattern: g.next() >> (g.next() % 64)) })
    case .float: .float((0..<count).map { _ in Float.random(in: -1e6...1e6, using: &g) })
    case .double: .double((0..<count).map { _ in Double.random(in: -1e9...1e9, using: &g) })
    case .bool: .bool((0..<count).map { _ in Bool.random(using: &g) })
    default:
      .bytes(
        (0..<count).map { _ in (0..<Int.random(in: 0...9, using: &g)).map { _ in UInt8.random(in: 97...122, using: &g) }
        })
    }
  }
}
