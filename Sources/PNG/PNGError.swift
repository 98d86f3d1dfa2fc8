/// Why a picture could not be encoded or decoded.
public struct PNGError: Error, Sendable, Equatable, CustomStringConvertible {
  /// What is wrong; one sentence without a full stop. The caller knows the file.
  public var description: String

  public init(_ description: String) { self.description = description }
}
