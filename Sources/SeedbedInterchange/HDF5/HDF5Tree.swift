import HDF5
import SeedbedDatasets

/// Where an episode stands in an HDF5 file.
struct HDF5Episode: Sendable {
  var file: String
  /// The group that it is: "/data/demo_0", or "" for the whole file.
  var root: String
  /// The dataset whose rows are its frames, inside the group.
  var action: String
  /// "demo_0".
  var name: String
}

/// Reads the parts of an episode.
enum HDF5Tree {
  private static let mostDatasets = 4096
  private static let deepest = 8
  /// Bytes of a column that are read at once.
  private static let mostBytes = 1 << 27
  /// A longer text is no tag (robomimic keeps a simulator's whole model in one).
  private static let longestTag = 4096
  /// Attributes that say something of the file, not of the episode.
  private static let own: Set<String> = ["num_samples", "seedbed", "tasks", "compress", "model_file"]

  /// The paths of all datasets below a group, in order.
  static func datasets(_ file: borrowing HDF5File, below root: String) throws(DatasetError) -> [String] {
    var paths: [String] = []
    var waiting: [(path: String, depth: Int)] = [("", 0)]
    while let (path, depth) = waiting.popLast() {
      let group = root + (path.isEmpty ? "" : "/" + path)
      let names = try hdf5 { () throws(HDF5Error) in try file.names(in: group.isEmpty ? "/" : group) }
      for name in names {
        let inner = path.isEmpty ? name : path + "/" + name
        switch file.kind(root + "/" + inner) {
        case .group where depth < deepest: waiting.append((inner, depth + 1))
        case .dataset: paths.append(inner)
        default: continue
        }
        guard paths.count + waiting.count <= mostDatasets else {
          throw DatasetError(.unsupported, path: file.path, "'\(root)' holds more than \(mostDatasets) objects")
        }
      }
    }
    return paths.sorted()
  }

  /// Frames.
  static func length(_ file: borrowing HDF5File, _ episode: HDF5Episode) throws(DatasetError) -> Int {
    let action = episode.root + "/" + episode.action
    guard file.kind(action) == .dataset else {
      throw DatasetError(.damaged, path: file.path, "'\(action)' is missing, which says how many frames there are")
    }
    let rows = try hdf5 { () throws(HDF5Error) in try file.dataset(action).rowCount }
    let claimed = try hdf5 { () throws(HDF5Error) in
      try file.attribute("num_samples", of: episode.root.isEmpty ? "/" : episode.root)?.doubles?.first
    }
    guard rows > 0, rows <= Int(Int32.max) else {
      throw DatasetError(.damaged, path: file.path, "'\(action)' has \(rows) rows: an episode needs at least one")
    }
    guard claimed == nil || claimed == Double(rows) else {
      let said = claimed.flatMap(Int.init(exactly:)).map(String.init) ?? "\(claimed ?? 0)"
      throw DatasetError(
        .damaged, path: file.path,
        "'\(action)' has \(rows) rows, 'num_samples' says \(said); set it to \(rows) if no rows are lost")
    }
    return rows
  }

  static func values(
    _ file: borrowing HDF5File, _ episode: HDF5Episode, _ leaf: HDF5Leaf, length: Int, _ k: Int
  ) throws(DatasetError) -> FrameValues {
    let dataset = try hdf5(episode: k) { () throws(HDF5Error) in try file.dataset(episode.root + "/" + leaf.path) }
    let width = leaf.feature.width
    guard dataset.rowCount == length, dataset.rowWidth == width, length * width * 8 <= mostBytes else {
      throw DatasetError(
        .damaged, path: file.path, episode: k,
        "'\(dataset.path)' has the shape \(dataset.shape) where \(length) rows of \(width) belong")
    }
    let stored = try hdf5(episode: k) { () throws(HDF5Error) in try dataset.read() }
    guard let values = FrameValues(stored, as: leaf.feature), values.count == length * width else {
      throw DatasetError(
        .damaged, path: file.path, episode: k, "'\(dataset.path)' does not hold \(leaf.feature.dataType) as elsewhere")
    }
    return values
  }

