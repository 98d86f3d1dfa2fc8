import Parquet
import SeedbedDatasets
import Video

/// Makes episodes of a mix out of a source's, which are asked for in rising order.
struct EpisodeCopier: ~Copyable {
  private let source: MixSource
  private let schema: MixSchema
  private let columns: MixColumns
  private let request: MixRequest
  private var frames: FrameReader
  /// The source's features that are read, the task numbers last.
  private let wanted: [String]
  private var claims: EpisodeClaims
  private var cells: EpisodeCells
  private var nextCell = 0
  private let footage: [Int: FootageReader]
  private let pictures: PictureSource
  /// The episodes of which pictures were encoded anew, and of which numbers' statistics were computed.
  private(set) var recoded = 0
  /// The cameras of which some episode's pictures are stored in another order than they are shown (B-frames), and not.
  private(set) var reordered: Set<String> = [], ordered: Set<String> = []

  init(_ source: MixSource, _ schema: MixSchema, _ columns: MixColumns, _ request: MixRequest) throws(DatasetError) {
    var names: [String] = [], cameras: [Int: FootageReader] = [:]
    for plan in schema.features {
      switch plan.recipes[source.place] {
      case .column(let name, _): names.append(name)
      case .camera(let camera): cameras[camera] = FootageReader(source.data, camera: camera)
      case .fill, .origin: break
      }
    }
    let wanted = names + ["task_index"]
    let frames = try source.data.frames(features: wanted)
    let videos = cameras.keys.sorted().map { source.data.info.cameras[$0].name }
    let claims = try source.data.claims(of: names + videos)
    let cells = try source.data.episodeCells([MixColumns.source] + columns.inherited)
    self.wanted = wanted
    self.frames = frames
    self.claims = claims
    self.cells = cells
    self.source = source
    self.schema = schema
    self.columns = columns
    self.request = request
    footage = cameras
    pictures = PictureSource(framesPerSecond: schema.framesPerSecond)
  }

  /// - Parameter repetition: How often the episode stands in the mix before.
  mutating func episode(_ k: Int, repetition: Int) throws(DatasetError) -> (DatasetEpisode, origin: String) {
    let data = source.data
    let read = try frames.read(k)
    let known = try claims.read(k)
    let length = source.frames(k, at: schema.framesPerSecond)
    let isSameRate = source.framesPerSecond == Double(schema.framesPerSecond)
    let resampler =
      isSameRate
      ? nil
      : Resampler(data.episodes.length(k), from: source.framesPerSecond, to: schema.framesPerSecond, request.resampling)
    let row = try cellRow(k)
    let origin = source.origin(k, request)
    var values: [FrameValues] = [], videos: [EpisodeVideo] = []
    var statistics: [String: SourceStatistics] = [:]
    var wasRecoded = false
    for plan in schema.features {
      let name = plan.feature.name
      switch plan.recipes[source.place] {
      case .column(let original, let order):
        guard let at = wanted.firstIndex(of: original) else { continue }
        var column = read[at].values
        let width = plan.feature.kind == .pictures ? 1 : plan.feature.width
        if plan.feature.kind == .pictures {
          statistics[name] = try pictures.stored(column, known[original], plan.feature, k, data.path)
        } else if order == nil, isSameRate, let claim = known[original],
          ClaimTest.holds(claim, column, width: width, frames: length)
        {
          statistics[name] = claim
        }
        if let order { column = column.reordered(order) }
        if let resampler { column = resampler.values(column, width: width) }
        values.append(column.widened(to: plan.feature.dataType))
      case .camera(let camera):
        guard let reader = footage[camera], let coding = plan.coding else { continue }
        let claim = known[data.info.cameras[camera].name]
        let (video, taken, isNew) = try pictures.video(
          reader, k, coding, claim, plan.feature, nearest: resampler?.nearest ?? Array(0..<length),
          isSameRate: isSameRate)
        videos.append(video)
        statistics[name] = taken
        wasRecoded = wasRecoded || isNew
        if case .packets(let stretch, _) = video, stretch.isReordered {
          reordered.insert(name)
        } else {
          ordered.insert(name)
        }
      case .fill(let fill):
        if case .black = fill, let coding = plan.coding {
          let (video, taken) = try pictures.black(coding, frames: length, path: data.path)
          videos.append(video)
          statistics[name] = taken
        } else {
          values.append(.filled(fill, plan.feature, frames: length))
        }
      case .origin:
        let number: Int64 = origin == "real" ? 0 : origin == "sim" ? 1 : 2
        values.append(.integer(.init(repeating: number, count: length)))
      }
    }
    var rest = values[...]
    for plan in schema.features where plan.feature.kind != .video {
      guard let column = rest.popFirst(), plan.feature.kind == .numbers, statistics[plan.feature.name] == nil else {
        continue
      }
      statistics[plan.feature.name] = SourceStatistics(of: column, width: plan.feature.width)
    }
    if wasRecoded { recoded += 1 }
    let (tasks, places) = try self.tasks(read[wanted.count - 1].values, k, resampler)
    return (
      DatasetEpisode(
        length: length, tasks: tasks, taskOfFrame: places, columns: values, videos: videos, statistics: statistics,
        cells: cells(row, origin: origin, k, repetition)), origin
    )
  }

  private mutating func cellRow(_ k: Int) throws(DatasetError) -> [EpisodeCell] {
    var row: [EpisodeCell] = []
    while nextCell <= k {
      row = try cells.next() ?? []
      nextCell += 1
    }
    let missing = columns.inherited.count + 1 - row.count
    return row + [EpisodeCell](repeating: .null, count: max(0, missing))
  }

  private func cells(_ row: [EpisodeCell], origin: String, _ k: Int, _ repetition: Int) -> [ColumnData] {
    let inner: String? = if case .text(let text) = row[0] { text } else { nil }
    var cells: [ColumnData] = [
      .nullable([origin] as [String?]), .nullable([inner.map { source.name + "/" + $0 } ?? source.name] as [String?]),
      .nullable([Int64(k)] as [Int64?]),
    ]
    if request.repeats { cells.append(.nullable([Int64(repetition)] as [Int64?])) }
    return cells + columns.cells(Array(row.dropFirst()))
  }

  /// The instructions that frames refer to, and each frame's.
  private func tasks(
    _ numbers: FrameValues, _ k: Int, _ resampler: Resampler?
  ) throws(DatasetError) -> ([String], [Int]?) {
    guard case .integer(let all) = numbers, let first = all.first else {
      throw DatasetError(.damaged, path: source.directory, episode: k, "'task_index' holds no whole numbers")
    }
    if let bad = all.first(where: { !(0..<Int64(source.data.tasks.count)).contains($0) }) {
      throw DatasetError(
        .invalid, path: source.directory, episode: k,
        "task_index \(bad) is not one of the \(source.data.tasks.count) tasks")
    }
    if all.allSatisfy({ $0 == first }) { return ([source.data.tasks[Int(first)]], nil) }
    let taken = resampler.map { $0.nearest.map { all[$0] } } ?? all
    return distinctTasks(taken.map { source.data.tasks[Int($0)] })
  }
}
