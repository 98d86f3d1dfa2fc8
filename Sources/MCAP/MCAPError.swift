package import Files

/// Why an MCAP file could not be read or written.
public struct MCAPError: Error, Sendable, Equatable, CustomStringConvertible {
  public enum Kind: Sendable, Equatable {
    /// The operating system refused.
    case io
    /// A file that is no MCAP, is cut off, has a wrong checksum or contradicts itself.
    case damaged
    /// Well formed, but of a sort that this module does not read.
    case unsupported
  }

  public var kind: Kind
  public var path: String
  /// What is wrong; one sentence without a full stop.
  public var reason: String

  init(_ kind: Kind, _ path: String, _ reason: String) {
    self.kind = kind
    self.path = path
    self.reason = reason
  }

  public var description: String { "\(path): \(reason)" }
}

extension MCAPError: FileError {
  package init(_ failure: FileFailure) { self.init(failure.isOfTheFile ? .damaged : .io, failure.path, failure.reason) }
}
