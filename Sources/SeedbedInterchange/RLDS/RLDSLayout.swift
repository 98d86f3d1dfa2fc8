import Parquet
import SeedbedDatasets
import TFRecord

/// Which feature stands where in an RLDS episode, and what the folder says about it.
struct RLDSLayout {
  static let version = "1.0.0"

  private let plan: ExportPlan
  /// Lower case, as TensorFlow Datasets wants names.
  let name: String
  /// Each column's path inside a step; nil for those that RLDS's own steps say.
  let paths: [String?]
  let cameras: [Int]
  let hasOwnReward: Bool
  /// Tags that every episode has; the others stand in the text `tags` alone.
  private let tags: [Field]
  let document: FormatDocument

  init(_ plan: ExportPlan, _ remarks: inout Remarks) throws(DatasetError) {
    self.plan = plan
    guard let action = plan.action else {
      throw DatasetError(.invalid, path: plan.source.path, "it has no 'action', which RLDS needs. Give --action")
    }
    name = RLDSLayout.datasetName(plan.out)
    cameras = plan.colourCameras(&remarks)
    let columns = plan.schema.columns
    let reward = columns.firstIndex { $0.name == "next.reward" && $0.dataType == "float32" && $0.width == 1 }
    hasOwnReward = reward != nil
    paths = columns.enumerated().map { i, feature in
      switch i {
      case action: "action"
      case plan.state: "observation/state"
      case reward: "reward"
      default: feature.name.hasPrefix("observation.") ? "observation/" + feature.shortName : feature.name
      }
    }
    tags = plan.schema.tags.filter { $0.name != "tags" }
    var places: [String: String] = [:]
    for (feature, path) in zip(columns, paths) { places[feature.name] = path }
    for i in cameras {
      places[plan.schema.cameras[i].name] = "observation/" + SourceFeature.pictureKey(plan.cameraNames[i])
    }
    let all = Array(places.values)
    let own: Set = ["is_first", "is_last", "is_terminal", "discount", "language_instruction"]
    guard Set(all).count == all.count, own.isDisjoint(with: all), hasOwnReward || !all.contains("reward") else {
      throw DatasetError(.invalid, path: plan.source.path, "two features would take one place: \(all.sorted())")
    }
    document = FormatDocument(plan, places: places)
    if !hasOwnReward {
      remarks.note("there is no 'next.reward' of float32: rewards are 1 in the last step of a success and else 0")
    }
    if !tags.isEmpty {
      remarks.note("tags that are null read as 0, false or empty; 'episode_metadata/tags' says which are null")
    }
    if plan.options.imageFormat == .jpeg {
      remarks.warn("pictures are JPEG files: not the same pixels as the source's")
    }
  }

  private static func datasetName(_ out: String) -> String {
    let last = out.split(separator: "/").last.map(String.init) ?? "dataset"
    let name = String(last.lowercased().map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" })
    return name.first?.isLetter == true ? name : "d_" + name
  }

  func picturePath(_ camera: Int) -> String { "observation/" + SourceFeature.pictureKey(plan.cameraNames[camera]) }

  func shardName(_ i: Int, of count: Int) -> String {
    func padded(_ n: Int) -> String { String(repeating: "0", count: max(0, 5 - "\(n)".count)) + "\(n)" }
    return "\(name)-train.tfrecord-\(padded(i))-of-\(padded(count))"
  }

  /// Adds a tag, of null a value that stands for it.
  func add(_ tag: Field, _ cell: EpisodeCell, to example: inout ExampleWriter) {
    guard tags.contains(tag) else { return }
    let key = "episode_metadata/" + tag.name
    switch (tag.type, cell) {
    case (.bool, .bool(let value)): example.integers(key, [value ? 1 : 0])
    case (.int64, .integer(let value)): example.integers(key, [value])
    case (.double, .number(let value)): example.floats(key, [Float(value)])
    case (.string, .null): example.texts(key, [""])
    case (.string, _): example.texts(key, [cell.text])
    case (.double, _): example.floats(key, [0])
    default: example.integers(key, [0])
    }
  }
}

// MARK: What TensorFlow Datasets reads

extension RLDSLayout {
  private static let core = "tensorflow_datasets.core.features."

