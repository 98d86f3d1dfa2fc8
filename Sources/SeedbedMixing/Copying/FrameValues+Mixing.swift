import SeedbedDatasets

extension FrameValues {
  /// Dimensions in another order.
  func reordered(_ order: [Int]) -> FrameValues {
    func pick<T>(_ values: [T]) -> [T] {
      stride(from: 0, to: values.count, by: order.count).flatMap { start in order.map { values[start + $0] } }
    }
    return switch self {
    case .float32(let v): .float32(pick(v))
    case .float64(let v): .float64(pick(v))
    case .integer(let v): .integer(pick(v))
    case .bool(let v): .bool(pick(v))
    case .text(let v): .text(pick(v))
    case .pictures: self
    }
  }

  /// The same values in a type that holds them all.
  func widened(to type: String) -> FrameValues {
    switch (self, type) {
    case (.float32(let v), "float64"): .float64(v.map(Double.init))
    case (.integer(let v), "float64"): .float64(v.map(Double.init))
    case (.bool(let v), "float64"): .float64(v.map { $0 ? 1 : 0 })
    case (.bool(let v), "int64"): .integer(v.map { $0 ? 1 : 0 })
    default: self
    }
  }

  /// The same values in every frame.
  static func filled(_ fill: FeaturePlan.Fill, _ feature: SourceFeature, frames: Int) -> FrameValues {
    func repeated<T>(_ values: [T]) -> [T] { (0..<frames).flatMap { _ in values } }
    switch fill {
    case .text(let text): return .text(repeated([text]))
    case .black: return .pictures([])
    case .numbers(let numbers):
      return switch feature.dataType {
      case "float32": .float32(repeated(numbers.map { Float($0) }))
      case "bool": .bool(repeated(numbers.map { $0 != 0 }))
      case "int64": .integer(repeated(numbers.map { Int64($0) }))
      default: .float64(repeated(numbers))
      }
    }
  }
}
