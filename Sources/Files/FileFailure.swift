/// What the operating system refused to do with a file.
public struct FileFailure: Error, Sendable, Equatable, CustomStringConvertible {
  public var path: String
  /// What is wrong; one sentence without a full stop.
  public var reason: String
  /// The path leads to no file, or to one that changed: the fault is not the system's.
  public var isOfTheFile = false

  public var description: String { "\(path): \(reason)" }
}
