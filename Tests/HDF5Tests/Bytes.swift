import Glibc

struct NoFile: Error {}

/// A whole file.
func bytes(_ path: String) throws -> [UInt8] {
  guard let file = fopen(path, "re") else { throw NoFile() }
  defer { fclose(file) }
  var all: [UInt8] = []
  var buffer = [UInt8](repeating: 0, count: 1 << 16)
  while case let count = fread(&buffer, 1, buffer.count, file), count > 0 { all += buffer[..<count] }
  return all
}
