import Glibc

/// Puts clips of one camera one after another into an MP4 file: packets of other files as they are, B-frames among them,
/// and encoded clips.
///
/// Picture k is shown at exactly k / fps; a second has fps ticks, doubled until there are 10,000 (libavformat's rule). The
/// bytes depend on format and packets alone. Memory holds the index, some bytes a picture. Packets go from file to file inside
/// the kernel where it can do that.
public struct MovieWriter: ~Copyable {
  /// The file's type, room, and the header of the packets' box, whose length is written last.
  private static let start = 64

  public let path: String
  public let format: MovieFormat
  private let framesPerSecond: Int
  private let file: QueuedFile
  private let queue: WriteQueue
  private let isShared: Bool
  private var table = PacketIndex()
  private var size = MovieWriter.start

  /// Opens the file, replacing one that is there.
  ///
  /// - Parameter queue: Does the writing, of several files perhaps; nil for one of this file alone.
  public init(
    path: String, format: MovieFormat, framesPerSecond: Int, queue: WriteQueue? = nil
  ) throws(VideoError) {
    guard ClipShape.rates.contains(framesPerSecond) else {
      throw VideoError(.invalidArgument, path, "\(framesPerSecond) pictures a second cannot be written")
    }
    guard format.isWritable else {
      throw VideoError(.unsupported, path, "pictures coded as '\(format.codec)' are only read")
    }
    let writes = queue ?? WriteQueue()
    let file = try QueuedFile(path: path, queue: writes)
    try file.write(Self.head(mediaBytes: 0), at: 0)
    self.file = file
    self.queue = writes
    isShared = queue != nil
    self.path = path
    self.format = format
    self.framesPerSecond = framesPerSecond
  }

  /// Bytes so far, without the index that `finish` adds.
  public var bytesWritten: Int { size }
  /// Pictures so far.
  public var pictureCount: Int { table.count }

  /// Adds an encoded clip.
  public mutating func append(_ clip: EncodedClip) throws(VideoError) {
    guard MovieFormat(clip)?.configuration == format.configuration, clip.codec == format.codec,
      clip.width == format.width, clip.height == format.height, clip.framesPerSecond == framesPerSecond
    else { throw VideoError(.invalidArgument, path, "clip differs in codec, size, rate or configuration") }
    guard clip.packets.first?.isKeyframe == true else {
      throw VideoError(.invalidArgument, path, "the clip does not begin with a keyframe")
    }
    guard clip.lags.map({ $0.count == clip.packets.count }) ?? true else {
      throw VideoError(.invalidArgument, path, "the clip says of \(clip.lags?.count ?? 0) pictures when they are shown")
    }
    table.beginChunk(at: size)
    var bytes: [UInt8] = []
    for (i, packet) in clip.packets.enumerated() {
      bytes += packet.bytes
      table.add(size: packet.bytes.count, isKeyframe: packet.isKeyframe, lag: clip.lags.map { Int($0[i]) } ?? 0)
    }
    try file.write(bytes, at: size)
    size += bytes.count
  }

  /// Adds pictures of another file as they are stored.
  public mutating func append(_ stretch: PacketStretch, of movie: borrowing MovieReader) throws(VideoError) {
    let track = movie.track
    guard track.format == format, stretch.packets.upperBound <= track.table.count else {
      throw VideoError(.invalidArgument, path, "\(movie.path) is coded in another way")
    }
    table.beginChunk(at: size)
    var run: Range<Int>?
    for (i, k) in stretch.packets.enumerated() {
      let length = Int(track.table.sizes[k]), offset = track.table.offsets[k]
      table.add(size: length, isKeyframe: track.table.isKeyframe[k], lag: stretch.lags.map { Int($0[i]) } ?? 0)
      if let known = run, known.upperBound == offset {
        run = known.lowerBound..<offset + length
      } else {
        if let known = run { try copy(movie, known) }
        run = offset..<offset + length
      }
    }
    if let run { try copy(movie, run) }
  }

  private mutating func copy(_ movie: borrowing MovieReader, _ range: Range<Int>) throws(VideoError) {
    try file.copy(movie.file, range, to: size)
    size += range.count
  }

  /// Writes the index; only then the file is readable. With a queue that others use too, that is when its own `finish`
  /// returns.
  ///
  /// - Parameter isSynchronized: Waits until the disk has all of it.
  public consuming func finish(isSynchronized: Bool = true) throws(VideoError) {
    guard table.count > 0 else { throw VideoError(.invalidArgument, path, "no picture was added") }
    let ticks = ClipShape.ticksPerSecond(framesPerSecond) / framesPerSecond
    guard table.count * ticks < 1 << 32 else {
      throw VideoError(.invalidArgument, path, "\(table.count) pictures are too many for one file")
    }
    try file.write(table.movieBox(format, framesPerSecond: framesPerSecond, ticks: ticks), at: size)
    try file.write(Self.head(mediaBytes: size - Self.start), at: 0)
    if isSynchronized { try file.synchronize() }
    if !isShared { try queue.finish() }
  }

  private static func head(mediaBytes: Int) -> [UInt8] {
    var builder = BoxBuilder()
    builder.box("ftyp") { box in
      box.text("isom")
      box.uint32(0x200)
      box.text("isomiso2mp41")
    }
    builder.box("free") { $0.zeros(12) }
    builder.uint32(1)
    builder.text("mdat")
    builder.uint64(mediaBytes + 16)
    return builder.bytes
  }
}
