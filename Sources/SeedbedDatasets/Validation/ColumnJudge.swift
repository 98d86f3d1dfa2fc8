import Parquet

/// Judges one column of one table: types and nulls, numbers that are none, the bookkeeping columns, and what the statistics
/// claim of each episode.
struct ColumnJudge {
  let source: DatasetSource
  let feature: SourceFeature
  /// Inside the dataset.
  let file: String
  /// Where the claims of episodes stand.
  let claimFile: String
  /// What `meta/stats.json` says of the feature.
  let claim: SourceStatistics?

  var findings = FindingList()
  var total = ColumnTotal()
  /// Of each episode judged: a hash of its values, for finding copies.
  var hashes: [(episode: Int, hash: UInt64)] = []

  init(source: DatasetSource, feature: SourceFeature, file: String, claimFile: String, claim: SourceStatistics?) {
    self.source = source
    self.feature = feature
    self.file = file
    self.claimFile = claimFile
    self.claim = claim
  }

  /// What is gathered of the episode that is judged.
  private struct Current {
    var episode: Int
    /// The place of its first frame in the dataset.
    var firstFrame: Int
    /// Rows judged.
    var rows = 0
    var total = ColumnTotal()
    var hash = ValueHash()
    var tasks: Set<Double> = []
    var lastTime = -Double.infinity
    var claim: SourceStatistics?
  }

  private var current: Current?

  /// Rows in memory at a time.
  static let piece = 8192

  /// Judges an episode, some rows at a time.
  ///
  /// - Parameters:
  ///   - firstFrame: The place of its first frame in the dataset.
  ///   - next: Gives the next rows.
  mutating func episode(
    _ k: Int, rows: Int, firstFrame: Int, claim: SourceStatistics?,
    next: (Int) throws(ParquetError) -> ColumnData
  ) throws(ParquetError) {
    var episode = Current(episode: k, firstFrame: firstFrame, claim: claim)
    episode.hash.add(feature.name)
    while episode.rows < rows {
      let count = min(ColumnJudge.piece, rows - episode.rows)
      take(try next(count), rows: count, &episode)
      episode.rows += count
    }
    finish(episode)
  }

  private mutating func take(_ data: ColumnData, rows: Int, _ episode: inout Current) {
    guard let values = numbers(data, rows: rows, episode: episode.episode, from: episode.rows) else {
      episode.total.isWhole = false
      return
    }
    bookkeeping(values, &episode)
    episode.total.add(ColumnMoments(values, width: feature.claimedWidth(claim ?? episode.claim)))
    if !SourceFeature.standardNames.contains(feature.name) { episode.hash.add(values) }
  }

  private mutating func finish(_ episode: Current) {
    let k = episode.episode
    defer { total.add(episode.total) }
    guard episode.total.isWhole, feature.kind == .numbers else { return }
    if feature.name == "task_index" { checkTasks(episode.tasks, k) }
    if !SourceFeature.standardNames.contains(feature.name) { hashes.append((k, episode.hash.value)) }
    guard let claim = episode.claim, !claim.isEmpty else {
      total.unclaimed += 1
      return
    }
    total.claimed += 1
    total.add(quantiles: claim)
    let moments = ColumnMoments(episode.total)
    ClaimCheck(file: claimFile, feature: feature, episode: k)
      .check(claim, moments, span: moments.span(atLeast: self.claim), &findings)
    for kind in SourceStatistics.kinds where claim[kind] == nil {
      findings.error(
        "statistics-missing", claimFile, episode: k, feature: feature.name,
        "its statistics lack '\(kind)' although others are there.", "Compute them anew.")
    }
  }

  /// Judges rows of which nobody knows the episode.
  mutating func block(_ data: ColumnData, rows: Int) {
    _ = numbers(data, rows: rows, episode: nil, from: 0)
    total.isWhole = false
  }

  /// The rows' values, if they can be compared with anything.
  private mutating func numbers(_ data: ColumnData, rows: Int, episode: Int?, from first: Int) -> [Double]? {
    if let present = data.present, let place = present.firstIndex(of: false) {
      findings.error(
        "null", file, episode: episode, feature: feature.name,
        "\(present.count { !$0 }) values are null, the first in frame \(first + place / max(1, present.count / max(rows, 1))).",
        "Fill them in, or leave the episode out.")
      return nil
    }
    findings.checks += 1
    guard findings.holds(data.hasWidth(feature.width, rows: rows)) else {
      let lengths = data.counts.first.map { Set($0).sorted().prefix(3).map(String.init).joined(separator: ", ") }
      findings.error(
        "width", file, episode: episode, feature: feature.name,
        "its lists are of length \(lengths ?? "1"), the feature's shape is \(feature.shape).",
        "Correct the shape, or restore the lists (a null list counts 0).")
      return nil
    }
    if feature.kind == .texts {
      if case .bytes(let texts) = data.values,
        let place = texts.firstIndex(where: { String(validating: $0, as: UTF8.self) == nil })
      {
        findings.error(
          "text", file, episode: episode, feature: feature.name, "the text of frame \(first + place) is not UTF-8.",
          "Restore it.")
      }
      // Texts have no statistics; an empty list is a piece without numbers.
      return []
    }
    guard let values = data.values.doubles else { return nil }
    guard let bad = values.firstIndex(where: { !$0.isFinite }) else { return values }
    findings.error(
      "not-finite", file, episode: episode, feature: feature.name,
      "\(values.count { !$0.isFinite }) values are no finite numbers; frame \(first + bad / feature.width), "
        + "dimension \(bad % feature.width) is \(values[bad]).", "Fill them in, or leave the episode out.")
    return nil
  }

