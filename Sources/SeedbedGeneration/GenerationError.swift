/// What stops a run, an episode or a proof, as one sentence with its remedy.
public struct GenerationError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The command's exit code (sysexits.h): 64 usage, 65 bad input, 70 internal, 73 cannot write.
  public enum Kind: Int32, Sendable { case usage = 64, input = 65, `internal` = 70, cannotWrite = 73 }

  public var kind: Kind
  public var description: String

  public init(_ description: String, kind: Kind = .internal) {
    self.kind = kind
    self.description = description
  }
}
