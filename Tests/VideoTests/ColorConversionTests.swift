import SeedbedTestSupport
import Testing
import Video

@Suite struct ColorConversionTests {
  /// The primaries at full level as ITU-R BT.601-7 (table 3, 8 bits) has them: Y in 16...235, U and V in 16...240.
  @Test(
    arguments: [
      ([0, 0, 0], [16, 128, 128]), ([255, 255, 255], [235, 128, 128]), ([255, 0, 0], [81, 90, 240]),
      ([0, 255, 0], [145, 54, 34]), ([0, 0, 255], [41, 240, 110]), ([128, 128, 128], [126, 128, 128]),
    ] as [([UInt8], [UInt8])])
  func primaries(rgb: [UInt8], yuv: [UInt8]) {
    let planes = i420(rgb: [rgb, rgb, rgb, rgb].flatMap { $0 }, width: 2, height: 2)
    #expect(planes == [yuv[0], yuv[0], yuv[0], yuv[0], yuv[1], yuv[2]])
  }

  @Test func chromaIsTheMeanOfFourPixels() {
    let rgb: [UInt8] = [255, 0, 0, 0, 0, 255, 0, 0, 0, 255, 255, 255]
    let planes = i420(rgb: rgb, width: 2, height: 2)
    #expect(Array(planes[..<4]) == [81, 41, 16, 235])
    // Means of the primaries' chroma: (90 + 240 + 128 + 128) / 4 and (240 + 110 + 128 + 128) / 4.
    #expect(abs(Int(planes[4]) - 146) <= 1 && abs(Int(planes[5]) - 151) <= 1)
  }

  /// Flat pictures go through encoder, file and decoder with no more than rounding.
  @Test(
    arguments: [[255, 255, 255], [0, 0, 0], [200, 30, 30], [20, 180, 60], [15, 40, 220], [128, 128, 128]] as [[UInt8]])
  func flatColoursSurvive(color: [UInt8]) throws {
    let folder = try TemporaryDirectory()
    let rgb = [[UInt8]](repeating: color, count: 64 * 64).flatMap { $0 }
    let planes = i420(rgb: rgb, width: 64, height: 64)
    var encoder = try VideoEncoder(width: 64, height: 64, framesPerSecond: 30)
    for _ in 0..<3 {
      try planes.withUnsafeBufferPointer { buffer throws(VideoError) in try encoder.append(i420: buffer) }
    }
    let clip = try encoder.finish()
    var writer = try MP4Writer(path: folder.file("a.mp4"), format: clip)
    try writer.append(clip)
    try writer.finish()
    var frames = 0
    try decodeRGB(MovieReader(path: folder.file("a.mp4")), 0..<3) { _, decoded in
      frames += 1
      let worst = zip(decoded, rgb).map { abs(Int($0) - Int($1)) }.max() ?? 255
      #expect(worst <= 3)
    }
    #expect(frames == 3)
  }
}
