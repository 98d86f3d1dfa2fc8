import MCAP
import Parquet
import SeedbedDatasets
import Video

/// Episodes in MCAP files, one each: ours, or recordings of joints' states and cameras.
final class MCAPSource: EpisodeSource {
  let path: String
  private(set) var schema = EpisodeSchema(framesPerSecond: nil, robotType: nil, features: [])
  private(set) var remarks = Remarks()
  private let files: [MCAPRecording]
  private let isOurs: Bool
  private var columns: [MCAPColumn] = []
  private var cameras: [(topic: String, feature: SourceFeature)] = []
  private let task: String
  /// Of the episode that was read last: the grid of frames that cameras follow, and their codings.
  private var grid: (episode: Int, times: MCAPGrid)?

  init(path: String, files: [String], _ options: ExportOptions) throws(DatasetError) {
    self.path = path
    self.files = files.sorted { ($0.trailingNumber, $0) < ($1.trailingNumber, $1) }.map(MCAPRecording.init)
    task = options.task ?? path.baseName
    guard let first = self.files.first else { throw DatasetError(.invalid, path: path, "it holds no recording") }
    let heads = try first.heads()
    if let text = heads.metadata["seedbed"]?["document"] {
      isOurs = true
      try take(try FormatDocument(Array(text.utf8), path: first.path))
    } else {
      isOurs = false
      let survey = try MCAPSurvey(first, heads.channels, options, &remarks)
      columns = survey.columns
      cameras = survey.cameras
      schema.framesPerSecond = options.framesPerSecond ?? survey.framesPerSecond
      schema.features = columns.map(\.feature) + cameras.map(\.feature)
      if options.task == nil { remarks.note("the source names no task; '\(task)' stands for it. --task gives another") }
      remarks.note(
        "each frame holds what was recorded last before its time, \(schema.framesPerSecond ?? 0) frames a second from when "
          + "all topics have begun until the first ends")
    }
  }

  var count: Int { files.count }

  private func take(_ document: FormatDocument) throws(DatasetError) {
    schema.framesPerSecond = document.framesPerSecond
    schema.robotType = document.robotType
    schema.tags = document.tags
    for feature in document.features {
      guard let place = document.places[feature.name] else { continue }
      if feature.kind == .video || feature.kind == .pictures {
        cameras.append((place, feature.kind == .video ? feature : feature.asVideo))
        schema.features.append(cameras[cameras.count - 1].feature)
      } else {
        columns.append(MCAPColumn(place: place, feature: feature))
        schema.features.append(feature)
      }
    }
  }

  func episode(_ k: Int) throws(DatasetError) -> EpisodeRecord {
    var tracks = columns.map { _ in MCAPTrack() }
    var instructions: [(time: UInt64, text: String)] = []
    var spans: [String: MCAPGrid.Span] = [:]
    let topics = Set(columns.map(\.topic) + cameras.map(\.topic) + ["/task"])
    let heads = try files[k].scan(k, wanted: topics) { topic, time, content throws(DatasetError) in
      if case .text(let text) = content, topic == "/task" {
        instructions.append((time, text))
        return
      }
      spans[topic, default: MCAPGrid.Span()].add(time)
      for (i, column) in columns.enumerated() where column.topic == topic {
        guard tracks[i].add(content, column, time) else {
          throw DatasetError(
            .damaged, path: files[k].path, episode: k,
            "a message of '\(topic)' does not hold the \(column.feature.width) values of the others")
        }
      }
    }
    let missing = (columns.map(\.topic) + cameras.map(\.topic)).filter { spans[$0] == nil }
    guard missing.isEmpty, let rate = schema.framesPerSecond else {
      throw DatasetError(.damaged, path: files[k].path, episode: k, "it has no message of \(Set(missing).sorted())")
    }
    let times = try grid(k, spans, rate)
    grid = (k, times)
    var values: [FrameValues] = []
    for (track, column) in zip(tracks, columns) {
      guard let chosen = track.values(times, column.feature) else {
        throw DatasetError(
          .damaged, path: files[k].path, episode: k, "'\(column.topic)' does not hold \(column.feature.dataType)")
      }
      values.append(chosen)
    }
    let texts = times.frames.map { time in
      instructions.last { $0.time <= time }?.text ?? instructions.first?.text ?? task
    }
    var tasks: [String] = []
    let places = texts.map { text in
      if let place = tasks.firstIndex(of: text) { return place }
      tasks.append(text)
      return tasks.count - 1
    }
    return EpisodeRecord(
      length: times.frames.count, tasks: tasks, taskOfFrame: tasks.count > 1 ? places : nil, columns: values,
      tags: tags(heads.metadata["episode"] ?? [:]))
  }

