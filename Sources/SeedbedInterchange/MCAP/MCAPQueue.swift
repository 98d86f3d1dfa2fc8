import SeedbedDatasets

/// Hands a topic's messages on in the order of their times. MCAP does not promise that a file holds them so.
struct MCAPQueue {
  /// Bytes of messages that wait for earlier ones at most.
  private static let mostBytes = 1 << 27

  private let topic: String
  /// When each message's turn is; nil where they come in their order.
  private let turns: [Int]?
  private var waiting: [Int: (time: UInt64, content: MCAPContent)] = [:]
  private var came = 0, next = 0, bytes = 0

  /// - Parameter times: Of all messages of the topic, in the file's order.
  init(_ topic: String, _ times: [UInt64]) {
    self.topic = topic
    if times.isRising {
      turns = nil
    } else {
      var turns = [Int](repeating: 0, count: times.count)
      for (turn, i) in times.risingOrder.enumerated() { turns[i] = turn }
      self.turns = turns
    }
  }

  /// Takes the next message of the file, and hands on those whose turn it is.
  mutating func add(
    _ content: MCAPContent, _ time: UInt64, _ path: String,
    _ body: (MCAPContent, UInt64) throws(DatasetError) -> Void
  ) throws(DatasetError) {
    guard let turns else { return try body(content, time) }
    guard came < turns.count else {
      throw DatasetError(.damaged, path: path, "it changed while it was read: '\(topic)' has more messages than before")
    }
    waiting[turns[came]] = (time, content)
    came += 1
    bytes += content.byteCount
    while let (time, content) = waiting.removeValue(forKey: next) {
      next += 1
      bytes -= content.byteCount
      try body(content, time)
    }
    guard bytes <= MCAPQueue.mostBytes else {
      throw DatasetError(
        .unsupported, path: path,
        "messages of '\(topic)' stand so far from the order of their times that more than \(MCAPQueue.mostBytes >> 20) MB "
          + "would have to wait in memory. Sort the file first: mcap sort FILE -o SORTED")
    }
  }
}

extension MCAPContent {
  /// Bytes of what is large in it.
  fileprivate var byteCount: Int {
    switch self {
    case .image(let bytes): bytes.count
    case .video(let bytes, _, _): bytes.count
    default: 0
    }
  }
}
