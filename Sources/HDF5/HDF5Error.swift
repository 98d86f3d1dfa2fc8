/// Why an HDF5 file could not be read or written, and where.
public struct HDF5Error: Error, Sendable, Equatable, CustomStringConvertible {
  public enum Kind: Sendable, Equatable {
    /// The operating system refused: no such file, no space.
    case io
    /// A file that is no HDF5, is cut off or contradicts itself.
    case damaged
    /// Well formed, but of a sort that this module does not read.
    case unsupported
    /// A call that makes no sense: values that do not fit a shape.
    case misuse
  }

  public var kind: Kind
  /// The file.
  public var path: String
  /// The group, dataset or attribute inside the file, where there is one.
  public var object: String?
  /// What is wrong; one sentence without a full stop.
  public var reason: String

  init(_ kind: Kind, _ path: String, _ object: String? = nil, _ reason: String) {
    self.kind = kind
    self.path = path
    self.object = object
    self.reason = reason
  }

  public var description: String { path + (object.map { ", '\($0)'" } ?? "") + ": " + reason }
}
