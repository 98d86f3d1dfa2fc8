/// Random values on a lattice that repeats, smoothly interpolated over a square picture; 0...1.
struct ValueNoise {
  private let columns: Int, rows: Int
  private let edge: Int
  private let values: [Double]
  /// The lattice column left of each pixel and the weight of the next one.
  private let left: [Int], weight: [Double]

  init(columns: Int, rows: Int, seed: UInt32, edge: Int) {
    self.columns = columns
    self.rows = rows
    self.edge = edge
    let key = Self.scrambled(seed &* 0xC2B2_AE3D &+ 1)
    values = (0..<columns * rows).map { k in
      let place = UInt32(k / columns) &* 0x9E37_79B1 &+ UInt32(k % columns) &* 0x85EB_CA77
      return Double(Self.scrambled(place ^ key) >> 8) / 16_777_215
    }
    let places = (0..<edge).map { (Double($0) + 0.5) * Double(columns) / Double(edge) }
    left = places.map { Int($0) }
    weight = places.map { Self.smooth($0 - $0.rounded(.down)) }
  }

  /// Adds `weight` times the values of a row of pixels.
  func add(row: Int, weight factor: Double, to sum: inout [Double]) {
    let place = (Double(row) + 0.5) * Double(rows) / Double(edge)
    let upper = Int(place) * columns, lower = (Int(place) + 1) % rows * columns
    let down = Self.smooth(place - place.rounded(.down))
    for x in 0..<edge {
      let i = left[x], j = i + 1 < columns ? i + 1 : 0, right = weight[x]
      let a = values[upper + i], b = values[lower + i]
      let above = a + (values[upper + j] - a) * right
      let below = b + (values[lower + j] - b) * right
      sum[x] += factor * (above + (below - above) * down)
    }
  }

  static func smooth(_ t: Double) -> Double { t * t * (3 - 2 * t) }

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
