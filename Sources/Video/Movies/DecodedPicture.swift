import CAV

/// A decoded picture of any pixel format but palettes; valid while the closure runs that it is handed to.
public struct DecodedPicture: ~Copyable {
  let frame: UnsafeMutablePointer<AVFrame>

  /// Pixels.
  public var width: Int { Int(frame.pointee.width) }
  /// Pixels.
  public var height: Int { Int(frame.pointee.height) }
  /// libav's name: "yuv420p", "yuvj420p", "gray12le", "rgb24".
  public var pixelFormat: String {
    av_get_pix_fmt_name(AVPixelFormat(frame.pointee.format)).map { String(cString: $0) } ?? "unknown"
  }

  /// The picture as height x width x 3 bytes RGB, rows without gaps; false for palettes.
  public func rgb(into bytes: inout [UInt8]) -> Bool {
    if bytes.count != width * height * 3 { bytes = [UInt8](repeating: 0, count: width * height * 3) }
    if let planes = PlanarPicture(frame) {
      planes.convert(width: width, height: height, into: &bytes)
      return true
    }
    guard let sampler = PixelSampler(frame) else { return false }
    var at = 0
    for y in 0..<height {
      for x in 0..<width {
        let colour = (sampler.colour(x: x, y: y) * 255).rounded(.toNearestOrEven)
        for channel in 0..<3 { bytes[at + channel] = UInt8(max(0, min(255, colour[channel]))) }
        at += 3
      }
    }
    return true
  }

  /// The same, to the very numbers that PyAV, OpenCV and torchcodec give for pictures as LeRobot stores them (they differ from
  /// exact colours by 1 or 2); false for palettes.
  public func conventionalRGB(into bytes: inout [UInt8]) -> Bool {
    if bytes.count != width * height * 3 { bytes = [UInt8](repeating: 0, count: width * height * 3) }
    guard let planes = PlanarPicture(frame), planes.convertLikeLibswscale(width: width, height: height, into: &bytes)
    else {
      return rgb(into: &bytes)
    }
    return true
  }

  /// Every `step`-th pixel of every `step`-th row, gathered by colour; nil for palettes.
  public func sums(step: Int) -> ColourSums? {
    guard let sampler = PixelSampler(frame) else { return nil }
    var count = 0
    var sum = SIMD3<Double>.zero, squares = sum, least = SIMD3<Double>(repeating: 1), most = sum
    for y in stride(from: 0, to: height, by: max(1, step)) {
      for x in stride(from: 0, to: width, by: max(1, step)) {
        let colour = sampler.colour(x: x, y: y)
        count += 1
        sum += colour
        squares += colour * colour
        least = pointwiseMin(least, colour)
        most = pointwiseMax(most, colour)
      }
    }
    return ColourSums(count: count, sum: sum, squares: squares, least: least, most: most)
  }

  /// Hands the colour of every `step`-th pixel of every `step`-th row to `body`, 0...255; of palettes none.
  public func forEachColour(step: Int, _ body: (UInt8, UInt8, UInt8) -> Void) {
    guard let sampler = PixelSampler(frame) else { return }
    for y in stride(from: 0, to: height, by: max(1, step)) {
      for x in stride(from: 0, to: width, by: max(1, step)) {
        let colour = (sampler.colour(x: x, y: y) * 255).rounded(.toNearestOrEven)
        body(
          UInt8(max(0, min(255, colour.x))), UInt8(max(0, min(255, colour.y))), UInt8(max(0, min(255, colour.z))))
      }
    }
  }

  /// The luma (of RGB: the green) of about `columns` x `columns` pixels, 0...1, row by row: enough to tell pictures apart.
  public func thumbnail(columns: Int) -> [Float] {
    guard let sampler = PixelSampler(frame), columns > 0 else { return [] }
    var values: [Float] = []
    for row in 0..<columns {
      for column in 0..<columns {
        values.append(Float(sampler.brightness(x: column * width / columns, y: row * height / columns)))
      }
    }
    return values
  }
}

/// Sums over pixels, a channel each (R, G, B), of values 0...1.
public struct ColourSums: Sendable, Equatable {
  public private(set) var count = 0
  private var sum = SIMD3<Double>.zero
  private var squares = SIMD3<Double>.zero
  private var lowest = SIMD3<Double>(repeating: 1)
  private var highest = SIMD3<Double>.zero

  public init() {}

  init(
    count: Int, sum: SIMD3<Double>, squares: SIMD3<Double>, least: SIMD3<Double>, most: SIMD3<Double>
  ) {
    (self.count, self.sum, self.squares, lowest, highest) = (count, sum, squares, least, most)
  }

  /// Takes the pixels of another picture in.
  public mutating func add(_ other: ColourSums) {
    count += other.count
    sum += other.sum
    squares += other.squares
    lowest = pointwiseMin(lowest, other.lowest)
    highest = pointwiseMax(highest, other.highest)
  }

  public var least: [Double] { (0..<3).map { lowest[$0] } }
  public var most: [Double] { (0..<3).map { highest[$0] } }
  public var mean: [Double] { (0..<3).map { sum[$0] / Double(max(count, 1)) } }
  /// Standard deviation of the population.
  public var deviation: [Double] {
    zip(0..<3, mean).map { max(0, squares[$0] / Double(max(count, 1)) - $1 * $1).squareRoot() }
  }
}
