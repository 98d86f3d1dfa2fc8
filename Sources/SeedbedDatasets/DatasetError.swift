package import Parquet
package import Video

/// Why a dataset could not be written or read, and where.
public struct DatasetError: Error, Sendable, Equatable, CustomStringConvertible {
  public enum Kind: Sendable, Equatable {
    /// The operating system refused: no such folder, no space.
    case io
    /// A file contradicts its format, itself or the rest of the dataset.
    case damaged
    /// Well formed, but of a kind that this program does not read.
    case unsupported
    /// An episode or schema that no dataset may hold.
    case invalid
    /// A signal asked to stop.
    case stopped
  }

  public var kind: Kind
  /// The file or folder.
  public var path: String
  /// The episode that is concerned, where there is one.
  public var episode: Int?
  public var reason: String
  /// What else is wrong with the same input, or is to be done about it: a line each.
  public var others: [String] = []

  /// All that is wrong with one input, and what to do about it: a line each.
  ///
  /// - Parameter problems: At least one; what follows the first stands as it is.
  public init(_ kind: Kind, path: String, problems: [String]) {
    self.init(kind, path: path, problems.first ?? "")
    others = Array(problems.dropFirst())
  }

  public init(_ kind: Kind, path: String, episode: Int? = nil, _ reason: String) {
    self.kind = kind
    self.path = path
    self.episode = episode
    self.reason = reason
  }

  public var description: String { lines.joined(separator: "\n") }

  /// For people; only these begin new lines.
  public var lines: [String] { [path + ": " + (episode.map { "episode \($0): " } ?? "") + reason] + others }

  package init(_ error: ParquetError, episode: Int? = nil) {
    var reason = error.reason
    if let column = error.column {
      reason = "column '\(column)'" + (error.rowGroup.map { ", row group \($0)" } ?? "") + ": " + reason
    }
    let kind: Kind =
      switch error.kind {
      case .io: .io
      case .damaged: .damaged
      case .unsupported: .unsupported
      case .misuse: .invalid
      }
    self.init(kind, path: error.file, episode: episode, reason)
  }

  package init(_ error: VideoError, episode: Int? = nil) {
    let kind: Kind =
      switch error.kind {
      case .file, .codec: .io
      case .damaged: .damaged
      case .unsupported: .unsupported
      case .invalidArgument: .invalid
      }
    self.init(kind, path: error.subject, episode: episode, error.reason)
  }
}
