import SeedbedMath

/// Sine and cosine of a compass direction, radians from x towards y.
func horizontal(_ azimuth: Double) -> (sin: Double, cos: Double) { Elementary.sinCos(azimuth) }

func atan2Of(_ y: Double, _ x: Double) -> Double { Elementary.atan2(y, x) }

/// The same angle in (-pi, pi].
func wrapped(_ angle: Double) -> Double {
  let turns = (angle / (2 * Double.pi)).rounded(.toNearestOrEven)
  return angle - turns * 2 * Double.pi
}
