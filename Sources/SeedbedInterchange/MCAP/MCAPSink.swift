import MCAP
import Parquet
import ProtocolBuffers
import SeedbedDatasets
import Video

/// Writes a folder of `episode_kkkkkk.mcap`, a recording each, with message types that viewers know. Frame k stands at k / fps
/// seconds.
final class MCAPSink: EpisodeSink {
  private let plan: ExportPlan
  private var place: PendingFolder?
  private let layout: MCAPLayout
  /// Those that are written.
  private let cameras: [Int]
  private(set) var remarks: Remarks
  private var count = 0

  init(_ plan: ExportPlan) throws(DatasetError) {
    self.plan = plan
    var remarks = Remarks()
    var cameras: [Int] = []
    for (i, camera) in plan.schema.cameras.enumerated() {
      let isCopied = camera.picture?.isDepth == true ? try MCAPSink.givesPackets(plan, i) : true
      if isCopied {
        cameras.append(i)
      } else {
        remarks.leaveOut(
          "camera '\(plan.cameraNames[i])'",
          because: "it holds distances, of which only packets can be copied; some episodes begin without a keyframe")
      }
    }
    self.cameras = cameras
    layout = MCAPLayout(plan, cameras: cameras)
    let integers = ["int8", "int16", "int32", "uint8", "uint16", "uint32", "uint64"].map { ($0, "int64") }
    plan.noteTypes(["float16": "float64"].merging(integers) { first, _ in first }, &remarks)
    self.remarks = remarks
    place = try PendingFolder(out: plan.out)
  }

  private static func givesPackets(_ plan: ExportPlan, _ camera: Int) throws(DatasetError) -> Bool {
    for k in 0..<plan.source.count {
      guard let video = try plan.source.packets(k, camera: camera), PacketStream(video, takesReordered: true) != nil
      else { return false }
    }
    return true
  }

  func add(_ record: EpisodeRecord, _ k: Int) throws(DatasetError) {
    guard let folder = place?.folder else { return }
    let digits = "\(count)"
    let path = folder("episode_" + String(repeating: "0", count: max(0, 6 - digits.count)) + digits + ".mcap")
    do throws(MCAPError) {
      var file = try MCAPWriter(path: path, library: "seedbed") { Zstandard.frame($0, level: 3) }
      try write(record, k, to: &file)
      try file.finish()
    } catch {
      throw DatasetError(error, episode: k)
    }
    if let failure { throw failure }
    count += 1
  }

  /// What went wrong with the source while a file was written.
  private var failure: DatasetError?

  private func write(_ record: EpisodeRecord, _ k: Int, to file: inout MCAPWriter) throws(MCAPError) {
    var names: [String: String] = ["tasks": JSONValue.strings(record.tasks).line]
    for (tag, cell) in zip(plan.schema.tags, record.tags) where cell != .null { names["tag:" + tag.name] = cell.text }
    try file.addMetadata("seedbed", ["document": layout.document.json.line])
    try file.addMetadata("episode", names)
    for group in layout.joints {
      let channel = file.add(
        MCAPChannel(topic: group.topic, messageEncoding: "protobuf", schema: MessageType.jointStates.schema))
      try eachFrame(record) { frame, time throws(MCAPError) in
        try file.add(group.message(record, frame, time), to: channel, time: time)
      }
    }
    for column in layout.others {
      let feature = plan.schema.columns[column.place]
      let isText = feature.kind == .texts
      let channel = file.add(
        MCAPChannel(
          topic: column.topic, messageEncoding: "protobuf",
          schema: (isText ? MessageType.text : MessageType.values).schema,
          metadata: feature.names.isEmpty ? [:] : ["names": feature.names.joined(separator: ",")]))
      try eachFrame(record) { frame, time throws(MCAPError) in
        try file.add(
          MCAPLayout.message(record.columns[column.place], frame, feature.width, time), to: channel, time: time)
      }
    }
    if !layout.poses.isEmpty {
      let channel = file.add(
        MCAPChannel(topic: "/tf", messageEncoding: "protobuf", schema: MessageType.frameTransforms.schema))
      try eachFrame(record) { frame, time throws(MCAPError) in
        try file.add(layout.transforms(record, frame, time), to: channel, time: time)
      }
    }
    let channel = file.add(MCAPChannel(topic: "/task", messageEncoding: "protobuf", schema: MessageType.text.schema))
    let instructions = record.instructions
    try eachFrame(record) { frame, time throws(MCAPError) in
      if frame > 0, instructions[frame] == instructions[frame - 1] { return }
      var message = MessageWriter()
      message.timestamp(time)
      message.text(2, instructions[frame])
      try file.add(message.bytes, to: channel, time: time)
    }
    for camera in cameras { try writeCamera(camera, record, k, to: &file) }
  }

