import SeedbedTestSupport
import Testing
import Video

/// Pictures of a coloured square that moves over a gradient with a little noise.
func movingSquare(width: Int, height: Int, frame: Int, seed: UInt64 = 1) -> [UInt8] {
  var random = TestRandom(seed: seed &* 1000 &+ UInt64(frame))
  var rgb = [UInt8](repeating: 0, count: width * height * 3)
  let left = (frame * 3 + Int(seed) * 7) % max(1, width - 12)
  for y in 0..<height {
    for x in 0..<width {
      let p = (y * width + x) * 3
      let inside = (left..<left + 12).contains(x) && (4..<16).contains(y)
      let noise = UInt8(random.next() & 3)
      rgb[p] = (inside ? 220 : UInt8(x * 120 / width)) + noise
      rgb[p + 1] = (inside ? 60 : UInt8(y * 160 / height)) + noise
      rgb[p + 2] = (inside ? 40 : 90) + noise
    }
  }
  return rgb
}

func encode(
  width: Int = 64, height: Int = 48, frames: Int, fps: Int = 30, seed: UInt64 = 1, settings: VideoSettings = .init()
) throws -> EncodedClip {
  var encoder = try VideoEncoder(width: width, height: height, framesPerSecond: fps, settings: settings)
  for k in 0..<frames {
    let planes = i420(
      rgb: movingSquare(width: width, height: height, frame: k, seed: seed), width: width, height: height)
    try planes.withUnsafeBufferPointer { buffer throws(VideoError) in try encoder.append(i420: buffer) }
  }
  return try encoder.finish()
}

/// Peak signal-to-noise ratio over all channels, dB.
func psnr(_ a: [UInt8], _ b: [UInt8]) -> Double {
  var sum = 0.0
  for (x, y) in zip(a, b) { sum += Double((Int(x) - Int(y)) * (Int(x) - Int(y))) }
  let mse = sum / Double(a.count)
  var decibels = 0.0
  var ratio = 65025 / max(mse, 1e-9)
  // 10 log10 without libm: halvings and a linear rest are precise enough for a threshold.
  while ratio > 10 {
    ratio /= 10
    decibels += 10
  }
  return decibels + (ratio - 1) / 9 * 10
}

/// Decodes pictures and hands each to `body` with its number: height x width x 3 bytes RGB.
func decodeRGB(
  _ movie: borrowing MovieReader, _ range: Range<Int>, _ body: (Int, [UInt8]) -> Void
) throws(VideoError) {
  var rgb: [UInt8] = []
  try movie.decode(Array(range)) { number, picture in
    let isTaken = picture.rgb(into: &rgb)
    #expect(isTaken)
    body(number, rgb)
  }
}
