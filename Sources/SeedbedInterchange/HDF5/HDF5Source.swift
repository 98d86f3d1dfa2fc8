import HDF5
import Parquet
import SeedbedDatasets

/// Episodes in HDF5 files: robomimic's groups in one file, or a file an episode as ALOHA records them.
final class HDF5Source: EpisodeSource {
  let path: String
  private(set) var schema: EpisodeSchema
  private(set) var remarks = Remarks()
  private let episodes: [HDF5Episode]
  private let isSwapped: Bool
  private let task: String
  private var columns: [HDF5Leaf] = []
  private var cameras: [HDF5Leaf] = []
  private let masks: [HDF5Mask]
  private let origin: String?
  /// The file that is open.
  private var file: HDF5File?
  private var openPath = ""

  /// - Parameters:
  ///   - layout: What is known of the files beyond their trees.
  init(path: String, _ layout: HDF5SourceLayout, _ options: ExportOptions) throws(DatasetError) {
    self.path = path
    episodes = layout.episodes
    masks = layout.masks
    isSwapped = options.swapsRedAndBlue
    origin = layout.origin
    task = options.task ?? layout.task ?? layout.fallbackTask
    schema = EpisodeSchema(framesPerSecond: layout.framesPerSecond, robotType: layout.robotType, features: [])
    remarks = layout.remarks
    guard let first = episodes.first else { throw DatasetError(.invalid, path: path, "it holds no episode") }
    try checkLengths(layout)
    try open(first)
    if let document = layout.document {
      try take(document, first)
    } else {
      try walk(first, layout)
      let own = try withFile { file throws(DatasetError) in try HDF5Tree.tasks(file, first) }
      if layout.task == nil && options.task == nil && own == nil {
        remarks.note("the source names no task; '\(task)' stands for it. --task gives another")
      }
    }
    try checkStructure(layout)
    try gatherTags(layout.document)
  }

  /// All episodes, where the first shows at once that something is wrong: what it holds is not known then.
  private func checkLengths(_ layout: HDF5SourceLayout) throws(DatasetError) {
    guard let first = episodes.first else { return }
    try open(first)
    let isSound = try withFile { file throws(DatasetError) in (try? HDF5Tree.length(file, first)) != nil }
    if !isSound { try checkStructure(layout) }
  }

  private func checkStructure(_ layout: HDF5SourceLayout) throws(DatasetError) {
    var structure = HDF5Structure()
    let leaves = columns + cameras
    for episode in episodes {
      try open(episode)
      try withFile { file throws(DatasetError) in structure.check(file, episode, leaves, like: episodes[0]) }
    }
    try structure.require(layout.kind, path)
    if layout.document == nil { try remarkStrange(layout) }
  }

  /// What some episodes have and the first does not.
  private func remarkStrange(_ layout: HDF5SourceLayout) throws(DatasetError) {
    var known: Set<String> = []
    var strange: [String: Int] = [:]
    for (k, episode) in episodes.enumerated() {
      try open(episode)
      let paths = try withFile { file throws(DatasetError) in try HDF5Tree.datasets(file, below: episode.root) }
      if k == 0 { known = Set(paths) }
      for path in paths where !known.contains(path) && layout.name(path) != nil { strange[path, default: 0] += 1 }
    }
    for (path, count) in strange.sorted(by: { $0.key < $1.key }) {
      remarks.leaveOut("'\(path)'", because: "\(count) of \(episodes.count) episodes have it, the first does not")
    }
  }

  var count: Int { episodes.count }
  func place(_ k: Int) -> String { episodes[k].file + (episodes[k].root.isEmpty ? "" : " (" + episodes[k].name + ")") }

  private func open(_ episode: HDF5Episode) throws(DatasetError) {
    if openPath == episode.file { return }
    file = nil
    let path = episode.file
    file = try hdf5 { () throws(HDF5Error) in try HDF5File(reading: path) }
    openPath = path
  }

  /// Runs a body with the open file.
  private func withFile<T>(_ body: (borrowing HDF5File) throws(DatasetError) -> T) throws(DatasetError) -> T {
    switch file {
    case .some(let file): return try body(file)
    case .none: throw DatasetError(.io, path: path, "no file is open")
    }
  }

  // MARK: What there is

  /// The features as our own export declared them.
  private func take(_ document: FormatDocument, _ first: HDF5Episode) throws(DatasetError) {
    schema.framesPerSecond = document.framesPerSecond
    schema.robotType = document.robotType
    for feature in document.features {
      guard let place = document.places[feature.name] else { continue }
      let path = place.hasPrefix("/") ? String(place.dropFirst()) : place
      let isPicture = feature.kind == .video || feature.kind == .pictures
      let shown: SourceFeature =
        isPicture
        ? .video(feature.name, height: feature.picture?.height ?? 0, width: feature.picture?.width ?? 0) : feature
      schema.features.append(shown)
      let leaf = HDF5Leaf(path: path, feature: shown, storage: isPicture ? .rgb : .values)
      if isPicture { cameras.append(leaf) } else { columns.append(leaf) }
    }
  }