  private func eachFrame(
    _ record: EpisodeRecord, _ body: (Int, UInt64) throws(MCAPError) -> Void
  ) throws(MCAPError) {
    for frame in 0..<record.length { try body(frame, layout.time(frame)) }
  }

  private func writeCamera(
    _ camera: Int, _ record: EpisodeRecord, _ k: Int, to file: inout MCAPWriter
  ) throws(MCAPError) {
    let name = plan.cameraNames[camera], topic = "/camera/" + name
    let isDepth = plan.schema.cameras[camera].picture?.isDepth == true
    do throws(DatasetError) {
      if let video = try plan.source.packets(k, camera: camera),
        let stream = PacketStream(video, takesReordered: isDepth)
      {
        var coding = layout.coding(stream.format)
        if isDepth { coding["statistics"] = try plan.source.statistics(k, camera: camera)?.document.line }
        let channel = file.add(
          MCAPChannel(
            topic: topic, messageEncoding: "protobuf", schema: MessageType.compressedVideo.schema,
            metadata: coding))
        for frame in 0..<record.length {
          var message = MessageWriter()
          message.timestamp(layout.time(frame + stream.lag(frame)))
          message.text(2, name)
          message.bytes(3, try stream.picture(frame, k))
          message.text(4, stream.format.codec == "hevc" ? "h265" : stream.format.codec)
          try mcap { () throws(MCAPError) in try file.add(message.bytes, to: channel, time: layout.time(frame)) }
        }
        return
      }
      if plan.schema.cameras[camera].kind == .video {
        remarks.note(
          "camera '\(name)': some episodes do not begin with a keyframe of their own; they are written picture by picture"
        )
      }
      let channel = file.add(
        MCAPChannel(topic: topic, messageEncoding: "protobuf", schema: MessageType.compressedImage.schema))
      var frame = 0
      try plan.pictureFiles(k, camera: camera) { bytes throws(DatasetError) in
        var message = MessageWriter()
        message.timestamp(layout.time(frame))
        message.bytes(2, bytes)
        message.text(3, plan.options.imageFormat.rawValue)
        message.text(4, name)
        try mcap { () throws(MCAPError) in try file.add(message.bytes, to: channel, time: layout.time(frame)) }
        frame += 1
      }
    } catch {
      failure = error
    }
  }

  private func mcap(_ body: () throws(MCAPError) -> Void) throws(DatasetError) {
    do throws(MCAPError) { try body() } catch { throw DatasetError(error) }
  }

  func finish() throws(DatasetError) { try place.take()?.settle() }
}

extension DatasetError {
  init(_ error: MCAPError, episode: Int? = nil) {
    let kind: Kind =
      switch error.kind {
      case .io: .io
      case .damaged: .damaged
      case .unsupported: .unsupported
      }
    self.init(kind, path: error.path, episode: episode, error.reason)
  }
}

/// A camera's packets one by one, as streams carry them.
private struct PacketStream {
  let format: MovieFormat
  private let lags: [Int32]?
  private let video: EpisodeVideo

  /// - Parameter takesReordered: Is a stream of use whose pictures are shown in another order than they are decoded? Viewers
  ///   cannot show it; of distances, which they do not show at all, nothing is lost so.
  init?(_ video: EpisodeVideo, takesReordered: Bool) {
    switch video {
    case .clip(let clip): lags = clip.lags
    case .packets(let stretch, _): lags = stretch.lags
    }
    guard let format = video.format, lags == nil || takesReordered else { return nil }
    self.format = format
    self.video = video
  }

  /// How far a packet's picture is shown behind its place.
  func lag(_ frame: Int) -> Int { lags.map { Int($0[frame]) } ?? 0 }

  func picture(_ frame: Int, _ k: Int) throws(DatasetError) -> [UInt8] {
    do throws(VideoError) {
      switch video {
      case .clip(let clip): return format.byteStream(clip.packets[frame])
      case .packets(let stretch, let movie): return format.byteStream(try movie.packet(frame, of: stretch))
      }
    } catch {
      throw DatasetError(error, episode: k)
    }
  }
}
