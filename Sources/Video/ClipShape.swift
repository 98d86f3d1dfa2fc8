/// What sizes and rates are taken, the same for writing and reading.
enum ClipShape {
  /// Pixels a side.
  static let longestSide = 8192
  /// Pixels a picture.
  static let mostPixels = 8192 * 4320
  static let rates = 1...1000

  /// Ticks of a second in a file: those of a frame doubled until there are 10,000. It is libavformat's rule for a stream
  /// with a tick a frame, and LeRobot puts files of one rate together tick by tick.
  static func ticksPerSecond(_ framesPerSecond: Int) -> Int {
    var ticks = framesPerSecond
    while ticks < 10_000 { ticks *= 2 }
    return ticks
  }

  /// The first thing that is wrong with a clip's size or rate; nil when all is well.
  static func problem(width: Int, height: Int, framesPerSecond: Int) -> String? {
    for (name, value) in [("width", width), ("height", height)] {
      if !(16...longestSide).contains(value) || value % 2 != 0 {
        return "\(name) \(value) is not an even number of 16...\(longestSide) pixels"
      }
    }
    if width * height > mostPixels { return "\(width)x\(height) is more than \(mostPixels) pixels" }
    if !rates.contains(framesPerSecond) {
      return "\(framesPerSecond) frames per second are outside \(rates.lowerBound)...\(rates.upperBound)"
    }
    return nil
  }
}
