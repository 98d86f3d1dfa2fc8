import MCAP
import SeedbedDatasets

/// A feature and the topic that it stands in.
struct MCAPColumn: Sendable {
  var topic: String
  /// Of joints: 2 position, 3 velocity, 5 effort.
  var quantity: Int?
  /// Of joints of unknown origin: their names, which say where a message's numbers belong; nil where their order does.
  var joints: [String]?
  var feature: SourceFeature

  init(topic: String, quantity: Int?, joints: [String]? = nil, feature: SourceFeature) {
    (self.topic, self.quantity, self.joints, self.feature) = (topic, quantity, joints, feature)
  }

  /// - Parameter place: "/action#2", or a topic alone.
  init(place: String, feature: SourceFeature) {
    let parts = place.split(separator: "#")
    topic = String(parts.first ?? "")
    quantity = parts.count > 1 ? Int(parts[1]) : nil
    self.feature = feature
  }

  /// What a message of joints says for the column.
  static func values(_ quantity: Int?, _ position: [Double?], _ velocity: [Double?], _ effort: [Double?]) -> [Double?] {
    quantity == 3 ? velocity : quantity == 5 ? effort : position
  }
}

/// What came for a feature, message by message.
struct MCAPTrack {
  let column: MCAPColumn
  private(set) var times: [UInt64] = []
  private var numbers: [Double] = []
  private var integers: [Int64] = []
  private var texts: [String] = []
  /// Of joints by their names: did the message say the number?
  private var isSaid: [Bool] = []
  /// Where the last message's joints belong.
  private var names: [String] = []
  private var places: [Int?] = []
  /// Did some messages say the numbers of some joints only?
  private(set) var isPartial = false
  /// Do messages stand in the file in another order than that of their times?
  private(set) var isUnordered = false

  init(_ column: MCAPColumn) { self.column = column }

  /// - Returns: What keeps the message out; nil where all is well.
  mutating func add(_ content: MCAPContent, _ time: UInt64) -> String? {
    let width = column.feature.width
    let other = "does not hold the \(width) values of the others"
    switch content {
    case .joints(let names, let position, let velocity, let effort):
      let values = MCAPColumn.values(column.quantity, position, velocity, effort)
      if let joints = column.joints { return add(names, values, joints, time) }
      guard values.count == width, !values.contains(nil) else { return other }
      numbers += values.compactMap { $0 }
    case .values(let values, let whole):
      guard values.count == width || whole.count == width else { return other }
      numbers += values
      integers += whole
    case .text(let text):
      guard width == 1 else { return other }
      texts.append(text)
    case .image, .video: return other
    }
    times.append(time)
    return nil
  }

  private mutating func add(_ names: [String], _ values: [Double?], _ joints: [String], _ time: UInt64) -> String? {
    if values.isEmpty { return nil }
    if names != self.names {
      guard Set(names).count == names.count else { return "names a joint twice: \(names)" }
      self.names = names
      places = names.map { joints.firstIndex(of: $0) }
    }
    let start = numbers.count
    numbers += [Double](repeating: 0, count: joints.count)
    isSaid += [Bool](repeating: false, count: joints.count)
    for (i, value) in values.enumerated() {
      guard let value else { continue }
      guard let place = places[i] else {
        return "has the joint '\(names[i])', which the first recording does not have there (\(joints)). Export it apart"
      }
      numbers[start + place] = value
      isSaid[start + place] = true
    }
    times.append(time)
    return nil
  }

  /// Brings the messages into the order of their times, and fills in what partial ones leave open: each joint keeps its last
  /// number; what was recorded before all joints were known goes.
  ///
  /// - Returns: What is missing; nil where all is well.
  mutating func complete() -> String? {
    let width = column.feature.width
    if !times.isRising {
      isUnordered = true
      let order = times.risingOrder, count = times.count
      func sorted<T>(_ all: [T], _ width: Int) -> [T] {
        all.count == count * width ? order.flatMap { all[$0 * width..<($0 + 1) * width] } : all
      }
      (numbers, integers, texts) = (sorted(numbers, width), sorted(integers, width), sorted(texts, 1))
      isSaid = sorted(isSaid, width)
      times = order.map { times[$0] }
    }
    guard let joints = column.joints, isSaid.contains(false) else { return nil }
    isPartial = true
    var unknown = Set(0..<width)
    var first: Int?
    for row in times.indices {
      for i in 0..<width {
        let at = row * width + i
        if isSaid[at] { unknown.remove(i) } else if row > 0 { numbers[at] = numbers[at - width] }
      }
      if unknown.isEmpty, first == nil { first = row }
    }
    guard let first else {
      return "no message of '\(column.topic)' has \(unknown.sorted().map { joints[$0] }), as the first recording's do"
    }
    numbers.removeFirst(first * width)
    times.removeFirst(first)
    return nil
  }

  /// The values on a grid; nil where they are of another sort than the feature.
  func values(_ grid: MCAPGrid) -> FrameValues? {
    let rows = grid.choose(times)
    let feature = column.feature
    let width = feature.width
    func pick<T>(_ all: [T]) -> [T]? {
      guard all.count == times.count * width else { return nil }
      return rows.flatMap { all[$0 * width..<($0 + 1) * width] }
    }
    switch feature.dataType {
    case "float64": return pick(numbers).map(FrameValues.float64)
    case "string": return pick(texts).map(FrameValues.text)
    case "bool": return pick(integers).map { .bool($0.map { $0 != 0 }) }
    case _ where feature.dataType.hasPrefix("float"): return pick(numbers).map { .float32($0.map { Float($0) }) }
    default: return pick(integers).map(FrameValues.integer)
    }
  }
}

extension [UInt64] {
  /// Does none come before an earlier one?
  var isRising: Bool { zip(self, dropFirst()).allSatisfy { $0 <= $1 } }
  /// Places in rising order; equal ones as they are.
  var risingOrder: [Int] { indices.sorted { (self[$0], $0) < (self[$1], $1) } }
}
