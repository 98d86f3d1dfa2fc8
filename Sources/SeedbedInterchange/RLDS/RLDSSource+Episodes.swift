import Parquet
import SeedbedDatasets
import TFRecord

/// Reads an episode out of its record.
extension RLDSSource {
  func load(_ k: Int) throws(DatasetError) {
    try open(episodes[k].shard)
    if example?.episode == k { return }
    let data = episodes[k].data
    example = (k, try withFile(k) { file throws(TFRecordError) in try ExampleReader(file, data) })
  }

  func values(_ name: String, _ k: Int) throws(DatasetError) -> ExampleReader.Values? {
    guard let reader = example?.reader else { return nil }
    return try withFile(k) { file throws(TFRecordError) in try reader.values(name, file) }
  }

  private func damaged(_ k: Int, _ reason: String) -> DatasetError {
    DatasetError(.damaged, path: place(k), episode: k, reason)
  }

  func episode(_ k: Int) throws(DatasetError) -> EpisodeRecord {
    try load(k)
    var length: Int?
    for probe in ["is_first", "is_last"] where length == nil { length = try values("steps/" + probe, k)?.count }
    if length == nil, let first = columns.first {
      length = try values("steps/" + first.path, k).map { $0.count / first.feature.width }
    }
    guard let length, length > 0 else { throw damaged(k, "it has no steps") }
    var result: [FrameValues] = []
    for column in columns { result.append(try read(column.path, column.feature, length, k)) }
    var texts = [String](repeating: task, count: length)
    if let instruction { texts = try read(instruction, length, k) }
    let (tasks, places) = distinctTasks(texts)
    return EpisodeRecord(
      length: length, tasks: tasks, taskOfFrame: places, columns: result, tags: try tags(k))
  }

  private func read(
    _ path: String, _ feature: SourceFeature, _ length: Int, _ k: Int
  ) throws(DatasetError) -> FrameValues {
    let found = try values("steps/" + path, k)
    let wanted = length * feature.width
    guard let found, found.count == wanted else {
      throw damaged(k, "'\(path)' has \(found?.count ?? 0) values for \(length) steps of \(feature.width)")
    }
    switch (found, feature.dataType) {
    case (.floats(let v), "float32"), (.floats(let v), "float16"): return .float32(v)
    case (.floats(let v), "float64"): return .float64(v.map(Double.init))
    case (.integers(let v), "bool"): return .bool(v.map { $0 != 0 })
    case (.integers(let v), _) where feature.kind == .numbers && !feature.dataType.hasPrefix("float"):
      return .integer(v)
    case (.bytes, "string"): return .text(try read(path, length, k))
    default: throw damaged(k, "'\(path)' does not hold \(feature.dataType)")
    }
  }

  private func read(_ path: String, _ length: Int, _ k: Int) throws(DatasetError) -> [String] {
    guard case .bytes(let places)? = try values("steps/" + path, k), places.count == length else {
      throw damaged(k, "'\(path)' does not hold a text for each of \(length) steps")
    }
    guard places.allSatisfy({ $0.count <= 1 << 20 }) else { throw damaged(k, "'\(path)' holds a text of megabytes") }
    return try withFile(k) { file throws(TFRecordError) in
      try places.map { place throws(TFRecordError) in String(decoding: try file.read(place), as: UTF8.self) }
    }
  }

  private func tags(_ k: Int) throws(DatasetError) -> [EpisodeCell] {
    if isOurs {
      let text = try text("episode_metadata/tags", k)
      let json = try? JSONParser.parse(Array((text ?? "").utf8))
      guard let json else { throw damaged(k, "its 'tags' are no JSON") }
      return schema.tags.map { EpisodeCell(scalar: json[$0.name] ?? .null).converted(to: $0.type) }
    }
    var cells: [String: EpisodeCell] = [:]
    for leaf in metadata {
      let name = "episode_metadata/" + leaf.path
      switch try values(name, k) {
      case .floats(let v)?: cells[tag(leaf.path)] = v.first.map { .number(Double($0)) }
      case .integers(let v)?:
        cells[tag(leaf.path)] = v.first.map { leaf.kind == .tensor("bool") ? .bool($0 != 0) : .integer($0) }
      case .bytes?: cells[tag(leaf.path)] = try text(name, k).map(EpisodeCell.text)
      default: continue
      }
    }
    let split = splits[episodes[k].shard]
    if !split.isEmpty { cells[splitTag] = .text(split) }
    return schema.tags.map { (cells[$0.name] ?? .null).converted(to: $0.type) }
  }

  private func text(_ name: String, _ k: Int) throws(DatasetError) -> String? {
    guard case .bytes(let places)? = try values(name, k), let place = places.first, place.count <= 1 << 24 else {
      return nil
    }
    return try withFile(k) { file throws(TFRecordError) in String(decoding: try file.read(place), as: UTF8.self) }
  }

  func pictures(
    _ k: Int, camera: Int, _ body: (Int, FramePicture) throws(DatasetError) -> Void
  ) throws(DatasetError) {
    try load(k)
    guard case .bytes(let places)? = try values("steps/" + cameras[camera].path, k) else {
      throw damaged(k, "'\(cameras[camera].path)' holds no pictures")
    }
    for (row, place) in places.enumerated() {
      guard place.count <= 1 << 27 else { throw damaged(k, "a picture of \(place.count) bytes") }
      try body(row, .file(try withFile(k) { file throws(TFRecordError) in try file.read(place) }))
    }
  }
}
