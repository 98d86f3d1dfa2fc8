public import Diagnostics

/// An episode that cannot be drawn: there is no room for an object, or a drawn direction has no length.
public struct SamplingError: Error, Sendable, Equatable, CustomStringConvertible {
  public var seed: UInt64
  public var episode: Int
  /// Where in the scene file, what is wrong, what to do.
  public var diagnostic: Diagnostic

  public init(seed: UInt64, episode: Int, diagnostic: Diagnostic) {
    self.seed = seed
    self.episode = episode
    self.diagnostic = diagnostic
  }

  public var description: String { diagnostic.description }
}
