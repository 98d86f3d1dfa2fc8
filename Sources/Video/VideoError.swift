/// Why a clip could not be encoded, written, read or decoded.
public struct VideoError: Error, Sendable, Equatable, CustomStringConvertible {
  public enum Kind: Sendable, Equatable {
    /// A size, rate or setting that cannot be encoded or written.
    case invalidArgument
    /// The encoder or decoder refused or failed.
    case codec
    /// The operating system refused to open, read or write a file.
    case file
    /// There is no such file, or it is no MP4, is cut off or contradicts itself.
    case damaged
    /// A well-formed file of a sort that this reader does not take.
    case unsupported
  }

  public var kind: Kind
  /// The file's path, or what was at work where there is no file ("H.264 encoder").
  public var subject: String
  /// What failed and why; one sentence without a full stop.
  public var reason: String

  public init(_ kind: Kind, _ subject: String, _ reason: String) {
    self.kind = kind
    self.subject = subject
    self.reason = reason
  }

  /// `SUBJECT: what failed and why`.
  public var description: String { "\(subject): \(reason)" }
}
