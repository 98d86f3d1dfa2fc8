import SeedbedTestSupport
import Testing
import Video

/// What holds for every codec that can be encoded.
@Suite struct CodecTests {
  static let all = [VideoSettings.lerobot, .lerobot(codec: "hevc")!, .lerobot(codec: "h264")!, .init()]

  @Test(arguments: all) func samePicturesGiveSameBytesWhateverCameBefore(settings: VideoSettings) throws {
    let first = try encode(width: 96, height: 64, frames: 9, settings: settings)
    _ = try encode(width: 128, height: 96, frames: 3, seed: 9, settings: settings)
    #expect(try encode(width: 96, height: 64, frames: 9, settings: settings) == first)
    #expect(try encode(width: 96, height: 64, frames: 9, seed: 2, settings: settings).packets != first.packets)
  }

  @Test(arguments: all) func aKeyframeStandsEveryGroup(settings: VideoSettings) throws {
    for group in [2, 3, 10] {
      for frames in [1, 2, 7, 21] {
        var settings = settings
        settings.groupOfPictures = group
        let clip = try encode(width: 96, height: 64, frames: frames, settings: settings)
        let isLastFree = settings.codec != "h264"
        let expected = (0..<frames).map { $0 == 0 || ($0 % group == 0 && (isLastFree || $0 < frames - 1)) }
        #expect(clip.packets.map(\.isKeyframe) == expected, "\(settings.codec), \(frames) frames, group of \(group)")
      }
    }
  }

  @Test(arguments: all) func whatIsWrittenReadsBackAsThePictures(settings: VideoSettings) throws {
    let (width, height, frames) = (128, 96, 6)
    let first = try encode(width: width, height: height, frames: frames, settings: settings)
    let second = try encode(width: width, height: height, frames: frames, seed: 2, settings: settings)
    let directory = try TemporaryDirectory()
    let path = directory.file("clip.mp4")
    var writer = try MP4Writer(path: path, format: first)
    try writer.append(first)
    try writer.append(second)
    try writer.finish()
    var reader = try MP4Reader(path: path)
    #expect(reader.codec == settings.codec)
    #expect(reader.configuration == first.configuration)
    #expect(try reader.packets(0..<frames) == first.packets)
    #expect(try reader.packets(frames..<2 * frames) == second.packets)
    let movie = try MovieReader(path: path)
    #expect(movie.track.pixelFormat == settings.pixelFormat)
    try movie.checkPackets()
    var worst = 100.0
    try decodeRGB(movie, 0..<2 * frames) { k, rgb in
      let seed: UInt64 = k < frames ? 1 : 2
      worst = min(worst, psnr(rgb, movingSquare(width: width, height: height, frame: k % frames, seed: seed)))
    }
    #expect(worst > 26, "\(settings.codec): \(worst) dB")
  }

  @Test func depthIsStoredWithoutLoss() throws {
    let (width, height, frames) = (64, 48, 5)
    func codes(_ frame: Int) -> [UInt16] {
      (0..<width * height).map { UInt16(($0 * 37 + frame * 911 + $0 / width * 5) % 4096) }
    }
    var encoder = try VideoEncoder(width: width, height: height, framesPerSecond: 30, settings: .depth)
    for k in 0..<frames {
      let picture = codes(k)
      try picture.withUnsafeBufferPointer { buffer throws(VideoError) in try encoder.append(gray12: buffer) }
    }
    let clip = try encoder.finish()
    let directory = try TemporaryDirectory()
    let path = directory.file("depth.mp4")
    var writer = try MP4Writer(path: path, format: clip)
    try writer.append(clip)
    try writer.finish()
    let movie = try MovieReader(path: path)
    #expect(movie.track.pixelFormat == "gray12le")
    var read: [UInt16] = []
    try movie.decode(Array(0..<frames)) { k, picture in
      #expect(picture.gray12(into: &read) && read == codes(k), "picture \(k)")
    }
  }

  /// Types 32, 33 and 34 (ITU-T H.265, table 7-1): files that are joined by their packets keep one configuration for all.
  @Test func keyframesOfHEVCCarryTheirParameters() throws {
    let settings = try #require(VideoSettings.lerobot(codec: "hevc"))
    for packet in try encode(width: 96, height: 64, frames: 6, settings: settings).packets {
      var kinds: [UInt8] = []
      var at = 0
      while at + 4 < packet.bytes.count {
        kinds.append(packet.bytes[at + 4] >> 1 & 63)
        at += 4 + packet.bytes[at..<at + 4].reduce(0) { $0 << 8 | Int($1) }
      }
      #expect(at == packet.bytes.count && kinds.starts(with: [32, 33, 34]) == packet.isKeyframe)
    }
  }
}
