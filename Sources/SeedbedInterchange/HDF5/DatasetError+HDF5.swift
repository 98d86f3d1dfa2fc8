import HDF5
import SeedbedDatasets

extension DatasetError {
  init(_ error: HDF5Error, episode: Int? = nil) {
    let kind: Kind =
      switch error.kind {
      case .io: .io
      case .damaged: .damaged
      case .unsupported: .unsupported
      case .misuse: .invalid
      }
    self.init(kind, path: error.path, episode: episode, (error.object.map { "'\($0)' " } ?? "") + error.reason)
  }
}

/// Runs calls of the HDF5 module with errors of this one.
func hdf5<T: ~Copyable>(
  episode: Int? = nil, _ body: () throws(HDF5Error) -> T
) throws(DatasetError) -> T {
  do throws(HDF5Error) { return try body() } catch { throw DatasetError(error, episode: episode) }
}

extension FrameValues {
  /// The values, and the type that the feature declares.
  func hdf5(_ feature: SourceFeature) -> (values: HDF5Values, element: HDF5Element) {
    switch self {
    case .float32(let v): (.float(v), .float32)
    case .float64(let v): (.double(v), .float64)
    case .bool(let v): (.bool(v), .bool)
    case .text(let v): (.text(v.map { Array($0.utf8) }), .text)
    case .pictures: (.text([]), .text)
    case .integer(let v):
      (
        .integer(v),
        .integer(
          bytes: ["8": 1, "16": 2, "32": 4][feature.dataType.filter(\.isNumber)] ?? 8,
          isSigned: !feature.dataType.hasPrefix("u"))
      )
    }
  }

  /// The values one frame later, the last one twice.
  func advanced(width: Int) -> FrameValues {
    func later<T>(_ v: [T]) -> [T] { Array(v.dropFirst(width) + v.suffix(width)) }
    return switch self {
    case .float32(let v): .float32(later(v))
    case .float64(let v): .float64(later(v))
    case .integer(let v): .integer(later(v))
    case .bool(let v): .bool(later(v))
    case .text(let v): .text(later(v))
    case .pictures(let v): .pictures(later(v))
    }
  }

  /// As doubles; empty for texts and pictures.
  var doubles: [Double] {
    switch self {
    case .float32(let v): v.map(Double.init)
    case .float64(let v): v
    case .integer(let v): v.map(Double.init)
    case .bool(let v): v.map { $0 ? 1 : 0 }
    case .text, .pictures: []
    }
  }
}

extension EpisodeCell {
  /// As an attribute; nil for null.
  var hdf5: HDF5Values? {
    switch self {
    case .null: nil
    case .bool(let value): .bool([value])
    case .integer(let value): .integer([value])
    case .number(let value): .double([value])
    case .text, .list: .string(text)
    }
  }
}
