/// What the operating system refused to do with a file.
public struct FileFailure: Error, Sendable, Equatable, CustomStringConvertible {
  public var path: String
  /// What is wrong; one sentence without a full stop.
  public var reason: String

  public var description: String { "\(path): \(reason)" }
}
