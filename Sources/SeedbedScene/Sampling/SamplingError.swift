public import Diagnostics

/// An episode that cannot be drawn: there is no room for an object.
public struct SamplingError: Error, Sendable, Equatable, CustomStringConvertible {
  public var seed: UInt64
  public var episode: Int
  /// The object that finds no room.
  public var object: String
  /// For example "of 200 places that were tried, 150 were too close to `bin`, 50 were not wholly on `table`".
  public var reason: String
  public var remedy: String
  /// The object's entry in the scene file.
  public var location: SourceLocation

  public init(
    seed: UInt64, episode: Int, object: String, reason: String, remedy: String, location: SourceLocation
  ) {
    self.seed = seed
    self.episode = episode
    self.object = object
    self.reason = reason
    self.remedy = remedy
    self.location = location
  }

  /// Where in the scene file, what is wrong, what to do.
  public var diagnostic: Diagnostic {
    Diagnostic(
      .error, at: location, "No room for object `\(object)` in episode \(episode) with seed \(seed): \(reason).",
      remedy: remedy)
  }

  public var description: String { diagnostic.description }
}