  private func tags(_ metadata: [String: String]) -> [EpisodeCell] {
    schema.tags.map { tag in
      guard let text = metadata["tag:" + tag.name] else { return .null }
      switch tag.type {
      case .string: return .text(text)
      default:
        let json = try? JSONParser.parse(Array(text.utf8))
        return EpisodeCell(scalar: json ?? .null).converted(to: tag.type)
      }
    }
  }

  private func grid(_ k: Int, _ spans: [String: MCAPGrid.Span], _ rate: Double) throws(DatasetError) -> MCAPGrid {
    if isOurs {
      let lengths = Set(spans.values.map(\.count))
      guard lengths.count == 1, let length = lengths.first, length > 0 else {
        throw DatasetError(.damaged, path: files[k].path, episode: k, "its topics hold \(lengths.sorted()) messages")
      }
      return MCAPGrid(exact: length, rate)
    }
    guard let grid = MCAPGrid(Array(spans.values), rate) else {
      throw DatasetError(.unsupported, path: files[k].path, episode: k, "its topics have no time in common")
    }
    return grid
  }

  // MARK: Pictures

  private func grid(_ k: Int) throws(DatasetError) -> MCAPGrid {
    if let grid, grid.episode == k { return grid.times }
    _ = try episode(k)
    return grid?.times ?? MCAPGrid(exact: 0, 1)
  }

  func pictures(
    _ k: Int, camera: Int, _ body: (Int, FramePicture) throws(DatasetError) -> Void
  ) throws(DatasetError) {
    var walker = MCAPPictureWalker(try grid(k), cameras[camera].feature.picture)
    try files[k].scan(k, wanted: [cameras[camera].topic]) { _, time, content throws(DatasetError) in
      try walker.take(content, time, files[k].path, body)
    }
    try walker.finish(files[k].path, body)
  }

  func packets(_ k: Int, camera: Int) throws(DatasetError) -> EpisodeVideo? {
    guard isOurs, let rate = schema.framesPerSecond, rate == rate.rounded() else { return nil }
    let topic = cameras[camera].topic
    var pictures: [[UInt8]] = []
    var codec: String?
    let heads = try files[k].scan(k, wanted: [topic]) { _, _, content throws(DatasetError) in
      guard case .video(let bytes, let name) = content else { return }
      pictures.append(bytes)
      codec = name
    }
    let coding = heads.channels.first { $0.topic == topic }?.metadata ?? [:]
    guard let codec, let width = coding["width"].flatMap({ Int($0) }),
      let height = coding["height"].flatMap({ Int($0) }),
      let clip = EncodedClip(
        stream: pictures, codec: codec, pixelFormat: coding["pixel_format"] ?? "yuv420p", width: width, height: height,
        framesPerSecond: Int(rate), configuration: coding["configuration"].flatMap { [UInt8](hexadecimal: $0) })
    else { return nil }
    return .clip(clip)
  }
}

extension SourceFeature {
  /// A camera of stored pictures as one with a movie.
  var asVideo: SourceFeature { .video(name, height: picture?.height ?? 0, width: picture?.width ?? 0) }
}

extension [UInt8] {
  init?(hexadecimal text: String) {
    let digits = text.compactMap(\.hexDigitValue)
    guard digits.count == text.count, digits.count % 2 == 0 else { return nil }
    self = stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
  }
}
