public import Diagnostics
public import SeedbedDatasets

/// Which episodes are asked for, what of them, and in which order.
public struct EpisodeQuery: Sendable {
  public struct Order: Sendable {
    public var value: Expression
    public var isDescending: Bool
  }

  public let catalog: EpisodeCatalog
  /// nil asks for all.
  public var condition: Expression?
  /// Nulls stand last; of equal episodes the earlier is first.
  public var order: [Order] = []
  /// The most episodes of the answer.
  public var limit: Int?

  public init(_ catalog: EpisodeCatalog) { self.catalog = catalog }

  /// Values to show, with commas between them.
  public func values(_ text: String, label: String) throws(InputError) -> [Expression] {
    try Expression.values(text, columns: catalog.columns, label: label)
  }

  /// Values to sort by, with commas between them; a `-` in front turns the order around.
  public mutating func sort(by text: String, label: String) throws(InputError) {
    order = try Expression.order(text, columns: catalog.columns, label: label)
      .map { Order(value: $0.value, isDescending: $0.isDescending) }
  }

  /// The episodes that were found, in the order asked for.
  public struct Answer: Sendable {
    /// Of the dataset.
    public var episodes = 0
    /// The condition holds for so many, before the limit.
    public var matching = 0
    /// Of all matching ones; nil where the table has no lengths.
    public var frames: Int?
    /// Episodes of the answer, by their places from 0.
    public var places: [Int] = []
  }

  /// Finds the episodes.
  public func run() throws(DatasetError) -> Answer {
    let hasLength = catalog.kind("length") == .integer, hasIndex = catalog.kind("episode_index") == .integer
    var columns = UnitedColumns()
    if let condition { columns.add(condition) }
    for key in order { columns.add(key.value) }
    if hasLength { columns.add("length") }
    if hasIndex { columns.add("episode_index") }
    var scan = try EpisodeScan(catalog, columns.names)
    var answer = Answer(frames: hasLength ? 0 : nil)
    var keys: [Vector?] = .init(repeating: nil, count: order.count)
    while let rows = try scan.next() {
      let found: [Int]
      if let condition {
        let truths = columns.rows(rows, of: condition).condition(condition.node)
        found = truths.indices.filter { truths[$0] == .yes }
      } else {
        found = Array(0..<rows.count)
      }
      if hasIndex, let numbers = columns.integers("episode_index", rows) {
        if let bad = numbers.indices.first(where: { numbers[$0] != answer.episodes + $0 }) {
          throw DatasetError(
            .damaged, path: catalog.folder("meta"), episode: answer.episodes + bad,
            "its row has episode_index \(numbers[bad]); rows are looked up by their place. `seedbed validate` says more"
          )
        }
      }
      if hasLength, let lengths = columns.integers("length", rows) {
        answer.frames = found.reduce(answer.frames ?? 0) { $0 &+ Int(lengths[$1]) }
      }
      for (i, key) in order.enumerated() {
        let values = columns.rows(rows, of: key.value).value(key.value.node).picking(found)
        if keys[i] == nil { keys[i] = values } else { keys[i]?.append(values) }
      }
      answer.matching += found.count
      let room = order.isEmpty ? max(0, (limit ?? .max) - answer.places.count) : found.count
      answer.places += found.prefix(room).map { $0 + answer.episodes }
      answer.episodes += rows.count
    }
    if !order.isEmpty {
      let sorted = SortKeys(zip(keys, order).compactMap { key, order in key.map { ($0, order.isDescending) } })
        .sorted(answer.places.count)
      answer.places = sorted.prefix(limit ?? .max).map { answer.places[$0] }
    }
    return answer
  }

  /// Reads values of the found episodes, in the answer's order: some rows at a time, one vector a value.
  func read(
    _ values: [Expression], of answer: Answer, _ take: ([Vector], Int) throws(DatasetError) -> Void
  ) throws(DatasetError) {
    var columns = UnitedColumns()
    for value in values { columns.add(value) }
    var scan = try EpisodeScan(catalog, columns.names)
    let isInOrder = order.isEmpty
    let wanted =
      isInOrder ? Array(answer.places.indices) : answer.places.indices.sorted { answer.places[$0] < answer.places[$1] }
    var kept: [Vector?] = .init(repeating: nil, count: values.count)
    var done = 0, base = 0
    while done < wanted.count, let rows = try scan.next() {
      var here: [Int] = []
      while done < wanted.count, answer.places[wanted[done]] < base + rows.count {
        here.append(answer.places[wanted[done]] - base)
        done += 1
      }
      base += rows.count
      if here.isEmpty { continue }
      let vectors = values.map { columns.rows(rows, of: $0).value($0.node).picking(here) }
      if isInOrder {
        try take(vectors, here.count)
      } else {
        for i in vectors.indices { if kept[i] == nil { kept[i] = vectors[i] } else { kept[i]?.append(vectors[i]) } }
      }
    }
    guard !isInOrder, done > 0 else { return }
    var back = [Int](repeating: 0, count: done)
    for (place, rank) in wanted.prefix(done).enumerated() where rank < done { back[rank] = place }
    try take(kept.map { ($0 ?? .nulls(done)).picking(back) }, done)
  }
}

/// The columns that several expressions need, each once.
struct UnitedColumns {
  private(set) var names: [String] = []
  private var places: [String: Int] = [:]

  mutating func add(_ expression: Expression) { for name in expression.columns { add(name) } }

  mutating func add(_ name: String) {
    guard places[name] == nil else { return }
    places[name] = names.count
    names.append(name)
  }

  /// A column of whole numbers.
  func integers(_ name: String, _ rows: Evaluator) -> [Int64]? {
    guard let place = places[name], case .integers(let values, _) = rows.columns[place] else { return nil }
    return values
  }

  /// The rows as one of the expressions numbers its columns.
  func rows(_ rows: Evaluator, of expression: Expression) -> Evaluator {
    Evaluator(columns: expression.columns.map { rows.columns[places[$0] ?? 0] }, count: rows.count)
  }
}
