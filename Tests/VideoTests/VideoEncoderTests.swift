import SeedbedTestSupport
import Testing
import Video

@Suite struct VideoEncoderTests {
  @Test func samePicturesGiveSameBytesWhateverCameBefore() throws {
    let first = try encode(frames: 7)
    _ = try encode(width: 80, height: 64, frames: 5, seed: 9)
    #expect(try encode(frames: 7) == first)
    #expect(try encode(frames: 7, seed: 2).packets != first.packets)
  }

  /// From plain C to all that this CPU has; several presets, since each uses other parts of x264.
  @Test(arguments: ["0", "MMXEXT,SSE2", "MMXEXT,SSE2,SSE3,SSSE3,SSE4,SSE42", "MMXEXT,SSE2,SSE3,SSSE3,SSE4,SSE42,AVX"])
  func instructionSetsDoNotMatter(instructions: String) throws {
    for preset in ["ultrafast", "veryfast", "medium", "slower"] {
      let settings = VideoSettings(preset: preset, groupOfPictures: preset == "medium" ? 12 : 2)
      let reference = try encode(width: 160, height: 128, frames: 24, settings: settings)
      let other = try encode(
        width: 160, height: 128, frames: 24, settings: settings, instructions: instructions)
      #expect(other == reference, "\(preset)")
    }
  }

  @Test func parameterSetsDependOnSettingsAlone() throws {
    let a = try encode(frames: 3, seed: 1), b = try encode(frames: 8, seed: 5)
    #expect(a.configuration == b.configuration)
    #expect(a.configuration.prefix(2) == [1, 100])
  }

  @Test func keyframesStandEveryGroupAndNeverLast() throws {
    for frames in 1...9 {
      for group in [1, 2, 3] {
        let clip = try encode(frames: frames, settings: .init(groupOfPictures: group))
        let expected = (0..<frames).map { $0 == 0 || ($0 % group == 0 && $0 < frames - 1) }
        #expect(clip.packets.map(\.isKeyframe) == expected, "\(frames) frames, group of \(group)")
      }
    }
  }

  @Test func samplesHoldSlicesOnly() throws {
    let clip = try encode(frames: 6)
    for packet in clip.packets {
      var at = 0
      while at < packet.bytes.count {
        let length = packet.bytes[at..<at + 4].reduce(0) { $0 << 8 | Int($1) }
        #expect([1, 5].contains(packet.bytes[at + 4] & 31))
        #expect((packet.bytes[at + 4] & 31 == 5) == packet.isKeyframe)
        at += 4 + length
      }
      #expect(at == packet.bytes.count)
    }
  }

  @Test(arguments: [(63, 48, 30), (64, 47, 30), (0, 0, 30), (14, 64, 30), (9000, 64, 30), (64, 48, 0), (64, 48, 1001)])
  func refusesSizesAndRates(width: Int, height: Int, fps: Int) {
    #expect(throws: VideoError.self) { _ = try VideoEncoder(width: width, height: height, framesPerSecond: fps) }
  }

  @Test(arguments: [
    VideoSettings(codec: "vp9"), .init(preset: "warp"), .init(crf: 0), .init(crf: 52), .init(groupOfPictures: 0),
    .init(bFrames: 2), .init(pixelFormat: "gray12le"), .init(codec: "av1"), .init(codec: "av1", preset: "14"),
    .init(codec: "av1", preset: "12", crf: 64), .init(codec: "av1", preset: "12", groupOfPictures: 1), .lerobot,
  ])
  func refusesSettings(settings: VideoSettings) {
    #expect(throws: VideoError.self) {
      _ = try VideoEncoder(width: 64, height: 48, framesPerSecond: 30, settings: settings)
    }
  }

  @Test func refusesEmptyClipsAndShortPictures() throws {
    let empty = try VideoEncoder(width: 64, height: 48, framesPerSecond: 30)
    var error: VideoError?
    do throws(VideoError) { _ = try empty.finish() } catch let caught { error = caught }
    #expect(error?.kind == .invalidArgument)

    var short = try VideoEncoder(width: 64, height: 48, framesPerSecond: 30)
    error = nil
    let planes = [UInt8](repeating: 0, count: 64 * 48)
    do throws(VideoError) {
      try planes.withUnsafeBufferPointer { buffer throws(VideoError) in try short.append(i420: buffer) }
    } catch let caught { error = caught }
    #expect(error?.kind == .invalidArgument)
  }
}
