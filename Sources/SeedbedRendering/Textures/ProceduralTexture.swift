import SeedbedGeometry

/// Textures made from numbers; the same numbers give the same bytes on every machine.
enum ProceduralTexture {
  static let edge = 256
  /// Noise features along each edge of a tile.
  static let featuresPerTile = 8

  /// Two by two squares of two sRGB colours, `a` at the lower left.
  static func checker(_ a: Vector3, _ b: Vector3) -> RasterImage {
    image { x, y in (x < edge / 2) == (y >= edge / 2) ? a : b }
  }

  /// Noise between two sRGB colours that repeats without a seam. `stretch` > 1: wood-like, with fine grain along x.
  static func noise(_ a: Vector3, _ b: Vector3, stretch: Double, pattern: UInt32) -> RasterImage {
    let isGrained = stretch > 1.5
    return image { x, y in
      let u = (Double(x) + 0.5) / Double(edge), v = (Double(y) + 0.5) / Double(edge)
      var value = fractal(u, v, period: featuresPerTile, octaves: 4, seed: pattern)
      if isGrained {
        // Growth rings: the cloud bends evenly spaced lines; finer lines on top are the pores.
        let rings = triangleWave(v * Double(featuresPerTile) + 1.6 * value)
        let pores = lattice(u * 16, v * 128, periodX: 16, periodY: 128, seed: pattern &+ 101)
        value = 0.3 * value + 0.5 * rings + 0.2 * pores
      } else {
        value = smooth(min(1, max(0, 1.6 * value - 0.3)))
      }
      return a + (b - a) * min(1, max(0, value))
    }
  }

  private static func image(_ color: (Int, Int) -> Vector3) -> RasterImage {
    var pixels: [UInt8] = []
    pixels.reserveCapacity(4 * edge * edge)
    for y in 0..<edge {
      for x in 0..<edge {
        let c = color(x, y)
        for k in 0..<3 { pixels.append(UInt8((min(1, max(0, c[k])) * 255 + 0.5).rounded(.down))) }
        pixels.append(255)
      }
    }
    return RasterImage(edge: edge, pixels: pixels)
  }

  /// Sum of octaves, each twice as fine and half as strong; 0...1. `u`, `v` in 0 ..< 1.
  private static func fractal(_ u: Double, _ v: Double, period: Int, octaves: Int, seed: UInt32) -> Double {
    var sum = 0.0, weight = 0.5, total = 0.0, period = period
    for octave in 0..<octaves {
      let size = Double(period)
      sum += weight * lattice(u * size, v * size, periodX: period, periodY: period, seed: seed &+ UInt32(octave))
      total += weight
      weight *= 0.5
      period *= 2
    }
    return sum / total
  }

  /// Value noise on a lattice that repeats; 0...1.
  private static func lattice(_ x: Double, _ y: Double, periodX: Int, periodY: Int, seed: UInt32) -> Double {
    let column = Int(x), row = Int(y)
    let fx = smooth(x - Double(column)), fy = smooth(y - Double(row))
    func corner(_ i: Int, _ j: Int) -> Double {
      let key = UInt32((row + j) % periodY) &* 0x9E37_79B1 &+ UInt32((column + i) % periodX) &* 0x85EB_CA77
      return Double(scrambled(key ^ scrambled(seed &* 0xC2B2_AE3D &+ 1)) >> 8) / 16_777_215
    }
    let upper = corner(0, 0) + (corner(1, 0) - corner(0, 0)) * fx
    let lower = corner(0, 1) + (corner(1, 1) - corner(0, 1)) * fx
    return upper + (lower - upper) * fy
  }

  private static func smooth(_ t: Double) -> Double { t * t * (3 - 2 * t) }

  /// Period 1, 0...1.
  private static func triangleWave(_ t: Double) -> Double { abs(2 * (t - t.rounded(.down)) - 1) }

  /// A bijective mixer of 32 bits (Chris Wellons' lowbias32).
  private static func scrambled(_ value: UInt32) -> UInt32 {
    var x = value
    x ^= x >> 16
    x = x &* 0x7FEB_352D
    x ^= x >> 15
    x = x &* 0x846C_A68B
    return x ^ (x >> 16)
  }
}
