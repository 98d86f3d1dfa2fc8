public import SeedbedScene

/// A gate that an episode does not pass, and why.
public struct GateFailure: Sendable, Codable, Equatable {
  public var gate: Gate
  /// One sentence with the value, its unit and place, and the bound.
  public var reason: String

  public init(_ gate: Gate, _ reason: String) {
    self.gate = gate
    self.reason = reason
  }
}

extension Sequence<GateFailure> {
  /// The gates' names, sorted, with commas between; "none" where all passed.
  public var gateNames: String {
    let names = map(\.gate.rawValue).sorted()
    return names.isEmpty ? "none" : names.joined(separator: ",")
  }
}
