/// What the `meta/info.json` of any LeRobot dataset says, v2.1 or v3.0; legacy and unknown keys are passed over.
public struct SourceInfo: Sendable {
  public enum Version: String, Sendable {
    /// One table and one video for each episode; metadata in lines of JSON.
    case v21 = "v2.1"
    /// Many episodes in each file; metadata in tables.
    case v30 = "v3.0"
  }

  public var version: Version
  /// A whole number in nearly all datasets.
  public var framesPerSecond: Double
  public var robotType: String?
  /// The counts as declared; whether they are true is `validate`'s business.
  public var episodes: Int, frames: Int, tasks: Int
  /// Of v2.1 only.
  public var videos: Int?, chunks: Int?
  /// Files (v3.0) or episodes (v2.1) in a folder.
  public var chunksSize: Int
  public var features: [SourceFeature]
  public var dataPath: PathPattern
  public var videoPath: PathPattern?
  /// Of v3.0: how large files may get, in units of 2^20 bytes.
  public var dataFileMB: Double?, videoFileMB: Double?
  /// Name and range of each split, "0:50".
  public var splits: [(name: String, range: String)]
  /// The whole file.
  package let json: JSONValue

  /// The feature of a name.
  public func feature(_ name: String) -> SourceFeature? { features.first { $0.name == name } }
  /// The features whose pictures are in MP4 files, in the file's order.
  public var cameras: [SourceFeature] { features.filter { $0.kind == .video } }
  /// The features that are columns of the tables, in the file's order.
  public var columns: [SourceFeature] { features.filter { $0.kind != .video } }
}