  /// The features of a file of unknown origin, by its tree.
  private func walk(_ first: HDF5Episode, _ layout: HDF5SourceLayout) throws(DatasetError) {
    let found = try withFile { file throws(DatasetError) in
      let paths = try HDF5Tree.datasets(file, below: first.root)
      let frames = try HDF5Tree.length(file, first)
      var leaves: [HDF5Leaf] = []
      for path in paths {
        guard let name = layout.name(path) else { continue }
        let dataset = try hdf5 { () throws(HDF5Error) in try file.dataset(first.root + "/" + path) }
        switch try HDF5Leaf.make(dataset, path: path, name: name, camera: layout.camera(path), frames: frames) {
        case .success(var leaf):
          if let type = layout.types[name] { leaf.feature = .values(name, type, shape: leaf.feature.shape) }
          if leaf.storage == .values, dataset.element == .float64 {
            remarks.warn("numbers of 64 bits are kept in 32, as LeRobot's policies want them")
          }
          leaves.append(leaf)
        case .failure(let obstacle): remarks.leaveOut("'\(path)'", because: obstacle.reason)
        }
      }
      return leaves
    }
    for line in layout.leftOut(found.map(\.path)) { remarks.leaveOut(line.what, because: line.why) }
    columns = found.filter { $0.storage == .values }
    cameras = found.filter { $0.storage != .values }
    let names = (columns + cameras).map(\.feature.name)
    if let twice = names.first(where: { name in names.count { $0 == name } > 1 }) {
      throw DatasetError(.unsupported, path: path, "two of its datasets would become '\(twice)'")
    }
    schema.features = columns.map(\.feature) + cameras.map(\.feature)
    if !cameras.isEmpty && cameras.contains(where: { $0.storage == .files }) && !isSwapped {
      remarks.note(
        "pictures are JPEG or PNG files, read as these formats say; where red and blue look exchanged, use --swap-red-blue"
      )
    }
  }

  private func gatherTags(_ document: FormatDocument?) throws(DatasetError) {
    var types = TagTypes(document?.tags ?? [])
    if document == nil {
      for episode in episodes {
        try open(episode)
        let values = try withFile { file throws(DatasetError) in try HDF5Tree.tags(file, episode, &remarks) }
        for (name, cell) in values { types.add(name, cell) }
      }
      for mask in masks { types.add(mask.tag, .bool(true)) }
      if origin != nil { types.add("origin", .text("")) }
    }
    schema.tags = types.fields
  }

  // MARK: Episodes

  func episode(_ k: Int) throws(DatasetError) -> EpisodeRecord {
    let episode = episodes[k]
    try open(episode)
    return try withFile { file throws(DatasetError) in
      let length = try HDF5Tree.length(file, episode)
      var values: [FrameValues] = []
      for leaf in columns { values.append(try HDF5Tree.values(file, episode, leaf, length: length, k)) }
      var tags = Dictionary(try HDF5Tree.tags(file, episode, &remarks)) { first, _ in first }
      for mask in masks { tags[mask.tag] = .bool(mask.episodes.contains(episode.name)) }
      if let origin, tags["origin"] == nil { tags["origin"] = .text(origin) }
      let tasks = try HDF5Tree.tasks(file, episode) ?? [task]
      let places = try HDF5Tree.taskOfFrame(file, episode, length: length, tasks: tasks.count, k)
      return EpisodeRecord(
        length: length, tasks: tasks, taskOfFrame: places, columns: values,
        tags: schema.tags.map { (tags[$0.name] ?? .null).converted(to: $0.type) })
    }
  }

  func pictures(
    _ k: Int, camera: Int, _ body: (Int, FramePicture) throws(DatasetError) -> Void
  ) throws(DatasetError) {
    let episode = episodes[k], leaf = cameras[camera]
    try open(episode)
    let isSwapped = isSwapped
    try withFile { file throws(DatasetError) in
      let length = try HDF5Tree.length(file, episode)
      let dataset = try hdf5(episode: k) { () throws(HDF5Error) in try file.dataset(episode.root + "/" + leaf.path) }
      guard let size = leaf.feature.picture, dataset.rowCount == length,
        leaf.storage == .files
          || (dataset.element == .uint8 && dataset.shape.dropFirst() == [size.height, size.width, 3])
      else {
        throw DatasetError(
          .damaged, path: episode.file, episode: k,
          "'\(dataset.path)' has the shape \(dataset.shape) where \(length) pictures like the first episode's belong")
      }
      if leaf.storage == .files {
        for row in 0..<length {
          guard let bytes = try HDF5Leaf.file(dataset, row) else { continue }
          guard isSwapped else {
            try body(row, .file(bytes))
            continue
          }
          var rgb = try decoded(bytes, k, leaf, row)
          for i in stride(from: 0, to: rgb.count, by: 3) { rgb.swapAt(i, i + 2) }
          try body(row, .rgb(rgb))
        }
        return
      }
      // Chunks of others often span several pictures.
      let batch = max(1, min(length, (8 << 20) / max(1, dataset.rowWidth)))
      for first in stride(from: 0, to: length, by: batch) {
        let rows = first..<min(first + batch, length)
        let values = try hdf5(episode: k) { () throws(HDF5Error) in try dataset.read(rows: rows) }
        guard case .byte(let bytes) = values else { return }
        let width = dataset.rowWidth
        for row in rows {
          let at = (row - first) * width
          try body(row, .rgb(Array(bytes[at..<at + width])))
        }
      }
    }
  }

  private func decoded(_ bytes: [UInt8], _ k: Int, _ leaf: HDF5Leaf, _ row: Int) throws(DatasetError) -> [UInt8] {
    let size = leaf.feature.picture.map { (width: $0.width, height: $0.height) } ?? (width: 0, height: 0)
    do throws(DatasetError) {
      return try FramePicture.file(bytes).rgb(width: size.width, height: size.height, subject: path)
    } catch {
      throw error.located(self, k, camera: leaf.feature.shortName, number: row)
    }
  }
}
