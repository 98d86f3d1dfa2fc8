package import Files

/// Why a TFRecord file could not be read or written.
public struct TFRecordError: Error, Sendable, Equatable, CustomStringConvertible {
  public enum Kind: Sendable, Equatable {
    /// The operating system refused.
    case io
    /// A file that is cut off, has a wrong checksum or holds no examples.
    case damaged
  }

  public var kind: Kind
  public var path: String
  /// What is wrong; one sentence without a full stop.
  public var reason: String

  public init(_ kind: Kind, _ path: String, _ reason: String) {
    self.kind = kind
    self.path = path
    self.reason = reason
  }

  public var description: String { "\(path): \(reason)" }
}

extension TFRecordError: FileError {
  package init(_ failure: FileFailure) { self.init(failure.isOfTheFile ? .damaged : .io, failure.path, failure.reason) }
}
