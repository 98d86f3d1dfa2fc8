/// Why no world can be built: everything that is wrong with the numbers, one sentence each.
public struct WorldError: Error, Sendable, Equatable, CustomStringConvertible {
  public var problems: [String]

  public init(_ problems: [String]) { self.problems = problems }

  public var description: String { problems.joined(separator: "\n") }
}
