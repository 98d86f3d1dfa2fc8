import SeedbedDatasets

extension SourceFeature {
  /// Names of its dimensions as far as they say anything: one each. Some converters name a whole vector once, or number it.
  var dimensionNames: [String]? {
    guard names.count == width, kind == .numbers || kind == .texts else { return nil }
    let isNumbered = names.enumerated().allSatisfy { $1 == "\($0)" }
    return isNumbered && width > 1 ? nil : names
  }

  /// The same shape, however a single number is written.
  var plainShape: [Int] { shape.isEmpty ? [1] : shape }
}

/// Widening of number types without any loss that matters.
enum NumberType {
  /// What the mix stores; nil where the types have nothing in common.
  static func common(_ types: [String]) -> String? {
    let kinds = Set(types.map(stored))
    if kinds.count == 1 { return kinds.first }
    if kinds.contains("string") { return nil }
    if kinds.isSubset(of: ["bool", "int64"]) { return "int64" }
    // Whole numbers beyond 2^24 have no place in a float32.
    return "float64"
  }

  /// The type of the mix's files that holds all values of a type.
  static func stored(_ type: String) -> String {
    switch type {
    case "float16", "float32": "float32"
    case "float64", "bool", "string": type
    default: "int64"
    }
  }
}
