public import SeedbedEpisodes

/// An episode's row of the table `meta/episodes`.
public struct EpisodeMetadata: Sendable, Equatable {
  public var index: Int
  /// Frames.
  public var length: Int
  /// The instruction; the first where there are several.
  public var task: String
  /// Where it comes from; nil for an episode without a word about it (a real one). `instanceJSON` is empty here:
  /// `SidecarReader` has it.
  public var provenance: Provenance?
  /// The place of its first frame in the dataset.
  var firstFrame: Int
  var dataFile: FileNumber
  /// Of each camera: its file and the first picture in it.
  var videos: [VideoTrack.Place]
}
