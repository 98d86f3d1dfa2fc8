import CLinux
import Glibc

/// A file that is written at any place, by a queue.
struct QueuedFile: ~Copyable {
  private static let piece = 4 << 20

  private let descriptor: Descriptor
  private let queue: WriteQueue
  private let line: WriteQueue.Line

  init(path: String, queue: WriteQueue) throws(VideoError) {
    descriptor = try Descriptor(path: path, flags: O_WRONLY | O_CREAT | O_TRUNC, trouble: "cannot be created")
    self.queue = queue
    line = queue.line()
  }

  func write(_ bytes: [UInt8], at offset: Int) throws(VideoError) {
    let output = descriptor
    try queue.add(to: line) { () throws(VideoError) in try output.write(bytes, at: offset) }
  }

  /// A part of another file: inside the kernel, or in pieces through memory where it cannot do that.
  func copy(_ source: borrowing InputFile, _ range: Range<Int>, to place: Int) throws(VideoError) {
    let input = source.descriptor, output = descriptor
    try queue.add(to: line) { () throws(VideoError) in
      var at = range.lowerBound
      while at < range.upperBound {
        var from = at, to = place + at - range.lowerBound
        let count = copy_file_range(input.number, &from, output.number, &to, UInt(range.upperBound - at), 0)
        if count < 0 && errno == EINTR { continue }
        if count <= 0 { break }
        at += count
      }
      while at < range.upperBound {
        let bytes = try input.read(min(Self.piece, range.upperBound - at), at: at)
        try output.write(bytes, at: place + at - range.lowerBound)
        at += bytes.count
      }
    }
  }

  /// Waits, in the line, until the disk has all of it.
  func synchronize() throws(VideoError) {
    let output = descriptor
    try queue.add(to: line) { () throws(VideoError) in
      guard fsync(output.number) == 0 else { throw output.failure("cannot be written to disk") }
    }
  }
}
