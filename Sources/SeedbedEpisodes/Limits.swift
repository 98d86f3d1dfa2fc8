/// Smallest and largest number that makes a difference; nil: there is no such bound.
public struct Limits: Sendable, Codable, Equatable {
  public var lower: Double?, upper: Double?

  public init(_ lower: Double?, _ upper: Double?) {
    self.lower = lower
    self.upper = upper
  }
}
