import Glibc

/// Reads a text file line by line, with one piece of it in memory.
package struct LineReader: ~Copyable {
  /// No line of a dataset's logs comes near.
  private static let longest = 16 << 20

  private let path: String
  private let takesUnendedLine: Bool
  private let file: UnsafeMutablePointer<FILE>
  private var buffer: [UInt8] = []
  /// What was given out of the buffer.
  private var used = 0
  /// The place of the next line in the file.
  package private(set) var offset = 0

  /// - Parameter takesUnendedLine: Other programs leave the last line feed out.
  package init(path: String, takesUnendedLine: Bool = false) throws(DatasetError) {
    let descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else { throw DatasetFolder.unreadable(path) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      close(descriptor)
      throw DatasetError(.damaged, path: path, "is no file")
    }
    guard let file = fdopen(descriptor, "r") else {
      close(descriptor)
      throw DatasetFolder.failure(path, "cannot be read")
    }
    self.path = path
    self.takesUnendedLine = takesUnendedLine
    self.file = file
  }

  deinit { fclose(file) }

  /// The next line without its line feed; nil at the end.
  package mutating func next() throws(DatasetError) -> [UInt8]? {
    var searched = used
    while true {
      if let end = buffer[searched...].firstIndex(of: 10) {
        let line = Array(buffer[used..<end])
        used = end + 1
        offset += line.count + 1
        return line
      }
      searched = buffer.count - used
      buffer.removeFirst(used)
      used = 0
      guard buffer.count <= LineReader.longest else {
        throw DatasetError(.damaged, path: path, "a line has more than \(LineReader.longest) bytes")
      }
      guard try fill() else {
        if takesUnendedLine && !buffer.isEmpty {
          let line = buffer
          buffer = []
          offset += line.count
          return line
        }
        guard buffer.isEmpty else { throw DatasetError(.damaged, path: path, "its last line does not end") }
        return nil
      }
    }
  }

  private mutating func fill() throws(DatasetError) -> Bool {
    var piece = [UInt8](repeating: 0, count: 1 << 16)
    let count = fread(&piece, 1, piece.count, file)
    buffer += piece[..<count]
    guard ferror(file) == 0 else { throw DatasetFolder.failure(path, "cannot be read") }
    return count > 0
  }
}
