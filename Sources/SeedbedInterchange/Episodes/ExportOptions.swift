/// A format that episodes can be written in.
public enum ExchangeFormat: String, Sendable, CaseIterable {
  case lerobot30 = "lerobot-v3.0"
  case lerobot21 = "lerobot-v2.1"
  case robomimic, aloha, rlds, mcap
}

/// What a user may decide about an export.
public struct ExportOptions: Sendable {
  public enum ImageFormat: String, Sendable, CaseIterable {
    /// Nothing is lost.
    case png
    /// A tenth of the size, and not the same pixels.
    case jpeg
  }

  public var format: ExchangeFormat
  /// The features, or a foreign format's keys, that make up the state, one behind another; empty: what the format has.
  public var state: [String] = []
  public var action: String?
  /// New names of cameras by their old ones.
  public var cameras: [(from: String, to: String)] = []
  /// The part of the source that is taken: a split of RLDS, or a list of demos under robomimic's `mask`; nil for all.
  public var split: String?
  /// The instruction of episodes that have none.
  public var task: String?
  /// Of sources that do not say it.
  public var framesPerSecond: Double?
  public var robotType: String?
  /// How pictures are stored where a format holds them one by one.
  public var imageFormat = ImageFormat.png
  /// Deflate's level for pictures in HDF5, 0 to 9.
  public var deflate = 1
  /// Of robomimic: are the observations repeated one frame later, as its loader wants by default?
  public var holdsNextObservations = true
  /// Of pictures that come as JPEG: are they stored with red and blue exchanged, as OpenCV writes arrays of RGB?
  public var swapsRedAndBlue = false
  /// Is an export refused that leaves anything out, or that the format's own loader would not take?
  public var isStrict = false

  public init(format: ExchangeFormat) { self.format = format }
}

/// What an export did.
public struct ExportSummary: Sendable {
  public var episodes = 0
  public var frames = 0
  public var remarks = Remarks()
}