  private static func shape(_ extents: [Int]) -> JSONValue {
    extents.isEmpty
      ? .object([]) : .object([.init("dimensions", .strings(extents.map(String.init)))])
  }

  private static func tensor(_ type: String, _ extents: [Int]) -> JSONValue {
    .object([
      .init("pythonClassName", .string(core + (extents.isEmpty ? "scalar.Scalar" : "tensor_feature.Tensor"))),
      .init(
        "tensor",
        .object([.init("shape", shape(extents)), .init("dtype", .string(type)), .init("encoding", .string("none"))])),
    ])
  }

  private static let text = JSONValue.object([
    .init("pythonClassName", .string(core + "text_feature.Text")), .init("text", .object([])),
  ])

  private func image(_ camera: SourceFeature) -> JSONValue {
    let extents = camera.picture.map { [$0.height, $0.width, 3] } ?? []
    return .object([
      .init("pythonClassName", .string(RLDSLayout.core + "image_feature.Image")),
      .init(
        "image",
        .object([
          .init("shape", RLDSLayout.shape(extents)), .init("dtype", .string("uint8")),
          .init("encodingFormat", .string(plan.options.imageFormat.rawValue)),
        ])),
    ])
  }

  private static func dictionary(_ members: [JSONValue.Member]) -> JSONValue {
    .object([
      .init("pythonClassName", .string(core + "features_dict.FeaturesDict")),
      .init("featuresDict", .object([.init("features", .object(members.sorted { $0.name < $1.name }))])),
    ])
  }

  private func column(_ feature: SourceFeature) -> JSONValue {
    feature.kind == .texts
      ? RLDSLayout.text : RLDSLayout.tensor(feature.dataType, feature.shape == [1] ? [] : feature.shape)
  }

  var featuresJSON: JSONValue {
    var steps: [JSONValue.Member] = [], observation: [JSONValue.Member] = []
    for (feature, path) in zip(plan.schema.columns, paths) {
      guard let path else { continue }
      if path.hasPrefix("observation/") {
        observation.append(.init(String(path.dropFirst("observation/".count)), column(feature)))
      } else {
        steps.append(.init(path, column(feature)))
      }
    }
    for i in cameras {
      observation.append(
        .init(SourceFeature.pictureKey(plan.cameraNames[i]), image(plan.schema.cameras[i])))
    }
    for flag in ["is_first", "is_last", "is_terminal"] { steps.append(.init(flag, RLDSLayout.tensor("bool", []))) }
    steps.append(.init("discount", RLDSLayout.tensor("float32", [])))
    if !hasOwnReward { steps.append(.init("reward", RLDSLayout.tensor("float32", []))) }
    steps.append(.init("language_instruction", RLDSLayout.text))
    steps.append(.init("observation", RLDSLayout.dictionary(observation)))
    let metadata = tags.map { tag in
      JSONValue.Member(
        tag.name,
        tag.type == .string
          ? RLDSLayout.text
          : RLDSLayout.tensor(tag.type == .bool ? "bool" : tag.type == .int64 ? "int64" : "float32", []))
    }
    return RLDSLayout.dictionary([
      .init("episode_metadata", RLDSLayout.dictionary(metadata + [.init("tags", RLDSLayout.text)])),
      .init(
        "steps",
        .object([
          .init("pythonClassName", .string(RLDSLayout.core + "dataset_feature.Dataset")),
          .init(
            "sequence",
            .object([.init("feature", RLDSLayout.dictionary(steps)), .init("length", .string("-1"))])),
        ])),
    ])
  }

  func infoJSON(_ shards: [(episodes: Int, bytes: Int)]) -> JSONValue {
    .object([
      .init("name", .string(name)),
      .init("version", .string(RLDSLayout.version)),
      .init("description", .string("Episodes of a robot, \(plan.framesPerSecond) steps a second.")),
      .init("fileFormat", .string("tfrecord")),
      .init("moduleName", .string("seedbed")),
      .init(
        "splits",
        .array([
          .object([
            .init("name", .string("train")),
            .init("numBytes", .string("\(shards.reduce(0) { $0 + $1.bytes })")),
            .init("shardLengths", .strings(shards.map { "\($0.episodes)" })),
            .init("filepathTemplate", .string("{DATASET}-{SPLIT}.{FILEFORMAT}-{SHARD_X_OF_Y}")),
          ])
        ])),
    ])
  }
}
