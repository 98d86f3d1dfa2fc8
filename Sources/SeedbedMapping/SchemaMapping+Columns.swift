public import SeedbedEpisodes
public import SeedbedGeometry

extension SchemaMapping {
  /// An episode's columns in the real schema's order.
  ///
  /// - Parameters:
  ///   - own: The simulation's features and their columns.
  ///   - task: The episode's instruction.
  ///   - forward: The pose of the tool centre point in the robot's base frame of the arm's joint values.
  public func columns(
    _ schema: RealSchema, own features: [Feature], _ columns: [Column], frames: Int, task: String,
    forward: ([Double]) -> Pose
  ) -> [Column] {
    let values = SignalValues(
      features: features, columns: columns, frames: frames, framesPerSecond: schema.framesPerSecond,
      needsPoses: needsPoses, forward: forward)
    return zip(schema.numbers, self.features).map { feature, sources in
      if case .text(let text) = sources.first { return .text([String](repeating: text ?? task, count: frames)) }
      var numbers: [Double] = []
      numbers.reserveCapacity(frames * sources.count)
      for frame in 0..<frames {
        for source in sources { numbers.append(source.value(values, frame)) }
      }
      return Column(numbers, as: feature.dataType)
    }
  }
}

extension SchemaMapping.Source {
  func value(_ values: SignalValues, _ frame: Int) -> Double {
    switch self {
    case .fill(let value): return value
    case .text: return 0
    case .signal(let signal, _, let scale, let offset, let bounds):
      let value = scale * values.value(signal, frame) + offset
      return bounds.map { max($0.lowerBound, min($0.upperBound, value)) } ?? value
    }
  }
}

extension Column {
  /// Whole numbers are rounded; what is at least a half is true.
  init(_ numbers: [Double], as type: Feature.DataType) {
    switch type {
    case .float32: self = .float32(numbers.map { Float($0) })
    case .float64: self = .float64(numbers)
    case .int64: self = .int64(numbers.map { Int64(max(-9e18, min(9e18, $0.isNaN ? 0 : $0.rounded()))) })
    case .bool: self = .bool(numbers.map { $0 >= 0.5 })
    case .string: self = .text(numbers.map { "\($0)" })
    }
  }
}
