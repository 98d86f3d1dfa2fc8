import SeedbedScene

/// A square picture whose edge is a power of two, RGBA, top row first: what the rasteriser takes as a texture.
struct RasterImage: Sendable {
  var edge: Int
  var pixels: [UInt8]

  /// Finer pictures would only fill memory at the sizes that cameras have here.
  static let largestEdge = 1024

  init(edge: Int, pixels: [UInt8]) {
    self.edge = edge
    self.pixels = pixels
  }

  /// Resamples any picture: each new pixel is the mean, in linear light, of the area that it covers. nil where the number
  /// of bytes does not fit the size.
  init?(_ image: TextureImage) {
    guard image.width > 0, image.height > 0, image.pixels.count == 4 * image.width * image.height else { return nil }
    var edge = 1
    while edge < max(image.width, image.height), edge < Self.largestEdge { edge *= 2 }
    self.edge = edge
    if edge == image.width, edge == image.height {
      pixels = image.pixels
      return
    }
    let columns = (0..<edge).map { AreaTerm.terms(of: $0, from: image.width, to: edge) }
    let rows = (0..<edge).map { AreaTerm.terms(of: $0, from: image.height, to: edge) }
    var pixels: [UInt8] = []
    pixels.reserveCapacity(4 * edge * edge)
    for row in rows {
      for column in columns {
        var sum = SIMD4<Double>()
        for y in row {
          for x in column {
            let at = 4 * (y.index * image.width + x.index)
            let texel = SIMD4(
              Double(image.pixels[at]), Double(image.pixels[at + 1]), Double(image.pixels[at + 2]),
              Double(image.pixels[at + 3]))
            sum += texel * texel * (y.weight * x.weight)
          }
        }
        let mean = sum.squareRoot()
        for k in 0..<4 { pixels.append(UInt8(min(255, (mean[k] + 0.5).rounded(.down)))) }
      }
    }
    self.pixels = pixels
  }
}

/// An old pixel's share in a new one, along one direction.
private struct AreaTerm {
  var index: Int
  var weight: Double

  static func terms(of k: Int, from: Int, to: Int) -> [AreaTerm] {
    let scale = Double(from) / Double(to)
    let begin = Double(k) * scale, end = Double(k + 1) * scale
    let first = min(from - 1, Int(begin)), last = min(from - 1, max(first, Int(end.rounded(.up)) - 1))
    return (first...last).map { i in
      AreaTerm(index: i, weight: (min(end, Double(i + 1)) - max(begin, Double(i))) / scale)
    }
  }
}
