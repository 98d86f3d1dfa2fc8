import Parquet
import SeedbedDatasets
import Video

/// Writes a LeRobot dataset, v3.0 or v2.1: packets are copied where the source has them, other pictures are encoded.
final class LeRobotSink: EpisodeSink {
  private let plan: ExportPlan
  private let schema: DatasetSchema
  private(set) var remarks = Remarks()
  private var writer: DatasetWriter?
  private var legacy: LegacyDatasetWriter?
  /// Of each camera: are the packets of all episodes coded alike, so that they can be copied?
  private let copies: [Bool]

  init(_ plan: ExportPlan) throws(DatasetError) {
    self.plan = plan
    var remarks = Remarks()
    let rate = plan.framesPerSecond
    guard rate == rate.rounded() else {
      throw DatasetError(
        .invalid, path: plan.source.path,
        "it has \(rate) frames a second; LeRobot takes whole numbers. Resample it with mix")
    }
    let names = Set(plan.schema.features.map(\.name))
    var copies: [Bool] = []
    var cameras: [SourceFeature] = []
    for (i, camera) in plan.schema.cameras.enumerated() {
      let name = plan.cameraNames[i] == camera.shortName ? camera.name : "observation.images." + plan.cameraNames[i]
      let copy = camera.kind == .video ? try LeRobotSink.isUniform(plan, camera: i) : false
      copies.append(copy)
      cameras.append(try LeRobotSink.feature(camera, named: name, isCopied: copy, plan, &remarks))
    }
    self.copies = copies
    remarks.add(plan.incompleteness)
    var rest = cameras[...]
    var features: [SourceFeature] = []
    for (i, feature) in plan.schema.features.enumerated() {
      if feature.kind == .video || feature.kind == .pictures {
        if let camera = rest.popFirst() { features.append(camera) }
        continue
      }
      let column = plan.schema.features[..<i].count { $0.kind == .numbers || $0.kind == .texts }
      let wanted = column == plan.action ? "action" : column == plan.state ? "observation.state" : feature.name
      features.append(names.contains(wanted) ? feature : feature.renamed(wanted))
    }
    schema = DatasetSchema(
      framesPerSecond: Int(rate), robotType: plan.robotType, features: features, episodeFields: plan.schema.tags)
    self.remarks = remarks
    if plan.options.format == .lerobot30 {
      writer = try DatasetWriter(out: plan.out, schema: schema)
    } else {
      legacy = try LegacyDatasetWriter(out: plan.out, schema: schema)
    }
  }

  /// Does every episode give its packets, all coded in one way?
  private static func isUniform(_ plan: ExportPlan, camera: Int) throws(DatasetError) -> Bool {
    var format: MovieFormat?
    for k in 0..<plan.source.count {
      guard let video = try plan.source.packets(k, camera: camera), let own = video.format, format ?? own == own else {
        return false
      }
      format = own
    }
    return format != nil
  }

  private static func feature(
    _ camera: SourceFeature, named name: String, isCopied: Bool, _ plan: ExportPlan, _ remarks: inout Remarks
  ) throws(DatasetError) -> SourceFeature {
    guard let shape = camera.picture else { return camera }
    if isCopied || camera.kind == .pictures { return name == camera.name ? camera : camera.renamed(name) }
    guard !shape.isDepth else {
      throw DatasetError(
        .unsupported, path: plan.source.path,
        "the distances of '\(camera.name)' are coded in several ways, or begin without a keyframe; they cannot be copied"
      )
    }
    let fits = [shape.width, shape.height].allSatisfy { $0 % 2 == 0 && $0 >= 16 }
    remarks.warn(
      fits
        ? "camera '\(name)' is encoded as H.264 (\(VideoSettings().preset), crf \(VideoSettings().crf)): not the same pixels"
        : "camera '\(name)' has \(shape.width)x\(shape.height) pixels, which H.264 does not take; it is stored as PNG files"
    )
    return fits
      ? .video(name, height: shape.height, width: shape.width) : .stored(name, height: shape.height, width: shape.width)
  }

