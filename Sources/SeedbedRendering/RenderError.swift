/// Why a scene cannot be drawn.
public struct RenderError: Error, Sendable, Equatable, CustomStringConvertible {
  /// What it is about: a file's logical path, a camera's or an object's name.
  public var subject: String
  public var reason: String

  public init(_ subject: String, _ reason: String) {
    self.subject = subject
    self.reason = reason
  }

  public var description: String { "\(subject): \(reason)" }
}
