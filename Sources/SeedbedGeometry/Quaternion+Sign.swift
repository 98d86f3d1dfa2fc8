extension Quaternion {
  /// Of the two quaternions of this rotation the one to record after another: the nearer one, so that a record does not leap.
  ///
  /// Without another w >= 0; where w is within 0.1 of zero, as for a hand that points down, the largest of the other
  /// numbers is positive: w's sign would be that of an error of a few hundredths of a degree.
  public func recorded(after last: Quaternion?) -> Quaternion {
    let side: Double
    if let last {
      side = w * last.w + x * last.x + y * last.y + z * last.z
    } else if abs(w) >= 0.1 {
      side = w
    } else {
      side = [x, y, z].reduce(0) { abs($1) > abs($0) ? $1 : $0 }
    }
    return side < 0 ? Quaternion(w: -w, x: -x, y: -y, z: -z) : self
  }

  /// What `recorded` does, for those who read the numbers.
  public static let recordedSign =
    "of its two signs the one nearer to the sample before; at first qw >= 0 or, where |qw| < 0.1, the largest of the "
    + "others > 0"
}
