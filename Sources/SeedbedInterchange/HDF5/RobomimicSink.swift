import HDF5
import Parquet
import SeedbedDatasets

/// Writes one HDF5 file as robomimic's SequenceDataset reads it: `/data/demo_k` with actions, rewards, dones, obs and
/// next_obs, and lists of demos under `/mask`.
final class RobomimicSink: EpisodeSink {
  private let plan: ExportPlan
  private let place: PendingFile
  private var file: HDF5File?
  private(set) var remarks = Remarks()
  private let cameras: [Int]
  /// Each column's path inside a demo; nil for those with a place of their own.
  private let paths: [String]
  private let cameraPaths: [Int: String]
  private var masks: [String: [String]] = [:]
  private var count = 0, frames = 0

  init(_ plan: ExportPlan) throws(DatasetError) {
    self.plan = plan
    guard let action = plan.action else {
      throw DatasetError(.invalid, path: plan.source.path, "it has no 'action', which robomimic needs. Give --action")
    }
    var remarks = Remarks()
    cameras = plan.colourCameras(&remarks)
    plan.noteTypes(["float16": "float32"], &remarks)
    paths = plan.schema.columns.enumerated().map { i, feature in
      if i == action { return "actions" }
      return feature.name.hasPrefix("observation.") ? "obs/" + feature.shortName : feature.name
    }
    cameraPaths = Dictionary(
      uniqueKeysWithValues: cameras.map { ($0, "obs/" + SourceFeature.pictureKey(plan.cameraNames[$0])) })
    let all = paths + cameraPaths.values + ["rewards", "dones", "states"]
    guard Set(all).count == all.count else {
      throw DatasetError(.invalid, path: plan.source.path, "two features would take one place: \(all.sorted())")
    }
    place = try PendingFile(out: plan.out)
    let path = place.path
    let file = try hdf5 { () throws(HDF5Error) in try HDF5File(creating: path) }
    var places: [String: String] = [:]
    for (feature, path) in zip(plan.schema.columns, paths) { places[feature.name] = path }
    for (i, path) in cameraPaths { places[plan.schema.cameras[i].name] = path }
    let document = FormatDocument(plan, places: places)
    let environment = JSONValue.object([
      .init("env_name", .string(plan.robotType ?? "unknown")), .init("type", .integer(2)),
      .init("env_version", .string("")),
      .init("env_kwargs", .object([.init("control_freq", .number(plan.framesPerSecond))])),
    ])
    do throws(HDF5Error) {
      try file.makeGroup("/data")
      try file.makeGroup("/mask")
      try file.setAttribute("env_args", of: "/data", .string(environment.line))
      try file.setAttribute(FormatDocument.key, of: "/data", .string(document.json.line))
    } catch {
      throw DatasetError(error)
    }
    self.file = consume file
    if plan.column("next.reward") == nil {
      remarks.note("there is no 'next.reward': rewards are 1 in the last frame of a success and else 0")
    }
    if plan.options.holdsNextObservations {
      remarks.note(
        "next_obs repeats the observations one frame later, as robomimic's loader wants; --no-next-obs leaves it out")
    }
    self.remarks = remarks
  }

  func add(_ record: EpisodeRecord, _ k: Int) throws(DatasetError) {
    let demo = "demo_\(count)", group = "/data/" + demo
    let length = record.length
    let hasNext = plan.options.holdsNextObservations
    try hdf5(episode: k) { () throws(HDF5Error) in
      try file?.makeGroup(group)
      try file?.makeGroup(group + "/obs")
      if hasNext { try file?.makeGroup(group + "/next_obs") }
      try file?.setAttribute("num_samples", of: group, .integer([Int64(length)]))
      try file?.setAttribute("tasks", of: group, .text(record.tasks.map { Array($0.utf8) }), isList: true)
      for (tag, cell) in zip(plan.schema.tags, record.tags) {
        if let value = cell.hdf5 { try file?.setAttribute(tag.name, of: group, value) }
      }
      if let taskOfFrame = record.taskOfFrame {
        try file?.write(group + "/task_of_frame", .integer(taskOfFrame.map { Int64($0) }), shape: [length])
      }
      for (i, feature) in plan.schema.columns.enumerated() {
        let (values, element) = record.columns[i].hdf5(feature)
        let isObservation = paths[i].hasPrefix("obs/")
        let shape = [length] + (feature.shape == [1] && !isObservation && i != plan.action ? [] : feature.shape)
        try file?.write(group + "/" + paths[i], values, shape: shape, as: element)
        if isObservation && hasNext {
          let later = record.columns[i].advanced(width: feature.width).hdf5(feature)
          try file?.write(group + "/next_" + paths[i], later.values, shape: shape, as: later.element)
        }
      }
      if let state = plan.state { try file?.link(group + "/" + paths[state], as: group + "/states") }
      let (rewards, dones) = outcome(record)
      try file?.write(group + "/rewards", .double(rewards), shape: [length])
      try file?.write(group + "/dones", .integer(dones), shape: [length])
    }
    for camera in cameras {
      guard let path = cameraPaths[camera] else { continue }
      try writePictures(k, camera, length, group + "/" + path, hasNext ? group + "/next_" + path : nil)
    }
    mask(record, demo)
    count += 1
    frames += length
  }

  private func writePictures(
    _ k: Int, _ camera: Int, _ length: Int, _ path: String, _ later: String?
  ) throws(DatasetError) {
    switch file {
    case .some(let file): try plan.writePictures(file, k, camera: camera, length: length, as: path, later: later)
    case .none: return
    }
  }

  private func outcome(_ record: EpisodeRecord) -> (rewards: [Double], dones: [Int64]) {
    let last = record.length - 1
    let success = plan.schema.tags.firstIndex { $0.name == "success" }.map { record.tags[$0] } == .bool(true)
    let rewards =
      plan.column("next.reward").map { record.columns[$0].doubles }
      ?? (0..<record.length).map { $0 == last && success ? 1 : 0 }
    let dones =
      plan.column("next.done").map { record.columns[$0].doubles.map { Int64($0 != 0 ? 1 : 0) } }
      ?? (0..<record.length).map { $0 == last ? 1 : 0 }
    return (rewards, dones)
  }

  private func mask(_ record: EpisodeRecord, _ demo: String) {
    for (tag, cell) in zip(plan.schema.tags, record.tags) {
      switch (tag.name, cell) {
      case ("success", .bool(let value)): masks[value ? "success" : "failure", default: []].append(demo)
      case ("origin", .text(let value)) where ["sim", "real"].contains(value): masks[value, default: []].append(demo)
      default: continue
      }
    }
  }

  func finish() throws(DatasetError) {
    guard let file = file.take() else { return }
    do throws(HDF5Error) {
      try file.setAttribute("total", of: "/data", .integer([Int64(frames)]))
      for (name, demos) in masks.sorted(by: { $0.key < $1.key }) {
        let names = demos.map { Array($0.utf8) }
        try file.write(
          "/mask/" + name, .text(names), shape: [names.count], as: .fixedText(names.map(\.count).max() ?? 1))
      }
      try file.finish()
    } catch {
      throw DatasetError(error)
    }
    try place.settle()
  }
}
