package import Video

/// Exact statistics of 8-bit RGB pictures from one histogram a channel.
package struct ImageHistogram {
  package init() {}

  /// 256 bins of red, then of green, then of blue.
  private var counts = [Int](repeating: 0, count: 768)
  private(set) var pictures = 0

  /// `rgb`: packed, three bytes a pixel.
  package mutating func add(rgb: UnsafeBufferPointer<UInt8>) {
    counts.withUnsafeMutableBufferPointer { counts in
      var i = 0
      while i + 2 < rgb.count {
        counts[Int(rgb[i])] &+= 1
        counts[256 + Int(rgb[i + 1])] &+= 1
        counts[512 + Int(rgb[i + 2])] &+= 1
        i &+= 3
      }
    }
    pictures += 1
  }

  /// Every `step`-th pixel of every `step`-th row; palettes are passed over.
  package mutating func add(_ picture: borrowing DecodedPicture, step: Int) {
    counts.withUnsafeMutableBufferPointer { counts in
      picture.forEachColour(step: step) { red, green, blue in
        counts[Int(red)] &+= 1
        counts[256 + Int(green)] &+= 1
        counts[512 + Int(blue)] &+= 1
      }
    }
    pictures += 1
  }

  package func statistics() -> ImageStatistics {
    let bins = [0, 256, 512].map { Array(counts[$0..<($0 + 256)]) }
    func each(_ value: ([Int]) -> Double) -> [Double] { bins.map(value) }
    return ImageStatistics(
      min: each { Double($0.firstIndex { $0 > 0 } ?? 0) / 255 },
      max: each { Double($0.lastIndex { $0 > 0 } ?? 0) / 255 },
      mean: each { moments($0).mean }, std: each { moments($0).std },
      q01: each { quantile($0, 0.01) }, q10: each { quantile($0, 0.10) }, q50: each { quantile($0, 0.50) },
      q90: each { quantile($0, 0.90) }, q99: each { quantile($0, 0.99) }, count: pictures)
  }

  private func moments(_ bins: [Int]) -> (mean: Double, std: Double) {
    var n = 0, sum = 0, squares = 0
    for (value, count) in bins.enumerated() {
      n += count
      sum += value * count
      squares += value * value * count
    }
    guard n > 0 else { return (0, 0) }
    let mean = Double(sum) / Double(n)
    let variance = max(0, Double(squares) / Double(n) - mean * mean)
    return (mean / 255, variance.squareRoot() / 255)
  }

  private func quantile(_ bins: [Int], _ q: Double) -> Double {
    let n = bins.reduce(0, +)
    var seen = 0
    for (value, count) in bins.enumerated() {
      seen += count
      if Double(seen) >= q * Double(n), count > 0 { return Double(value) / 255 }
    }
    return 0
  }
}
