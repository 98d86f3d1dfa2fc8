/// The septic step 35 s⁴ - 84 s⁵ + 70 s⁶ - 20 s⁷: 0 to 1 with zero velocity, acceleration and jerk at both ends.
package func smoothStep(_ s: Double) -> Double {
  if s <= 0 { return 0 }
  if s >= 1 { return 1 }
  return s * s * s * s * (35 + s * (-84 + s * (70 - 20 * s)))
}

/// Largest slope of `smoothStep`, at its middle.
package let smoothStepPeak = 2.1875
