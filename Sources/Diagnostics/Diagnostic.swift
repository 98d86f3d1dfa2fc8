/// A place in an input file. Lines and columns count from 1; 0 means "the file as a whole".
public struct SourceLocation: Sendable, Hashable, Codable {
  /// The file as the user named it.
  public var file: String
  public var line: Int
  public var column: Int

  public init(file: String, line: Int = 0, column: Int = 0) {
    self.file = file
    self.line = line
    self.column = column
  }
}

/// One thing that is wrong (or odd) with an input, and what to do about it.
public struct Diagnostic: Sendable, Hashable {
  public enum Severity: String, Sendable { case warning, error }

  public var severity: Severity
  public var location: SourceLocation
  /// What is wrong, with the value that is wrong. One sentence.
  public var message: String
  /// What to do. One sentence, or empty where there is nothing to add.
  public var remedy: String

  public init(_ severity: Severity, at location: SourceLocation, _ message: String, remedy: String) {
    self.severity = severity
    self.location = location
    self.message = message
    self.remedy = remedy
  }
}

extension Diagnostic: CustomStringConvertible {
  /// `FILE:LINE:COL: error: what is wrong. What to do.`; line and column are left out where unknown.
  public var description: String {
    var place = location.file
    if location.line > 0 { place += ":\(location.line)" }
    if location.line > 0 && location.column > 0 { place += ":\(location.column)" }
    let text = "\(place): \(severity.rawValue): \(message)"
    return (remedy.isEmpty ? text : text + " " + remedy).escapingControlCharacters
  }
}

/// All problems of one input, thrown together so that the user sees them at once.
public struct InputError: Error, Sendable, Equatable, CustomStringConvertible {
  public var diagnostics: [Diagnostic]

  public init(_ diagnostics: [Diagnostic]) { self.diagnostics = diagnostics }

  /// A single problem.
  public init(at location: SourceLocation, _ message: String, remedy: String) {
    diagnostics = [Diagnostic(.error, at: location, message, remedy: remedy)]
  }

  /// One diagnostic a line.
  public var description: String { diagnostics.map(\.description).joined(separator: "\n") }
}
