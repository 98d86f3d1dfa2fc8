/// Why a Parquet file could not be written or read, and where.
public struct ParquetError: Error, Sendable, Equatable, CustomStringConvertible {
  public enum Kind: Sendable, Equatable {
    /// The operating system refused: no permission, no space.
    case io
    /// There is no such file, or its bytes contradict the format or themselves.
    case damaged
    /// Well formed, but of a kind that this library does not know.
    case unsupported
    /// The caller's values do not fit the schema.
    case misuse
  }

  public var kind: Kind
  public var file: String
  /// The column's path, its parts joined by dots; nil for the file as a whole.
  public var column: String?
  /// Counts from 0.
  public var rowGroup: Int?
  public var reason: String

  public init(_ kind: Kind, file: String, column: String? = nil, rowGroup: Int? = nil, _ reason: String) {
    self.kind = kind
    self.file = file
    self.column = column
    self.rowGroup = rowGroup
    self.reason = reason
  }

  public var description: String {
    var text = file
    if let column { text += ": column '\(column)'" }
    if let rowGroup { text += ", row group \(rowGroup)" }
    return text + ": " + reason
  }
}

/// What a decoder finds wrong, before anybody knows in which file it happened.
enum FormatError: Error {
  case damaged(String)
  case unsupported(String)
  /// A reason that knows its file already.
  case file(ParquetError)

  func located(file: String, column: String? = nil, rowGroup: Int? = nil) -> ParquetError {
    switch self {
    case .damaged(let reason): ParquetError(.damaged, file: file, column: column, rowGroup: rowGroup, reason)
    case .unsupported(let reason): ParquetError(.unsupported, file: file, column: column, rowGroup: rowGroup, reason)
    case .file(let error): error
    }
  }
}
