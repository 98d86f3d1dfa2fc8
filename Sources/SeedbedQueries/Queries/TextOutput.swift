import Glibc
public import SeedbedDatasets

/// Where an answer goes: standard output, or a file that is there whole or not at all.
public struct TextOutput: ~Copyable {
  private static let piece = 1 << 16

  private let path: String?
  private let descriptor: Int32
  private var waiting: [UInt8] = []
  private var isFinished = false

  /// - Parameter path: nil for standard output.
  public init(path: String?) throws(DatasetError) {
    self.path = path
    guard let path else {
      descriptor = STDOUT_FILENO
      return
    }
    descriptor = open(path + ".part", O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw TextOutput.failure(path, "cannot be created") }
  }

  deinit {
    guard let path else { return }
    close(descriptor)
    if !isFinished { unlink(path + ".part") }
  }

  private static func failure(_ path: String?, _ what: String) -> DatasetError {
    DatasetError(.io, path: path ?? "standard output", "\(what): \(String(cString: strerror(errno)))")
  }

  /// Adds a line.
  public mutating func line(_ text: String) throws(DatasetError) {
    waiting.append(contentsOf: text.utf8)
    waiting.append(10)
    if waiting.count >= TextOutput.piece { try flush() }
  }

  private mutating func flush() throws(DatasetError) {
    var at = 0
    while at < waiting.count {
      let count = waiting.withUnsafeBytes { write(descriptor, $0.baseAddress.map { $0 + at }, waiting.count - at) }
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { throw TextOutput.failure(path, "cannot be written") }
      at += count
    }
    waiting.removeAll(keepingCapacity: true)
  }

  public mutating func finish() throws(DatasetError) {
    try flush()
    guard let path else { return }
    guard fsync(descriptor) == 0, rename(path + ".part", path) == 0 else {
      throw TextOutput.failure(path, "cannot be written")
    }
    isFinished = true
  }
}
