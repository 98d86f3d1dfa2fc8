/// What `validate` is asked for beyond the standard.
public struct ValidationOptions: Sendable {
  /// Decode all pictures of so many episodes, spread evenly; nil: as many pictures of all episodes as a fixed number of
  /// pixels allows.
  public var episodes: Int?
  /// Every episode must say that it is of this origin ("sim", "real").
  public var origin: String?
  /// More pictures than this from one keyframe to the next are a warning: random access is slow then.
  public var longestGroup = 30

  public init() {}
}
