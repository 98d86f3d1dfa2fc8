public import Diagnostics

/// Which gates are on and where their bounds lie: the scene's `gates:` with the command line's `--gate` laid over it.
public struct GateSettings: Sendable, Equatable {
  private var bounds: [Gate: Double] = [:]

  /// All gates as they are where nothing is said.
  public init() {
    for gate in Gate.allCases { bounds[gate] = gate.defaultBound }
  }

  /// The bound of a gate in its unit; nil where it is off. Setting a gate that is indispensable does nothing.
  public subscript(gate: Gate) -> Double? {
    get { bounds[gate] }
    set { if !gate.isIndispensable { bounds[gate] = newValue } }
  }

  /// Lays one argument of the command line over the settings: `jerk=500`, `jerk={max: 500}`, `visible=off` or
  /// `success=on`.
  public mutating func apply(_ argument: String) throws(InputError) {
    let place = SourceLocation(file: "--gate \(argument)")
    guard let equals = argument.firstIndex(of: "="), argument.index(after: equals) < argument.endIndex else {
      throw InputError(
        at: place, argument.contains("=") ? "There is nothing behind the `=`." : "There is no `=`.",
        remedy: "Write --gate jerk=500 or --gate visible=off.")
    }
    let decoder = Decoder()
    let key = YAMLNode.Entry(
      key: String(argument[..<equals]), keyLocation: place,
      value: try readYAML(Array(argument[argument.index(after: equals)...].utf8), file: place.file))
    let settings = decoder.gates(YAMLNode(content: .mapping([key]), location: place), over: self)
    guard !decoder.hasErrors else { throw InputError(decoder.problems) }
    self = settings
  }
}

extension GateSettings: Codable {
  /// An object with every gate that is on and its bound.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: GateKey.self)
    for gate in Gate.allCases {
      if let bound = bounds[gate] { try container.encode(bound, forKey: GateKey(gate)) }
    }
  }

  /// A gate that is not there is off, unless it is indispensable.
  public init(from decoder: any Swift.Decoder) throws {
    let container = try decoder.container(keyedBy: GateKey.self)
    for gate in Gate.allCases {
      bounds[gate] =
        gate.isIndispensable ? gate.boundWhenOn : try container.decodeIfPresent(Double.self, forKey: GateKey(gate))
    }
  }

  private struct GateKey: CodingKey {
    var stringValue: String
    var intValue: Int? { nil }
    init(_ gate: Gate) { stringValue = gate.rawValue }
    init?(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }
}
