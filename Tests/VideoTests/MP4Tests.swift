import SeedbedTestSupport
import Testing
import Video

@Suite struct MP4Tests {
  /// Writes clips one after another.
  private func write(_ clips: [EncodedClip], to path: String) throws {
    var writer = try MP4Writer(path: path, format: clips[0])
    for clip in clips { try writer.append(clip.packets) }
    try writer.finish()
  }

  @Test func packetsAndConfigurationComeBackByteForByte() throws {
    let folder = try TemporaryDirectory()
    let clips = try [5, 1, 8, 2, 9].enumerated().map { try encode(frames: $1, seed: UInt64($0)) }
    let path = folder.file("a:b.mp4")
    try write(clips, to: path)
    var reader = try MP4Reader(path: path)
    #expect((reader.codec, reader.width, reader.height, reader.framesPerSecond) == ("h264", 64, 48, 30))
    #expect(reader.frameCount == 25)
    #expect(reader.configuration == clips[0].configuration)
    var at = 0
    for clip in clips {
      #expect(try reader.packets(at..<at + clip.packets.count) == clip.packets)
      at += clip.packets.count
    }
    var failed = false
    do { _ = try reader.packets(20..<26) } catch { failed = true }
    #expect(failed)
  }

  @Test func samePacketsGiveSameFile() throws {
    let folder = try TemporaryDirectory()
    let clips = try [4, 7].map { try encode(frames: $0, seed: UInt64($0)) }
    try write(clips, to: folder.file("1.mp4"))
    try write(clips, to: folder.file("2.mp4"))
    #expect(try readFile(folder.file("1.mp4")) == readFile(folder.file("2.mp4")))
  }

  /// A file that begins with another one's packets is the one that all clips give at once.
  @Test func aFileIsContinued() throws {
    let folder = try TemporaryDirectory()
    let clips = try [4, 7, 1, 30].map { try encode(frames: $0, seed: UInt64($0)) }
    try write(clips, to: folder.file("whole.mp4"))
    for begun in 1...4 {
      try write(Array(clips[..<begun]), to: folder.file("begun.mp4"))
      let reader = try MP4Reader(path: folder.file("begun.mp4"))
      #expect(reader.packetBytes == clips[..<begun].reduce(0) { $0 + $1.packets.reduce(0) { $0 + $1.bytes.count } })
      var writer = try MP4Writer(path: folder.file("continued.mp4"), format: clips[0])
      try writer.append(reader)
      for clip in clips[begun...] { try writer.append(clip) }
      try writer.finish()
      #expect(try readFile(folder.file("continued.mp4")) == readFile(folder.file("whole.mp4")))
    }
    let other = try encode(frames: 2, fps: 25)
    var writer = try MP4Writer(path: folder.file("other.mp4"), format: other)
    var refused = false
    do { try writer.append(try MP4Reader(path: folder.file("begun.mp4"))) } catch { refused = true }
    #expect(refused)
  }

  @Test(arguments: [1, 7, 10, 15, 24, 30, 50, 60, 120, 1000])
  func frameRatesSurvive(fps: Int) throws {
    let folder = try TemporaryDirectory()
    try write([encode(frames: 4, fps: fps)], to: folder.file("a.mp4"))
    #expect(try MP4Reader(path: folder.file("a.mp4")).framesPerSecond == fps)
  }

  @Test func everyFrameOfConcatenatedClipsDecodesToItsOwnPicture() throws {
    let folder = try TemporaryDirectory()
    let lengths = [5, 9, 1, 1, 4, 13]
    let clips = try lengths.enumerated().map { try encode(frames: $1, seed: UInt64($0)) }
    try write(clips, to: folder.file("a.mp4"))
    let expected = lengths.enumerated().flatMap { clip, length in
      (0..<length).map { movingSquare(width: 64, height: 48, frame: $0, seed: UInt64(clip)) }
    }
    let movie = try MovieReader(path: folder.file("a.mp4"))
    var seen: [Int] = []
    try decodeRGB(movie, 0..<33) { k, rgb in
      seen.append(k)
      // Sharp coloured edges lose chroma resolution: the right picture has about 30 dB, its neighbour under 22.
      #expect(psnr(rgb, expected[k]) > 26, "frame \(k)")
    }
    #expect(seen == Array(0..<33))
    var whole: [Int: [UInt8]] = [:]
    try decodeRGB(movie, 0..<33) { whole[$0] = $1 }
    for range in [3..<4, 6..<8, 14..<17, 32..<33, 5..<5] {
      var part: [Int] = []
      try decodeRGB(movie, range) { k, rgb in
        part.append(k)
        #expect(rgb == whole[k])
      }
      #expect(part == Array(range))
    }
  }

  @Test func refusesWhatDoesNotFitTheFile() throws {
    let folder = try TemporaryDirectory()
    let clip = try encode(frames: 3)
    var writer = try MP4Writer(path: folder.file("a.mp4"), format: clip)
    var failures = 0
    do { try writer.append(Array(clip.packets.dropFirst())) } catch { failures += 1 }
    do { try writer.append(encode(width: 80, frames: 2)) } catch { failures += 1 }
    try writer.append(clip)
    #expect(failures == 2 && writer.frameCount == 3)
    try writer.finish()
    #expect(throws: VideoError.self) { _ = try MP4Writer(path: "/nonexistent/a.mp4", format: clip) }
    #expect(throws: VideoError.self) { _ = try MP4Reader(path: folder.path) }
    #expect(throws: VideoError.self) { _ = try MP4Reader(path: folder.file("none.mp4")) }
  }

  @Test func aFullDiskIsAnError() throws {
    let clip = try encode(frames: 200)
    var error: VideoError?
    do throws(VideoError) {
      var writer = try MP4Writer(path: "/dev/full", format: clip)
      try writer.append(clip.packets)
      try writer.finish()
    } catch let caught { error = caught }
    #expect(error?.kind == .file)
    #expect(error?.reason.contains("No space left") == true, "\(String(describing: error))")
  }

  @Test func anUnfinishedFileIsRefused() throws {
    let folder = try TemporaryDirectory()
    let clip = try encode(frames: 3)
    do {
      var writer = try MP4Writer(path: folder.file("a.mp4"), format: clip)
      try writer.append(clip)
    }
    #expect(throws: VideoError.self) { _ = try MP4Reader(path: folder.file("a.mp4")) }
  }
}
