/// The pages of a column chunk, one after another; memory holds one of them.
struct PageStream {
  /// Chunks up to this size are read at once, larger ones page by page.
  private static let piece = 1 << 18
  /// A page's header with its statistics stays far below.
  private static let longestHeader = 1 << 24

  private let file: InputFile
  /// Where the chunk ends in the file.
  private let end: Int
  /// Where the next page begins in the file.
  private(set) var at: Int
  private var window: [UInt8] = []
  private var windowStart = 0

  init(_ file: InputFile, _ place: Range<Int>) {
    self.file = file
    at = place.lowerBound
    end = place.upperBound
  }

  /// Goes on with the page at a place that `at` once was.
  mutating func seek(to place: Int) { at = place }

  /// The next page's header, and where its stored bytes stand in `bytes`.
  mutating func next() throws(FormatError) -> (header: PageHeader, bytes: [UInt8], body: Range<Int>) {
    var size = PageStream.piece
    while true {
      try load(size)
      let start = at - windowStart
      do throws(FormatError) {
        var thrift = ThriftReader(ByteReader(window, start..<window.count))
        let header = try PageHeader(&thrift)
        let length = thrift.source.at - start
        guard header.compressedSize <= end - at - length, header.compressedSize <= Codec.longestPage else {
          throw FormatError.damaged("a page of \(header.compressedSize) bytes where \(end - at - length) are left")
        }
        try load(length + header.compressedSize)
        let body = at - windowStart + length
        at += length + header.compressedSize
        return (header, window, body..<body + header.compressedSize)
      } catch {
        // A header that is cut by the window's end is read again out of a larger one.
        guard windowStart + window.count < end, size < PageStream.longestHeader, window.count - start <= size else {
          throw error
        }
        size *= 8
      }
    }
  }

  /// Brings the next `count` bytes into memory, or as many as there are.
  private mutating func load(_ count: Int) throws(FormatError) {
    let last = min(end, at + count)
    if at >= windowStart && last <= windowStart + window.count { return }
    do {
      window = try file.read(at..<last)
    } catch {
      throw .file(error)
    }
    windowStart = at
  }
}
