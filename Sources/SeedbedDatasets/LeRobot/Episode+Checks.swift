import SeedbedEpisodes
import Video

extension Episode {
  /// The first thing that keeps the episode out of a dataset of this schema; nil where all is well.
  ///
  /// - Parameter axes: All paths that a draw may have.
  func problem(in schema: FeatureSchema, index: Int, axes: Set<String>) -> String? {
    if self.index != index { return "it has number \(self.index) where \(index) is next" }
    if length < 1 { return "it has \(length) frames" }
    if task.isEmpty || task.hasControlCharacters { return "its task '\(task)' is no line of text" }
    if columns.count != schema.features.count {
      return "it has \(columns.count) columns for \(schema.features.count) features"
    }
    for (feature, column) in zip(schema.features, columns) {
      if let problem = column.problem(feature: feature, length: length) { return problem }
    }
    return pictureProblem(schema) ?? provenance.problem(length: length, axes: axes)
  }

  private func pictureProblem(_ schema: FeatureSchema) -> String? {
    if clips.count != schema.cameras.count || imageStatistics.count != schema.cameras.count {
      return "it has \(clips.count) clips and \(imageStatistics.count) statistics for \(schema.cameras.count) cameras"
    }
    for (camera, (clip, statistics)) in zip(schema.cameras, zip(clips, imageStatistics)) {
      if clip.packets.count != length {
        return "'\(camera.key)' has \(clip.packets.count) pictures for \(length) frames"
      }
      if clip.width != camera.width || clip.height != camera.height {
        return "'\(camera.key)' is \(clip.width)x\(clip.height), the schema says \(camera.width)x\(camera.height)"
      }
      if clip.framesPerSecond != schema.framesPerSecond {
        return "'\(camera.key)' runs at \(clip.framesPerSecond) frames a second, not \(schema.framesPerSecond)"
      }
      if clip.packets.first?.isKeyframe != true { return "'\(camera.key)' does not begin with a keyframe" }
      let all = FeatureStatistics(statistics)
      for (name, values) in all.named where values.count != 3 || values.contains(where: { !$0.isFinite }) {
        return "the statistics (\(name)) of '\(camera.key)' are not three numbers"
      }
      if all.count < 1 { return "the statistics of '\(camera.key)' are of no picture" }
    }
    return nil
  }
}

extension Column {
  fileprivate func problem(feature: Feature, length: Int) -> String? {
    let type: Feature.DataType =
      switch self {
      case .float32: .float32
      case .float64: .float64
      case .int64: .int64
      case .bool: .bool
      case .text: .string
      }
    if type != feature.dataType {
      return "'\(feature.name)' holds \(type.rawValue), the schema says \(feature.dataType.rawValue)"
    }
    if count != length * feature.width {
      return "'\(feature.name)' has \(count) numbers for \(length) frames of \(feature.width)"
    }
    func problem<T: BinaryFloatingPoint>(_ values: [T]) -> String? {
      values.firstIndex { !$0.isFinite }.map { at in
        "frame \(at / feature.width): '\(feature.name)' "
          + "[\(feature.dimensions[at % feature.width].name)] is \(values[at]), not a finite number"
      }
    }
    switch self {
    case .float32(let values): return problem(values)
    case .float64(let values): return problem(values)
    case .int64, .bool, .text: return nil
    }
  }
}

extension Provenance {
  fileprivate func problem(length: Int, axes: Set<String>) -> String? {
    for (name, text) in [
      ("origin", origin), ("scene hash", sceneSHA256), ("generator", generator), ("state hash", stateHash),
      ("failure cause", failureCause), ("list of failed gates", gatesFailed),
    ] where text.isEmpty || text.hasControlCharacters {
      return "its \(name) '\(text)' is no line of text"
    }
    if instanceJSON.isEmpty || instanceJSON.contains(10) { return "its instance is empty or has several lines" }
    if episode < 0 { return "its number in the run is \(episode)" }
    if lcpMessages < -1 { return "its number of solver failures is \(lcpMessages)" }
    if !(-1..<length).contains(failureFrame) { return "its failing frame \(failureFrame) is not one of its \(length)" }
    for (draw, next) in zip(draws, draws.dropFirst()) where !(draw.path < next.path) {
      return "its draws '\(draw.path)' and '\(next.path)' are not in order"
    }
    for draw in draws {
      if !axes.contains(draw.path) { return "its draw '\(draw.path)' is not an axis of the scene" }
      if !draw.value.isFinite { return "its draw '\(draw.path)' is \(draw.value)" }
    }
    return nil
  }
}
