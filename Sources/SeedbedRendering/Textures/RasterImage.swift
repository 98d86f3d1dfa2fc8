import SeedbedScene

/// A picture whose edges are powers of two, RGBA, top row first: what the rasteriser takes as a texture.
struct RasterImage: Sendable {
  var width: Int, height: Int
  var pixels: [UInt8]

  /// Longest edge; finer pictures would only fill memory at the sizes that cameras have here.
  static let largestEdge = 1024

  init(width: Int, height: Int, pixels: [UInt8]) {
    self.width = width
    self.height = height
    self.pixels = pixels
  }

  /// Resamples to powers of two: each new pixel is the mean of the area that it covers.
  init?(_ image: TextureImage) {
    guard image.width > 0, image.height > 0, image.pixels.count == 4 * image.width * image.height else { return nil }
    let columns = AreaWeights(from: image.width, to: Self.edge(for: image.width))
    let rows = AreaWeights(from: image.height, to: Self.edge(for: image.height))
    width = columns.count
    height = rows.count
    if width == image.width, height == image.height {
      pixels = image.pixels
      return
    }
    pixels = []
    pixels.reserveCapacity(4 * width * height)
    for y in 0..<height {
      for x in 0..<width {
        var sum = SIMD4<Double>()
        for (j, rowWeight) in rows.terms(y) {
          for (i, columnWeight) in columns.terms(x) {
            let at = 4 * (j * image.width + i)
            let p = image.pixels
            let texel = SIMD4(Double(p[at]), Double(p[at + 1]), Double(p[at + 2]), Double(p[at + 3]))
            sum += texel * texel * (rowWeight * columnWeight)
          }
        }
        let mean = sum.squareRoot()
        for k in 0..<4 { pixels.append(UInt8(min(255, (mean[k] + 0.5).rounded(.down)))) }
      }
    }
  }

  /// The nearest power of two upwards, within bounds.
  private static func edge(for size: Int) -> Int {
    var edge = 1
    while edge < size, edge < largestEdge { edge *= 2 }
    return edge
  }
}

/// How much of each old pixel lies under a new one, along one direction.
private struct AreaWeights {
  let count: Int
  private let from: Int

  init(from: Int, to: Int) {
    self.from = from
    count = to
  }

  func terms(_ k: Int) -> [(index: Int, weight: Double)] {
    let scale = Double(from) / Double(count)
    let begin = Double(k) * scale, end = Double(k + 1) * scale
    let first = Int(begin), last = min(from - 1, max(first, Int((end).rounded(.up)) - 1))
    return (first...last).map { i in
      (i, (min(end, Double(i + 1)) - max(begin, Double(i))) / scale)
    }
  }
}
