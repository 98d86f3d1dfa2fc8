import SeedbedDatasets

/// A source whose state and action are put together of some of its columns.
final class ComposedSource: EpisodeSource {
  private let base: any EpisodeSource
  let schema: EpisodeSchema
  private var own = Remarks()
  /// What each column is made of: one of the base's columns, or several.
  private var parts: [[Int]] = []

  /// - Returns: The source itself where nothing has to be put together.
  static func make(_ base: any EpisodeSource, _ options: ExportOptions) throws(DatasetError) -> any EpisodeSource {
    let columns = base.schema.columns
    var wishes: [(name: String, parts: [String])] = []
    let action = options.action.map { $0.split(separator: ",").map(String.init) } ?? []
    var state = options.state
    if state.isEmpty, !columns.contains(where: { $0.name == "observation.state" }) {
      // What robosuite's and LIBERO's recordings have.
      let known = [["robot0_joint_pos", "robot0_gripper_qpos"], ["joint_states", "gripper_states"]]
      state = known.first { names in names.allSatisfy { name in columns.contains { $0.shortName == name } } } ?? []
    }
    if !state.isEmpty, state != ["observation.state"] { wishes.append(("observation.state", state)) }
    if !action.isEmpty, action != ["action"] { wishes.append(("action", action)) }
    return wishes.isEmpty ? base : try ComposedSource(base, wishes)
  }

  private init(_ base: any EpisodeSource, _ wishes: [(name: String, parts: [String])]) throws(DatasetError) {
    self.base = base
    let columns = base.schema.columns
    var schema = base.schema
    var features: [SourceFeature] = []
    var used: Set<Int> = []
    for wish in wishes {
      var places: [Int] = []
      for name in wish.parts {
        guard let place = columns.firstIndex(where: { $0.name == name || $0.shortName == name }) else {
          throw DatasetError(
            .invalid, path: base.path,
            "there is no feature '\(name)'; there are \(columns.map(\.name).joined(separator: ", "))")
        }
        places.append(place)
      }
      guard Set(places.map { columns[$0].dataType }).count == 1, columns[places[0]].dataType.hasPrefix("float") else {
        throw DatasetError(.invalid, path: base.path, "\(wish.parts) are not all numbers of one type")
      }
      if let taken = columns.firstIndex(where: { $0.name == wish.name }), !places.contains(taken) {
        own.leaveOut("'\(wish.name)' of the source", because: "\(wish.parts.joined(separator: ", ")) took its place")
        used.insert(taken)
      }
      let names = places.flatMap { columns[$0].names.count == columns[$0].width ? columns[$0].names : [] }
      let width = places.reduce(0) { $0 + columns[$1].width }
      features.append(
        .values(wish.name, columns[places[0]].dataType, shape: [width], names: names.count == width ? names : nil))
      parts.append(places)
      used.formUnion(places)
      own.note("'\(wish.name)' is made of \(places.map { columns[$0].name }.joined(separator: ", "))")
    }
    for (i, feature) in columns.enumerated() where !used.contains(i) {
      features.append(feature)
      parts.append([i])
    }
    schema.features = features + base.schema.cameras
    self.schema = schema
  }

  var path: String { base.path }
  var count: Int { base.count }
  var remarks: Remarks {
    var all = own
    all.add(base.remarks)
    return all
  }

  func place(_ k: Int) -> String { base.place(k) }

  func episode(_ k: Int) throws(DatasetError) -> EpisodeRecord {
    var record = try base.episode(k)
    let columns = base.schema.columns
    record.columns = parts.map { places in
      if places.count == 1 { return record.columns[places[0]] }
      var joined: [Double] = []
      joined.reserveCapacity(record.length * 16)
      for frame in 0..<record.length {
        for place in places {
          let width = columns[place].width
          for i in frame * width..<(frame + 1) * width { joined.append(record.columns[place].double(i)) }
        }
      }
      return columns[places[0]].dataType == "float64" ? .float64(joined) : .float32(joined.map { Float($0) })
    }
    return record
  }

  func pictures(
    _ k: Int, camera: Int, _ body: (Int, FramePicture) throws(DatasetError) -> Void
  ) throws(DatasetError) { try base.pictures(k, camera: camera, body) }

  func packets(_ k: Int, camera: Int) throws(DatasetError) -> EpisodeVideo? { try base.packets(k, camera: camera) }

  func statistics(_ k: Int, camera: Int) throws(DatasetError) -> SourceStatistics? {
    try base.statistics(k, camera: camera)
  }
}
