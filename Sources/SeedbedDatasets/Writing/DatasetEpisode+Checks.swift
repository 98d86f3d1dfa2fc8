import SeedbedEpisodes

extension DatasetEpisode {
  /// The first thing that keeps the episode out of a dataset of this schema; nil where all is well.
  package func problem(in schema: DatasetSchema) -> String? {
    if length < 1 || length > Int(Int32.max) { return "it has \(length) frames" }
    if tasks.isEmpty || Set(tasks).count < tasks.count { return "it has no task, or one of them twice" }
    if let taskOfFrame {
      guard taskOfFrame.count == length, taskOfFrame.allSatisfy(tasks.indices.contains) else {
        return "its frames' tasks are not \(length) of its \(tasks.count)"
      }
      if Set(taskOfFrame).count < tasks.count { return "no frame has one of its tasks" }
    } else if tasks.count > 1 {
      return "it has \(tasks.count) tasks, and nobody says which frame has which"
    }
    if columns.count != schema.columns.count || videos.count != schema.cameras.count {
      return
        "it has \(columns.count) columns and \(videos.count) clips for \(schema.columns.count) and \(schema.cameras.count)"
    }
    for (feature, values) in zip(schema.columns, columns) {
      if let problem = values.problem(feature, length: length) { return "'\(feature.name)' " + problem }
    }
    for (feature, video) in zip(schema.cameras, videos) where video.count != length {
      return "'\(feature.name)' has \(video.count) pictures for \(length) frames"
    }
    if cells.count != schema.episodeFields.count {
      return "it has \(cells.count) values for \(schema.episodeFields.count) columns of its row"
    }
    return nil
  }
}

extension FrameValues {
  fileprivate func problem(_ feature: SourceFeature, length: Int) -> String? {
    let width = feature.kind == .pictures ? 1 : feature.width
    if count != length * width { return "has \(count) values for \(length) frames of \(width)" }
    if !holds(feature.dataType) { return "holds \(parquetType), the schema says \(feature.dataType)" }
    if let at = firstBeyond(feature.dataType) {
      return "has a number in frame \(at / width), dimension \(at % width), that is no \(feature.dataType)"
    }
    if let at = firstNonFinite {
      return "is not a finite number in frame \(at / width), dimension \(at % width)"
    }
    return nil
  }

  /// Are the values of the sort that memory holds a type in?
  private func holds(_ type: String) -> Bool {
    switch self {
    case .float32: ["float32", "float16"].contains(type)
    case .integer: type.hasPrefix("int") || type.hasPrefix("uint")
    default: parquetType == type
    }
  }

  /// The first number that a type does not hold; nil where there is none.
  private func firstBeyond(_ type: String) -> Int? {
    switch self {
    case .float32(let v) where type == "float16":
      return v.firstIndex { $0.isFinite && abs($0) > Float(Float16.greatestFiniteMagnitude) }
    case .integer(let v) where type != "int64" && type != "uint64":
      let isSigned = type.hasPrefix("int")
      guard let bits = Int(type.filter(\.isNumber)) else { return nil }
      let least: Int64 = isSigned ? -(1 << (bits - 1)) : 0
      let most: Int64 = (1 << (isSigned ? bits - 1 : bits)) - 1
      return v.firstIndex { $0 < least || $0 > most }
    default: return nil
    }
  }

  private var parquetType: String {
    switch self {
    case .float32: "float32"
    case .float64: "float64"
    case .integer: "int64"
    case .bool: "bool"
    case .text: "string"
    case .pictures: "image"
    }
  }
}
