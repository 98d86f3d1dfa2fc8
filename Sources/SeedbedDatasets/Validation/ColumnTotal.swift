/// What a column's values are over the episodes seen so far, gathered episode by episode.
struct ColumnTotal: Sendable {
  private(set) var count = 0
  private(set) var minimum: [Double] = []
  private(set) var maximum: [Double] = []
  private(set) var mean: [Double] = []
  /// Sums of squared distances from the mean.
  private var squares: [Double] = []
  /// Least and greatest of the episodes' claimed quantiles, by their names.
  private(set) var quantileRange: [String: (low: [Double], high: [Double])] = [:]
  /// Episodes with claims and without any.
  var claimed = 0, unclaimed = 0
  /// False where values are missing that statistics may be of.
  var isWhole = true

  var deviation: [Double] { squares.map { (max(0, $0) / Double(max(count, 1))).squareRoot() } }

  /// - Parameter part: Of an episode, or of any other stretch of frames.
  mutating func add(_ part: ColumnMoments) {
    guard part.count > 0 else { return }
    if count == 0 {
      (count, minimum, maximum, mean) = (part.count, part.minimum, part.maximum, part.mean)
      squares = part.squares
      return
    }
    guard part.mean.count == mean.count else { return }
    let before = Double(count), added = Double(part.count)
    for d in mean.indices {
      minimum[d] = min(minimum[d], part.minimum[d])
      maximum[d] = max(maximum[d], part.maximum[d])
      let distance = part.mean[d] - mean[d]
      mean[d] += distance * added / (before + added)
      squares[d] += part.squares[d] + distance * distance * before * added / (before + added)
    }
    count += part.count
  }

  mutating func add(quantiles claim: SourceStatistics) {
    for (name, values) in claim.quantiles {
      guard let known = quantileRange[name], known.low.count == values.count else {
        quantileRange[name] = (values, values)
        continue
      }
      quantileRange[name] = (zip(known.low, values).map { min($0, $1) }, zip(known.high, values).map { max($0, $1) })
    }
  }

  mutating func add(_ other: ColumnTotal) {
    add(
      ColumnMoments(
        count: other.count, minimum: other.minimum, maximum: other.maximum, mean: other.mean, squares: other.squares))
    for (name, range) in other.quantileRange {
      for values in [range.low, range.high] {
        var claim = SourceStatistics()
        claim.quantiles[name] = values
        add(quantiles: claim)
      }
    }
    claimed += other.claimed
    unclaimed += other.unclaimed
    isWhole = isWhole && other.isWhole
  }
}

/// Extremes, mean and spread of some frames' values, a dimension each.
struct ColumnMoments {
  var count = 0
  var minimum: [Double] = []
  var maximum: [Double] = []
  var mean: [Double] = []
  /// Sums of squared distances from the mean.
  var squares: [Double] = []

  init(count: Int, minimum: [Double], maximum: [Double], mean: [Double], squares: [Double]) {
    (self.count, self.minimum, self.maximum, self.mean, self.squares) = (count, minimum, maximum, mean, squares)
  }

  /// - Parameter values: Frames x width, finite.
  init(_ values: [Double], width: Int) {
    guard width > 0, values.count >= width else { return }
    count = values.count / width
    minimum = Array(values[..<width])
    maximum = minimum
    mean = .init(repeating: 0, count: width)
    squares = mean
    let frames = count
    values.withUnsafeBufferPointer { values in
      for d in 0..<width {
        var low = values[d], high = low, sum = 0.0
        for frame in 0..<frames {
          let value = values[frame * width + d]
          low = value < low ? value : low
          high = value > high ? value : high
          sum += value
        }
        let average = sum / Double(frames)
        var spread = 0.0
        for frame in 0..<frames {
          let distance = values[frame * width + d] - average
          spread += distance * distance
        }
        (minimum[d], maximum[d], mean[d], squares[d]) = (low, high, average, spread)
      }
    }
  }

  var deviation: [Double] { squares.map { ($0 / Double(max(count, 1))).squareRoot() } }

  /// Each dimension's extent, at least a thousandth of its largest value: what tolerances are relative to.
  func span(atLeast other: SourceStatistics?) -> [Double] {
    minimum.indices.map { d in
      var span = maximum[d] - minimum[d]
      if let low = other?.minimum, let high = other?.maximum, d < low.count, d < high.count, (high[d] - low[d]).isFinite
      {
        span = max(span, high[d] - low[d])
      }
      return max(span, 1e-3 * max(minimum[d].magnitude, maximum[d].magnitude)) + 1e-9
    }
  }
}