  /// The attributes of an episode; long texts are left out.
  static func tags(
    _ file: borrowing HDF5File, _ episode: HDF5Episode, _ remarks: inout Remarks
  ) throws(DatasetError) -> [(String, EpisodeCell)] {
    let object = episode.root.isEmpty ? "/" : episode.root
    var result: [(String, EpisodeCell)] = []
    let names = try hdf5 { () throws(HDF5Error) in try file.attributeNames(of: object) }
    for name in names {
      if name == "model_file" {
        remarks.leaveOut("attribute 'model_file'", because: "the simulator's model is no tag of an episode")
      }
      if own.contains(name) { continue }
      let values = try hdf5 { () throws(HDF5Error) in try file.attribute(name, of: object) }
      guard let cell = values.flatMap(EpisodeCell.init), cell.text.utf8.count <= longestTag else {
        remarks.leaveOut("attribute '\(name)'", because: "it is of a sort that is not read, or a long text")
        continue
      }
      // ALOHA's own tag of origin.
      if name == "sim", case .bool(let isSimulated) = cell {
        if !names.contains("origin") { result.append(("origin", .text(isSimulated ? "sim" : "real"))) }
        continue
      }
      result.append((name, cell))
    }
    return result
  }

  static func tasks(_ file: borrowing HDF5File, _ episode: HDF5Episode) throws(DatasetError) -> [String]? {
    let object = episode.root.isEmpty ? "/" : episode.root
    for name in ["tasks", "language_instruction", "instruction", "task", "lang"] {
      let values = try hdf5 { () throws(HDF5Error) in try file.attribute(name, of: object) }
      if case .text(let texts)? = values, !texts.isEmpty, texts.allSatisfy({ !$0.isEmpty }) {
        return texts.map { String(decoding: $0, as: UTF8.self) }
      }
    }
    // What robosuite's and robocasa's environments say of an episode.
    if let text = try hdf5({ () throws(HDF5Error) in try file.attribute("ep_meta", of: object) })?.string,
      let json = try? JSONParser.parse(Array(text.utf8), takesNonFinite: true),
      let instruction = json["lang"]?.string, !instruction.isEmpty
    {
      return [instruction]
    }
    return nil
  }

  static func taskOfFrame(
    _ file: borrowing HDF5File, _ episode: HDF5Episode, length: Int, tasks: Int, _ k: Int
  ) throws(DatasetError) -> [Int]? {
    guard tasks > 1 else { return nil }
    for path in [episode.root + "/task_of_frame", episode.root + "/extra/task_of_frame"]
    where file.kind(path) == .dataset {
      let dataset = try hdf5(episode: k) { () throws(HDF5Error) in try file.dataset(path) }
      guard dataset.shape == [length] else { break }
      let values = try hdf5(episode: k) { () throws(HDF5Error) in try dataset.read() }
      if case .integer(let places) = values, places.allSatisfy({ (0..<Int64(tasks)).contains($0) }) {
        return places.map(Int.init)
      }
    }
    throw DatasetError(
      .damaged, path: file.path, episode: k, "it has \(tasks) tasks, and no 'task_of_frame' tells them apart")
  }
}

extension EpisodeCell {
  /// An attribute's value; lists of several become lists.
  init?(_ values: HDF5Values) {
    let cells: [EpisodeCell] =
      switch values {
      case .float(let v): v.map { .number(Double($0)) }
      case .double(let v): v.map(EpisodeCell.number)
      case .integer(let v): v.map(EpisodeCell.integer)
      case .byte(let v): v.map { .integer(Int64($0)) }
      case .bool(let v): v.map(EpisodeCell.bool)
      case .text(let v): v.map { .text(String(decoding: $0, as: UTF8.self)) }
      }
    guard let first = cells.first else { return nil }
    self = cells.count == 1 ? first : .list(cells)
  }
}
