internal import SeedbedMath

/// Sixteen evenly spread directions of the plane, counter-clockwise, as (cosine, sine).
enum CapDirections {
  static let values: [(Double, Double)] = (0..<16).map { i in
    let (s, c) = Elementary.sinCos(Double(i) * (Double.pi / 8))
    return (c, s)
  }
}
