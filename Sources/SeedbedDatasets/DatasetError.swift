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
  }

  public var kind: Kind
  /// The file or folder.
  public var path: String
  /// The episode that is concerned, where there is one.
  public var episode: Int?
  public var reason: String

  public init(_ kind: Kind, path: String, episode: Int? = nil, _ reason: String) {
    self.kind = kind
    self.path = path
    self.episode = episode
    self.reason = reason
  }

  public var description: String {
    path + ": " + (episode.map { "episode \($0): " } ?? "") + reason
  }

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
