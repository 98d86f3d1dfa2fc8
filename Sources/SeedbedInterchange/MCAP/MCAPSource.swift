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
  /// The statistics that came with the packets that were read last.
  private var claim: (episode: Int, camera: Int, text: String)?
  /// Of the episode that was read last: the grid of frames that cameras follow, and when the messages of each camera's topic
  /// were recorded, in the file's order.
  private var clock: (episode: Int, grid: MCAPGrid, cameras: [String: [UInt64]])?

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
  func place(_ k: Int) -> String { files[k].path }

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
    let path = files[k].path
    var tracks = columns.map(MCAPTrack.init)
    var instructions: [(time: UInt64, text: String)] = []
    var pictures: [String: [UInt64]] = [:]
    let shown = Set(cameras.map(\.topic))
    let topics = shown.union(columns.map(\.topic) + ["/task"])
    let heads = try files[k].scan(k, wanted: topics) { topic, time, content throws(DatasetError) in
      if case .text(let text) = content, topic == "/task" {
        instructions.append((time, text))
        return
      }
      if shown.contains(topic) { pictures[topic, default: []].append(time) }
      for i in tracks.indices where columns[i].topic == topic {
        if let problem = tracks[i].add(content, time) {
          throw DatasetError(.damaged, path: path, episode: k, "a message of '\(topic)' \(problem)")
        }
      }
    }
    let missing = tracks.filter(\.times.isEmpty).map(\.column.topic) + shown.filter { pictures[$0] == nil }
    guard missing.isEmpty, let rate = schema.framesPerSecond else {
      throw DatasetError(.damaged, path: path, episode: k, "it has no message of \(Set(missing).sorted())")
    }
    for i in tracks.indices {
      if let problem = tracks[i].complete() { throw DatasetError(.damaged, path: path, episode: k, problem) }
    }
    remark(tracks, pictures)
    let times = try grid(k, tracks.map(\.times) + pictures.values.map { $0.sorted() }, rate)
    clock = (k, times, pictures)
    var values: [FrameValues] = []
    for track in tracks {
      guard let chosen = track.values(times) else {
        throw DatasetError(
          .damaged, path: path, episode: k, "'\(track.column.topic)' does not hold \(track.column.feature.dataType)")
      }
      values.append(chosen)
    }
    instructions = instructions.map(\.time).risingOrder.map { instructions[$0] }
    let texts = times.frames.map { time in
      instructions.last { $0.time <= time }?.text ?? instructions.first?.text ?? task
    }
    let (tasks, places) = distinctTasks(texts)
    return EpisodeRecord(
      length: times.frames.count, tasks: tasks, taskOfFrame: places, columns: values,
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

  /// Says what was done about messages that do not come as a row of the same joints in the order of time.
  private func remark(_ tracks: [MCAPTrack], _ pictures: [String: [UInt64]]) {
    for topic in Set(tracks.filter(\.isPartial).map(\.column.topic)).sorted() {
      remarks.note("'\(topic)': some messages do not have all joints; each joint keeps its last number until the next")
    }
    let unordered = tracks.filter(\.isUnordered).map(\.column.topic) + pictures.filter { !$0.value.isRising }.keys
    for topic in Set(unordered).sorted() {
      remarks.note("'\(topic)': its messages do not stand in the order of their times; they are taken in that order")
    }
  }

  /// - Parameter times: Of each feature's messages.
  private func grid(_ k: Int, _ times: [[UInt64]], _ rate: Double) throws(DatasetError) -> MCAPGrid {
    if isOurs {
      let lengths = Set(times.map(\.count))
      guard lengths.count == 1, let length = lengths.first, length > 0 else {
        throw DatasetError(.damaged, path: files[k].path, episode: k, "its topics hold \(lengths.sorted()) messages")
      }
      return MCAPGrid(exact: length, rate)
    }
    guard let grid = MCAPGrid(times.compactMap(MCAPGrid.Span.init), rate) else {
      throw DatasetError(.unsupported, path: files[k].path, episode: k, "its topics have no time in common")
    }
    return grid
  }

  // MARK: Pictures

  func pictures(
    _ k: Int, camera: Int, _ body: (Int, FramePicture) throws(DatasetError) -> Void
  ) throws(DatasetError) {
    if clock?.episode != k { _ = try episode(k) }
    guard let clock else { return }
    let path = files[k].path, topic = cameras[camera].topic
    var walker = MCAPPictureWalker(clock.grid, cameras[camera].feature.picture)
    var queue = MCAPQueue(topic, clock.cameras[topic] ?? [])
    try files[k].scan(k, wanted: [topic]) { _, time, content throws(DatasetError) in
      try queue.add(content, time, path) { content, time throws(DatasetError) in
        try walker.take(content, time, path, body)
      }
    }
    try walker.finish(path, body)
  }

  func packets(_ k: Int, camera: Int) throws(DatasetError) -> EpisodeVideo? {
    guard isOurs, let rate = schema.framesPerSecond, rate == rate.rounded() else { return nil }
    let topic = cameras[camera].topic
    var pictures: [[UInt8]] = []
    var shown: [Int] = []
    var codec: String?
    var last: UInt64 = 0
    var isOrdered = true
    let heads = try files[k].scan(k, wanted: [topic]) { _, time, content throws(DatasetError) in
      guard case .video(let bytes, let name, let stamp) = content else { return }
      shown.append(Int(min(Double(stamp) * rate / 1e9, 1e9).rounded()))
      isOrdered = isOrdered && last <= time
      last = time
      pictures.append(bytes)
      codec = name
    }
    let coding = heads.channels.first { $0.topic == topic }?.metadata ?? [:]
    guard isOrdered, let codec, let width = coding["width"].flatMap({ Int($0) }),
      let height = coding["height"].flatMap({ Int($0) }),
      let clip = EncodedClip(
        stream: pictures, codec: codec, pixelFormat: coding["pixel_format"] ?? "yuv420p", width: width, height: height,
        framesPerSecond: Int(rate), configuration: coding["configuration"].flatMap { [UInt8](hexadecimal: $0) },
        shown: cameras[camera].feature.picture?.isDepth == true ? shown : nil)
    else { return nil }
    claim = coding["statistics"].map { (k, camera, $0) }
    return .clip(clip)
  }

  /// What our own export says of a camera of distances, whose packets have just been read.
  func statistics(_ k: Int, camera: Int) throws(DatasetError) -> SourceStatistics? {
    guard let claim, claim.episode == k, claim.camera == camera else { return nil }
    return (try? JSONParser.parse(Array(claim.text.utf8))).map { SourceStatistics(document: $0) }
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
