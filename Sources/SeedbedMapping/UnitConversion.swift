/// What a number in one unit is multiplied by to be in another.
enum UnitConversion {
  private static let degrees = 180 / 3.14159265358979323846

  /// Of each unit of the simulation those that its numbers can be written in.
  private static let tables: [String: [(unit: String, factor: Double)]] = [
    "rad": [("rad", 1), ("deg", degrees), ("turn", degrees / 360)],
    "rad/s": [("rad/s", 1), ("deg/s", degrees), ("rpm", degrees / 6)],
    "m": [("m", 1), ("cm", 100), ("mm", 1000)],
    "m/s": [("m/s", 1), ("cm/s", 100), ("mm/s", 1000)],
    "N": [("N", 1)], "Nm": [("Nm", 1)], "1": [("1", 1)],
  ]

  static func units(of unit: String) -> [String] { tables[unit]?.map(\.unit) ?? [unit] }

  /// nil where they do not measure the same.
  static func factor(from: String, to: String) -> Double? {
    if from == to { return 1 }
    return tables[from]?.first { $0.unit == to }?.factor
  }
}
