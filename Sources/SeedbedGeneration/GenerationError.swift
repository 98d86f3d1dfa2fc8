public import Diagnostics

/// What stops a run, an episode or a proof, as one sentence with its remedy.
public struct GenerationError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The command's exit code (sysexits.h): 64 usage, 65 bad input, 70 internal, 71 the system refused, 73 cannot write.
  public enum Kind: Int32, Sendable { case usage = 64, input = 65, `internal` = 70, system = 71, cannotWrite = 73 }

  public var kind: Kind
  /// A sentence, and what it announces one a line. Control characters in it are escaped already.
  public var description: String
  /// Whether it names its place and says `error:` itself.
  public var isDiagnostic = false

  /// - Parameter details: what the sentence announces.
  public init(_ description: String, details: [String] = [], kind: Kind = .internal) {
    self.kind = kind
    self.description = ([description] + details).map(\.escapingControlCharacters).joined(separator: "\n")
  }

  /// A problem of an input file with its place.
  public init(_ diagnostic: Diagnostic) {
    self.init(diagnostic.description, kind: .input)
    isDiagnostic = true
  }

  /// As a user sees it.
  public var message: String { isDiagnostic ? description : "error: " + description }
}
