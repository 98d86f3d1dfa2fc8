/// A plot as a PNG file.
public struct Plot: Sendable, Equatable {
  /// `coverage-1.png`.
  public var name: String
  public var png: [UInt8]

  public init(name: String, png: [UInt8]) {
    self.name = name
    self.png = png
  }
}
