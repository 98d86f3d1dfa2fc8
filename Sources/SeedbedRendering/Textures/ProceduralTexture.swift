import SeedbedGeometry

/// Textures made from numbers; the same numbers give the same bytes on every machine.
enum ProceduralTexture {
  /// Noise features along each edge of a tile.
  static let featuresPerTile = 16
  private static let checkerEdge = 256
  private static let noiseEdge = 512

  /// Two by two squares of two sRGB colours, `a` at the lower left.
  static func checker(_ a: Vector3, _ b: Vector3) -> RasterImage {
    let half = checkerEdge / 2
    var image = RasterImage(edge: checkerEdge, pixels: [])
    for y in 0..<checkerEdge {
      for x in 0..<checkerEdge { image.append((x < half) == (y >= half) ? a : b) }
    }
    return image
  }

  /// Noise between two sRGB colours that repeats without a seam. `stretch` > 1.5: wood-like, with fine grain along x.
  static func noise(_ a: Vector3, _ b: Vector3, stretch: Double, pattern: UInt32) -> RasterImage {
    let isGrained = stretch > 1.5
    let octaves = (0..<4).map { k in
      ValueNoise(
        columns: featuresPerTile << k, rows: featuresPerTile << k, seed: pattern &+ UInt32(k), edge: noiseEdge)
    }
    let pores = ValueNoise(
      columns: 2 * featuresPerTile, rows: 16 * featuresPerTile, seed: pattern &+ 101, edge: noiseEdge)
    var image = RasterImage(edge: noiseEdge, pixels: [])
    image.pixels.reserveCapacity(4 * noiseEdge * noiseEdge)
    for y in 0..<noiseEdge {
      var cloud = [Double](repeating: 0, count: noiseEdge), fine = cloud
      for (k, octave) in octaves.enumerated() { octave.add(row: y, weight: 8.0 / Double(15 << k), to: &cloud) }
      if isGrained { pores.add(row: y, weight: 1, to: &fine) }
      let v = (Double(y) + 0.5) / Double(noiseEdge)
      for x in 0..<noiseEdge {
        var value = cloud[x]
        if isGrained {
          // Growth rings: the cloud bends evenly spaced lines; finer lines on top are the pores.
          value = 0.3 * value + 0.5 * triangleWave(v * Double(featuresPerTile) + 1.6 * value) + 0.2 * fine[x]
        } else {
          value = ValueNoise.smooth(min(1, max(0, 1.6 * value - 0.3)))
        }
        image.append(a + (b - a) * min(1, max(0, value)))
      }
    }
    return image
  }

  /// Period 1, 0...1.
  private static func triangleWave(_ t: Double) -> Double { abs(2 * (t - t.rounded(.down)) - 1) }
}

extension RasterImage {
  fileprivate mutating func append(_ color: Vector3) {
    func level(_ value: Double) -> UInt8 { UInt8((min(1, max(0, value)) * 255 + 0.5).rounded(.down)) }
    pixels.append(level(color.x))
    pixels.append(level(color.y))
    pixels.append(level(color.z))
    pixels.append(255)
  }
}
