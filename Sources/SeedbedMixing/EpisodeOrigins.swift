import SeedbedDatasets

/// Where each episode of a source is from, as far as the source itself tells: its row's own word, else the frames' `sim.origin`,
/// else what the source as a whole or the row's simulation says.
///
/// One tagged episode says nothing of its neighbours: in a merge of simulated and real episodes a row without any sign of a
/// simulation is real.
struct EpisodeOrigins {
  private static let real = "real", simulated = "sim"

  /// Every word once.
  private var words: [String] = []
  private var numbers: [String: Int32] = [:]
  private var places: [Int32] = []
  /// Rows that count as simulated for their own columns alone.
  private(set) var inferred = 0

  /// - Parameter evidence: What says that the source as a whole is simulated.
  init(_ source: DatasetSource, _ evidence: SimulationEvidence?) throws(DatasetError) {
    var cells = try source.episodeCells([MixColumns.origin])
    var untold: [Int] = []
    while let row = try cells.next() {
      if case .text(let text) = row[0], !text.isEmpty {
        places.append(place(text))
      } else {
        untold.append(places.count)
        places.append(place(evidence == nil ? Self.real : Self.simulated))
      }
    }
    if untold.isEmpty { return }
    if evidence == nil { try readRows(source, untold) }
    try readFrames(source, untold)
  }

  subscript(_ k: Int) -> String { words[Int(places[k])] }

  private mutating func place(_ word: String) -> Int32 {
    if let known = numbers[word] { return known }
    words.append(word)
    numbers[word] = Int32(words.count - 1)
    return Int32(words.count - 1)
  }

  /// A row with a value of simulations is of one.
  private mutating func readRows(_ source: DatasetSource, _ untold: [Int]) throws(DatasetError) {
    let signs = try source.episodeColumns().filter { $0.hasPrefix("sim.") }
    if signs.isEmpty { return }
    var cells = try source.episodeCells(signs)
    var rest = untold[...]
    var k = 0
    while let row = try cells.next(), let next = rest.first {
      if k == next {
        rest.removeFirst()
        if row.contains(where: { !$0.saysNothing }) {
          inferred += 1
          places[k] = place(Self.simulated)
        }
      }
      k += 1
    }
  }

  /// Frames keep their origin through every tool.
  private mutating func readFrames(_ source: DatasetSource, _ untold: [Int]) throws(DatasetError) {
    let feature = source.info.columns.first {
      $0.name == MixColumns.frameOrigin && $0.kind == .numbers && $0.width == 1
    }
    guard feature != nil, !untold.isEmpty else { return }
    var frames = try source.frames(features: [MixColumns.frameOrigin])
    for k in untold {
      guard case .integer(let values)? = try frames.read(k).first?.values else { return }
      if values.first == 0 { places[k] = place(Self.real) }
      if values.first == 1 { places[k] = place(Self.simulated) }
    }
  }
}

extension EpisodeCell {
  /// Tools write NaN where a row has no value.
  fileprivate var saysNothing: Bool {
    switch self {
    case .null: true
    case .number(let value): value.isNaN
    case .text(let text): text.isEmpty
    case .list(let cells): cells.isEmpty
    case .bool, .integer: false
    }
  }
}
