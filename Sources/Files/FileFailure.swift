/// What the operating system refused to do with a file.
public struct FileFailure: Error, Sendable, Equatable, CustomStringConvertible {
  public var path: String
  /// What is wrong; one sentence without a full stop.
  public var reason: String
  /// The path leads to no file, or to one that changed: the fault is not the system's.
  public var isOfTheFile = false

  public var description: String { "\(path): \(reason)" }
}

/// A format's error, which also stands for what the system refuses.
package protocol FileError: Error {
  init(_ failure: FileFailure)
}

extension FileError {
  /// Does something with a file; what the system refuses is told as an error of the format.
  package static func telling<Result: ~Copyable>(
    _ body: () throws(FileFailure) -> Result
  ) throws(Self) -> Result {
    do throws(FileFailure) { return try body() } catch { throw Self(error) }
  }
}
