import MCAP
import SeedbedDatasets
import Video

/// A feature and the topic that it stands in.
struct MCAPColumn: Sendable {
  var topic: String
  /// Of joints: 2 position, 3 velocity, 5 effort.
  var quantity: Int?
  var feature: SourceFeature

  init(topic: String, quantity: Int?, feature: SourceFeature) {
    (self.topic, self.quantity, self.feature) = (topic, quantity, feature)
  }

  /// - Parameter place: "/action#2", or a topic alone.
  init(place: String, feature: SourceFeature) {
    let parts = place.split(separator: "#")
    topic = String(parts.first ?? "")
    quantity = parts.count > 1 ? Int(parts[1]) : nil
    self.feature = feature
  }
}

/// What came for a feature, message by message.
struct MCAPTrack {
  private var times: [UInt64] = []
  private var numbers: [Double] = []
  private var integers: [Int64] = []
  private var texts: [String] = []

  /// - Returns: false where the message holds something else.
  mutating func add(_ content: MCAPContent, _ column: MCAPColumn, _ time: UInt64) -> Bool {
    let width = column.feature.width
    switch content {
    case .joints(_, let position, let velocity, let effort):
      let values = column.quantity == 3 ? velocity : column.quantity == 5 ? effort : position
      guard values.count == width else { return false }
      numbers += values
    case .values(let values, let whole):
      guard values.count == width || whole.count == width else { return false }
      numbers += values
      integers += whole
    case .text(let text):
      guard width == 1 else { return false }
      texts.append(text)
    case .image, .video: return false
    }
    times.append(time)
    return true
  }

  /// The values on a grid; nil where they are of another sort than the feature.
  func values(_ grid: MCAPGrid, _ feature: SourceFeature) -> FrameValues? {
    let rows = grid.choose(times)
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

/// The times of an episode's frames, nanoseconds.
struct MCAPGrid {
  struct Span {
    var first = UInt64.max, last: UInt64 = 0, count = 0
    mutating func add(_ time: UInt64) {
      first = min(first, time)
      last = max(last, time)
      count += 1
    }
  }

  private static let mostFrames = 10_000_000

  let frames: [UInt64]
  private let isExact: Bool

  /// Frame by frame what was recorded frame by frame.
  init(exact count: Int, _ rate: Double) {
    frames = (0..<count).map { UInt64((Double($0) * 1e9 / rate).rounded()) }
    isExact = true
  }

  /// From when all have begun until the first ends; nil where that is never.
  init?(_ spans: [Span], _ rate: Double) {
    guard let start = spans.map(\.first).max(), let end = spans.map(\.last).min(), start <= end else { return nil }
    let count = Double(end - start) / 1e9 * rate
    guard count < Double(MCAPGrid.mostFrames) else { return nil }
    frames = (0...Int(count)).map { start + UInt64((Double($0) * 1e9 / rate).rounded()) }
    isExact = false
  }

  /// For each frame the last message that was recorded at or before it, half a millisecond of jitter forgiven.
  func choose(_ times: [UInt64]) -> [Int] {
    if isExact { return Array(frames.indices.prefix(times.count)) }
    var at = 0
    return frames.map { frame in
      while at + 1 < times.count, times[at + 1] <= frame + 500_000 { at += 1 }
      return at
    }
  }

  /// Frames for which a message at a time is the last one before the next at another.
  func frames(from: Int, before time: UInt64?) -> Range<Int> {
    guard let time else { return from..<frames.count }
    var end = from
    while end < frames.count, frames[end] + 500_000 < time { end += 1 }
    return from..<end
  }

  var takesEach: Bool { isExact }
}

/// Turns a camera's messages into a picture for each frame.
struct MCAPPictureWalker: ~Copyable {
  private let grid: MCAPGrid
  private let shape: SourceFeature.PictureShape?
  private var decoder: StreamDecoder?
  private var next = 0
  private var number = 0
  private var last: FramePicture?
  private var times: [UInt64] = []

  init(_ grid: MCAPGrid, _ shape: SourceFeature.PictureShape?) {
    self.grid = grid
    self.shape = shape
  }

  mutating func take(
    _ content: MCAPContent, _ time: UInt64, _ path: String,
    _ body: (Int, FramePicture) throws(DatasetError) -> Void
  ) throws(DatasetError) {
    switch content {
    case .image(let bytes): try show(.file(bytes), time, body)
    case .video(let bytes, let codec):
      var pictures: [(Int, [UInt8])] = []
      do throws(VideoError) {
        if decoder == nil { decoder = try StreamDecoder(codec: codec, subject: path) }
        times.append(time)
        try decoder?.feed(bytes, number: number) { pictures.append(($0, $1)) }
        number += 1
      } catch {
        throw DatasetError(error)
      }
      for (number, rgb) in pictures { try show(.rgb(rgb), times[min(number, times.count - 1)], body) }
    default: return
    }
  }

  private mutating func show(
    _ picture: FramePicture, _ time: UInt64, _ body: (Int, FramePicture) throws(DatasetError) -> Void
  ) throws(DatasetError) {
    if grid.takesEach {
      if next < grid.frames.count { try body(next, picture) }
      next += 1
      return
    }
    if let last {
      for frame in grid.frames(from: next, before: time) {
        try body(frame, last)
        next = frame + 1
      }
    }
    last = picture
  }

  mutating func finish(
    _ path: String, _ body: (Int, FramePicture) throws(DatasetError) -> Void
  ) throws(DatasetError) {
    var pictures: [(Int, [UInt8])] = []
    do throws(VideoError) { try decoder?.drain { pictures.append(($0, $1)) } } catch { throw DatasetError(error) }
    for (number, rgb) in pictures { try show(.rgb(rgb), times[min(number, times.count - 1)], body) }
    guard !grid.takesEach, let last else { return }
    for frame in grid.frames(from: next, before: nil) { try body(frame, last) }
  }
}
