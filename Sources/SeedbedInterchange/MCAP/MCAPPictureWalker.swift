import MCAP
import SeedbedDatasets
import Video

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
    case .video(let bytes, let codec, _):
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