  private mutating func bookkeeping(_ values: [Double], _ episode: inout Current) {
    let k = episode.episode, first = episode.rows, firstFrame = episode.firstFrame
    switch feature.name {
    case "index": expect(values, k, first, "its place in the dataset") { Double(firstFrame + $0) }
    case "episode_index": expect(values, k, first, "its episode") { _ in Double(k) }
    case "frame_index": expect(values, k, first, "its place in the episode") { Double($0) }
    case "timestamp": times(values, &episode)
    case "task_index": episode.tasks.formUnion(values)
    default: return
    }
  }

  /// - Parameter first: The frame of the first value, in the episode.
  private mutating func expect(
    _ values: [Double], _ k: Int, _ first: Int, _ what: String, _ expected: (Int) -> Double
  ) {
    findings.checks += 1
    guard let place = values.indices.first(where: { values[$0] != expected(first + $0) }) else { return }
    findings.error(
      feature.name, file, episode: k, feature: feature.name,
      "frame \(first + place) has \(values[place].short), \(what) is \(expected(first + place).short).",
      "Number the rows anew, or restore the table.")
  }

  private mutating func times(_ values: [Double], _ episode: inout Current) {
    let rate = source.info.framesPerSecond, first = episode.rows
    findings.checks += 2
    func wanted(_ place: Int) -> Double { Double(first + place) / rate }
    // Later times have a coarser grid in 32 bits.
    func slack(_ time: Double) -> Double { max(DatasetSource.timeTolerance, time * 0x1p-23) }
    if let place = values.indices.first(where: { (values[$0] - wanted($0)).magnitude > slack(wanted($0)) }) {
      findings.error(
        "timestamp", file, episode: episode.episode, feature: feature.name,
        "frame \(first + place) is at \(values[place].short) s, by its number and the rate of \(rate.short) it is "
          + "\(wanted(place).short) s (tolerance 0.0001).",
        "Write frame_index / fps; pictures are looked up by it.")
    } else if let place = values.indices.first(where: { values[$0] <= ($0 > 0 ? values[$0 - 1] : episode.lastTime) }) {
      findings.error(
        "timestamp", file, episode: episode.episode, feature: feature.name,
        "it does not increase at frame \(first + place).", "Write frame_index / fps.")
    }
    episode.lastTime = values.last ?? episode.lastTime
  }

  private mutating func checkTasks(_ numbers: Set<Double>, _ k: Int) {
    let tasks = source.tasks
    if let stray = numbers.filter({ $0 < 0 || $0 >= Double(tasks.count) }).min() {
      findings.error(
        "task-index", file, episode: k, feature: feature.name,
        "it has frames of task \(stray.short), there are \(tasks.count) tasks.", "Correct it.")
      return
    }
    let used = numbers.sorted().map { tasks[Int($0)] }
    if !findings.holds(Set(used) == Set(source.episodes.tasks(k))) {
      findings.error(
        "task-index", file, episode: k, feature: feature.name,
        "its frames have the tasks \(used.prefix(3)), its row says \(source.episodes.tasks(k).prefix(3)).",
        "Correct one of them.")
    }
  }
}

extension SourceFeature {
  /// Numbers that statistics have of each frame: LeRobot takes a matrix's rows for more frames.
  func claimedWidth(_ claim: SourceStatistics?) -> Int {
    guard shape.count > 1, let last = shape.last, claim?.mean?.count == last else { return width }
    return last
  }
}

/// A hash of values in their order, for finding copies; nothing that has to be the same tomorrow.
private struct ValueHash {
  private(set) var value: UInt64 = 0xCBF2_9CE4_8422_2325

  mutating func add(_ name: String) {
    for byte in name.utf8 { value = (value ^ UInt64(byte)) &* 0x100_0000_01B3 }
  }

  mutating func add(_ values: [Double]) {
    for number in values {
      value = (value ^ number.bitPattern) &* 0x9E37_79B9_7F4A_7C15
      value ^= value >> 29
    }
  }
}