  func add(_ record: EpisodeRecord, _ k: Int) throws(DatasetError) {
    var columns: [FrameValues] = []
    var videos: [EpisodeVideo] = []
    var statistics: [String: SourceStatistics] = [:]
    var values = record.columns[...]
    var camera = 0
    for feature in schema.features {
      guard feature.kind == .video || feature.kind == .pictures else {
        if let column = values.popFirst() { columns.append(column) }
        continue
      }
      defer { camera += 1 }
      if copies[camera], let video = try plan.source.packets(k, camera: camera) {
        videos.append(video)
        statistics[feature.name] = try plan.source.statistics(k, camera: camera)
        if statistics[feature.name] != nil { continue }
        guard feature.picture?.isDepth != true else {
          throw DatasetError(
            .unsupported, path: plan.source.place(k), episode: k,
            "the statistics of the distances of '\(feature.name)' are not whole (v2.1 has no quantiles), and are not "
              + "computed here. Convert the dataset with LeRobot's own tool")
        }
        statistics[feature.name] = try tally(k, camera, record.length)
      } else if feature.kind == .video {
        let (clip, claim) = try encode(k, camera, feature, record.length)
        videos.append(.clip(clip))
        statistics[feature.name] = claim
      } else {
        var pictures: [StoredPicture] = []
        try plan.pictureFiles(k, camera: camera) { bytes throws(DatasetError) in
          pictures.append(
            StoredPicture(bytes: bytes, path: "frame-\(String("\(1_000_000 + pictures.count)".dropFirst())).png"))
        }
        columns.append(.pictures(pictures))
        statistics[feature.name] = try tally(k, camera, record.length)
      }
    }
    let episode = DatasetEpisode(
      length: record.length, tasks: record.tasks, taskOfFrame: record.taskOfFrame, columns: columns, videos: videos,
      statistics: statistics, cells: zip(record.tags, plan.schema.tags).map { $0.column($1.type) })
    // The writer would name its own unfinished folder.
    if let problem = episode.problem(in: schema) {
      throw DatasetError(
        .damaged, path: plan.source.place(k), episode: k, problem + ". Correct it, or take the episode out of a copy")
    }
    try writer?.append(episode)
    try legacy?.append(episode, tags: record.tags)
  }

  /// Of the pictures that LeRobot looks at.
  private func tally(
    _ k: Int, _ camera: Int, _ length: Int
  ) throws(DatasetError) -> SourceStatistics {
    var tally = PictureTally()
    let wanted = Set(PictureTally.sample(of: length))
    try plan.pictures(k, camera: camera) { number, picture throws(DatasetError) in
      guard wanted.contains(number) else { return }
      let rgb = try plan.rgb(picture, k, camera: camera, number: number)
      rgb.withUnsafeBufferPointer { tally.add(rgb: $0) }
    }
    return tally.statistics
  }

  private func encode(
    _ k: Int, _ camera: Int, _ feature: SourceFeature, _ length: Int
  ) throws(DatasetError) -> (EncodedClip, SourceStatistics) {
    let size = feature.picture.map { (width: $0.width, height: $0.height) } ?? (width: 0, height: 0)
    var tally = PictureTally()
    let wanted = Set(PictureTally.sample(of: length))
    let subject = plan.source.path
    var encoder: VideoEncoder?
    do throws(VideoError) {
      encoder = try VideoEncoder(width: size.width, height: size.height, framesPerSecond: schema.framesPerSecond)
    } catch {
      throw DatasetError(error, episode: k)
    }
    try plan.pictures(k, camera: camera) { number, picture throws(DatasetError) in
      let rgb = try plan.rgb(picture, k, camera: camera, number: number)
      if wanted.contains(number) { rgb.withUnsafeBufferPointer { tally.add(rgb: $0) } }
      let planes = i420(rgb: rgb, width: size.width, height: size.height)
      do throws(VideoError) {
        try planes.withUnsafeBufferPointer { buffer throws(VideoError) in try encoder?.append(i420: buffer) }
      } catch {
        throw DatasetError(error, episode: k)
      }
    }
    do throws(VideoError) {
      guard let clip = try encoder.take()?.finish() else { throw VideoError(.codec, subject, "no encoder") }
      return (clip, tally.statistics)
    } catch {
      throw DatasetError(error, episode: k)
    }
  }

  func finish() throws(DatasetError) {
    try writer.take()?.finish()
    try legacy.take()?.finish()
  }
}

extension EpisodeCell {
  /// One row of a column of the episodes' table.
  func column(_ type: ColumnType) -> ColumnData {
    switch (type, self) {
    case (.bool, .bool(let value)): .nullable([value])
    case (.int64, .integer(let value)): .nullable([value])
    case (.double, .number(let value)): .nullable([value])
    case (.bool, _): .nullable([nil as Bool?])
    case (.int64, _): .nullable([nil as Int64?])
    case (.double, _): .nullable([nil as Double?])
    case (_, .null): .nullable([nil as String?])
    default: .nullable([text])
    }
  }
}
