import HDF5
import Parquet
import SeedbedDatasets

/// Writes a folder of `episode_k.hdf5` as ALOHA records them and ACT loads them.
final class ALOHASink: EpisodeSink {
  private let plan: ExportPlan
  private var place: PendingFolder?
  private(set) var remarks = Remarks()
  private let cameras: [Int]
  private let paths: [String]
  private let state: Int, action: Int
  private var count = 0

  init(_ plan: ExportPlan) throws(DatasetError) {
    self.plan = plan
    guard let state = plan.state, let action = plan.action else {
      throw DatasetError(
        .invalid, path: plan.source.path,
        "ALOHA needs a state and an action; it has \(plan.schema.columns.map(\.name)). Give --state and --action")
    }
    (self.state, self.action) = (state, action)
    cameras = plan.colourCameras(&remarks)
    plan.noteTypes(["float16": "float32"], &remarks)
    paths = plan.schema.columns.enumerated().map { i, feature in
      switch i {
      case action: "/action"
      case state: "/observations/qpos"
      default:
        switch feature.name {
        case "observation.velocity", "observation.qvel": "/observations/qvel"
        case "observation.effort": "/observations/effort"
        default: "/extra/" + feature.name
        }
      }
    }
    let stateWidth = plan.schema.columns[state].width, actionWidth = plan.schema.columns[action].width
    if stateWidth != 14 || actionWidth != 14 {
      remarks.warn(
        "ALOHA's own policies expect 14 values of state and action; here are \(stateWidth) and \(actionWidth)")
    }
    for camera in cameras {
      if let shape = plan.schema.cameras[camera].picture, (shape.height, shape.width) != (480, 640) {
        remarks.warn(
          "ALOHA's cameras have 640x480 pixels; '\(plan.cameraNames[camera])' has \(shape.width)x\(shape.height)")
      }
    }
    if !paths.contains("/observations/qvel") {
      remarks.note("there are no velocities: qvel holds differences of the state, times the rate")
    }
    if paths.contains(where: { $0.hasPrefix("/extra/") }) {
      remarks.note("what ALOHA has no place for stands under /extra; its loader passes it over")
    }
    remarks.note("the attribute 'sim' of a simulated episode also switches off a shift of one step in ACT's loader")
    place = try PendingFolder(out: plan.out)
  }

  func add(_ record: EpisodeRecord, _ k: Int) throws(DatasetError) {
    guard let folder = place?.folder else { return }
    let length = record.length
    let path = folder("episode_\(count).hdf5")
    let file = try hdf5 { () throws(HDF5Error) in try HDF5File(creating: path) }
    var places: [String: String] = [:]
    for (feature, path) in zip(plan.schema.columns, paths) { places[feature.name] = path }
    for i in cameras { places[plan.schema.cameras[i].name] = "/observations/images/" + plan.cameraNames[i] }
    let origin = plan.schema.tags.firstIndex { $0.name == "origin" }.map { record.tags[$0] }
    do throws(HDF5Error) {
      try file.setAttribute("sim", of: "/", .bool([origin == .text("sim")]))
      try file.setAttribute("compress", of: "/", .bool([false]))
      try file.setAttribute(FormatDocument.key, of: "/", .string(FormatDocument(plan, places: places).json.line))
      try file.setAttribute("tasks", of: "/", .text(record.tasks.map { Array($0.utf8) }), isList: true)
      for (tag, cell) in zip(plan.schema.tags, record.tags) where tag.name != "sim" && tag.name != "compress" {
        if let value = cell.hdf5 { try file.setAttribute(tag.name, of: "/", value) }
      }
      try file.makeGroup("/observations")
      try file.makeGroup("/observations/images")
      if paths.contains(where: { $0.hasPrefix("/extra/") }) || record.taskOfFrame != nil {
        try file.makeGroup("/extra")
      }
      if let taskOfFrame = record.taskOfFrame {
        try file.write("/extra/task_of_frame", .integer(taskOfFrame.map { Int64($0) }), shape: [length])
      }
      for (i, feature) in plan.schema.columns.enumerated() {
        let (values, element) = record.columns[i].hdf5(feature)
        try file.write(paths[i], values, shape: [length] + feature.shape, as: element)
      }
      if !paths.contains("/observations/qvel") {
        try file.write(
          "/observations/qvel", .float(velocities(record)), shape: [length, plan.schema.columns[state].width])
        try file.setAttribute("derived", of: "/observations/qvel", .bool([true]))
      }
    } catch {
      throw DatasetError(error, episode: k)
    }
    for camera in cameras {
      try plan.writePictures(
        file, k, camera: camera, length: length, as: "/observations/images/" + plan.cameraNames[camera])
    }
    do throws(HDF5Error) { try file.finish() } catch { throw DatasetError(error, episode: k) }
    count += 1
  }

  /// Differences from frame to frame; the first frame rests.
  private func velocities(_ record: EpisodeRecord) -> [Float] {
    let width = plan.schema.columns[state].width
    let values = record.columns[state].doubles
    return values.indices.map { i in
      i < width ? 0 : Float((values[i] - values[i - width]) * plan.framesPerSecond)
    }
  }

  func finish() throws(DatasetError) { try place.take()?.settle() }
}
