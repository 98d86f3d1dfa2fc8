import HDF5
import SeedbedDatasets

/// A dataset of an episode in an HDF5 file, and the feature that it becomes.
struct HDF5Leaf: Sendable {
  enum Storage: Sendable, Equatable {
    /// Numbers or texts, a row a frame.
    case values
    /// frames x height x width x 3 bytes.
    case rgb
    /// A PNG or JPEG file a row, with zeros behind it.
    case files
  }

  /// Inside the episode's group, "obs/state".
  var path: String
  var feature: SourceFeature
  var storage: Storage

  /// Pixels a side that are taken at most.
  private static let longestSide = 8192

  /// What a dataset becomes as a feature of a name.
  ///
  /// - Returns: The reason where it becomes none.
  static func make(
    _ dataset: borrowing HDF5Dataset, path: String, name: String, camera: String, frames: Int
  ) throws(DatasetError) -> Result<HDF5Leaf, Obstacle> {
    let shape = dataset.shape
    guard shape.first == frames else {
      return .failure(.init(reason: "its shape is \(shape), not a row for each of \(frames) frames"))
    }
    switch (dataset.element, shape.count) {
    case (.uint8, 4) where shape[3] == 3:
      guard shape[1...2].allSatisfy({ (1...longestSide).contains($0) }) else {
        return .failure(.init(reason: "pictures of \(shape[2])x\(shape[1]) are too large"))
      }
      return .success(
        HDF5Leaf(path: path, feature: .video(camera, height: shape[1], width: shape[2]), storage: .rgb))
    case (.uint8, 4): return .failure(.init(reason: "pictures with \(shape[3]) channels are not read, only with 3"))
    case (.uint8, 2) where shape[1] > 512, (.fixedText, 1), (.bytes, 1):
      guard let size = try pictureSize(dataset, frames: frames) else { break }
      return .success(
        HDF5Leaf(path: path, feature: .video(camera, height: size.height, width: size.width), storage: .files))
    default: break
    }
    guard shape.count <= 3, shape.dropFirst().reduce(1, *) <= 1 << 16, dataset.rowWidth >= 1 else {
      return .failure(.init(reason: "values of shape \(shape) are neither pictures in colour nor a vector"))
    }
    let type: String
    switch dataset.element {
    case .float32, .float64: type = "float32"
    case .float16: type = "float16"
    case .integer(let bytes, let isSigned): type = (isSigned ? "int" : "uint") + "\(8 * bytes)"
    case .bool: type = "bool"
    case .text, .fixedText: type = "string"
    case .other, .bytes: return .failure(.init(reason: "values of its type are not read"))
    }
    // Matrices break LeRobot's own tools.
    return .success(
      HDF5Leaf(path: path, feature: .values(name, type, shape: [dataset.rowWidth]), storage: .values))
  }

  struct Obstacle: Error { var reason: String }

  /// The size of the first picture; nil where the rows are no files.
  private static func pictureSize(
    _ dataset: borrowing HDF5Dataset, frames: Int
  ) throws(DatasetError) -> (width: Int, height: Int)? {
    guard frames > 0, let bytes = try file(dataset, 0),
      bytes.starts(with: [0xFF, 0xD8]) || bytes.starts(with: [0x89, 0x50])
    else { return nil }
    do throws(DatasetError) {
      return try FramePicture.size(bytes, subject: dataset.file)
    } catch {
      throw DatasetError(
        error.kind, path: dataset.file,
        "the first picture of '\(dataset.path)' cannot be read: \(error.reason). Restore it")
    }
  }

  /// A row's file without the zeros behind it.
  static func file(_ dataset: borrowing HDF5Dataset, _ row: Int) throws(DatasetError) -> [UInt8]? {
    let values: HDF5Values
    do throws(HDF5Error) { values = try dataset.read(rows: row..<row + 1) } catch { throw DatasetError(error) }
    switch values {
    case .byte(let bytes): return Array(bytes[..<(bytes.lastIndex { $0 != 0 }.map { $0 + 1 } ?? 0)])
    case .text(let texts): return texts.first
    default: return nil
    }
  }
}

extension FrameValues {
  /// Stored values as a feature's type.
  ///
  /// - Returns: nil where they are of another sort.
  init?(_ values: HDF5Values, as feature: SourceFeature) {
    // Memory has no numbers of 16 bits.
    switch (values, feature.dataType == "float16" ? "float32" : feature.dataType) {
    case (.float(let v), "float32"): self = .float32(v)
    case (.double(let v), "float32"): self = .float32(v.map { Float($0) })
    case (.float(let v), "float64"): self = .float64(v.map(Double.init))
    case (.double(let v), "float64"): self = .float64(v)
    case (.bool(let v), "bool"): self = .bool(v)
    case (.text(let v), "string"): self = .text(v.map { String(decoding: $0, as: UTF8.self) })
    case (_, "float32"): self = .float32((values.doubles ?? []).map { Float($0) })
    case (.integer(let v), "bool"): self = .bool(v.map { $0 != 0 })
    case (.byte(let v), "bool"): self = .bool(v.map { $0 != 0 })
    case (.float(let v), "bool"): self = .bool(v.map { $0 != 0 })
    case (.double(let v), "bool"): self = .bool(v.map { $0 != 0 })
    case (.integer(let v), _) where feature.kind == .numbers: self = .integer(v)
    case (.byte(let v), _) where feature.kind == .numbers: self = .integer(v.map(Int64.init))
    default: return nil
    }
  }
}
