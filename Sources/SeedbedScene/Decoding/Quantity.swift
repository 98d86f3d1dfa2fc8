/// What a number means and which values make sense.
struct Quantity {
  /// For messages: `the mass`.
  var what: String
  /// `kg`; empty for plain numbers.
  var unit = ""
  var lower: Double
  var upper: Double
  /// The lower limit itself does not make sense.
  var isAboveLower = false
  /// An angle in radians, which may be written as `{degrees: ...}`.
  var isAngle = false
  /// A value to go on with after a problem.
  var standIn: Double

  static func length(_ what: String) -> Quantity {
    Quantity(what: what, unit: "m", lower: 1e-4, upper: 100, standIn: 0.05)
  }
  static func coordinate(_ what: String) -> Quantity {
    Quantity(what: what, unit: "m", lower: -1000, upper: 1000, standIn: 0)
  }
  static func angle(_ what: String) -> Quantity {
    Quantity(what: what, unit: "rad", lower: -100, upper: 100, isAngle: true, standIn: 0)
  }
  static func fraction(_ what: String) -> Quantity { Quantity(what: what, lower: 0, upper: 1, standIn: 0.5) }
  static func between(_ what: String, _ unit: String, _ lower: Double, _ upper: Double) -> Quantity {
    Quantity(what: what, unit: unit, lower: lower, upper: upper, standIn: upper > 1 && lower <= 1 ? 1 : lower)
  }
  static func opening(_ what: String) -> Quantity {
    Quantity(
      what: what, unit: "rad", lower: 0.01, upper: 3.1, isAngle: true, standIn: 1)
  }

  static func delay(_ what: String) -> Quantity {
    Quantity(what: what, unit: "s", lower: 0, upper: 1, standIn: 0)
  }

  func renamed(_ what: String) -> Quantity {
    var copy = self
    copy.what = what
    return copy
  }

  func contains(_ value: Double) -> Bool { value <= upper && (isAboveLower ? value > lower : value >= lower) }

  /// `must be from 0 to 1`.
  var rule: String {
    let suffix = unit.isEmpty ? "" : " \(unit)"
    return isAboveLower
      ? "must be above \(lower.short) and at most \(upper.short)\(suffix)"
      : "must be from \(lower.short) to \(upper.short)\(suffix)"
  }
}

extension Double {
  /// Without a useless `.0`.
  var short: String { self == rounded() && abs(self) < 1e15 ? String(Int64(self)) : "\(self)" }
}
