public import Diagnostics
import SeedbedEpisodes
import SeedbedScene

extension SchemaMapping {
  /// Decodes a mapping file.
  ///
  /// - Parameter file: The file's name in messages.
  /// - Throws: Everything that is wrong with it, with line and column.
  public init(
    yaml bytes: [UInt8], file: String, real: RealSchema, simulated: Simulated
  ) throws(InputError) {
    var limits = YAMLLimits()
    limits.bytes = 1 << 21
    let root = try readYAML(bytes, file: file, limits: limits)
    var decoder = MappingDecoder(real: real, simulated: simulated)
    let mapping = decoder.mapping(root)
    guard decoder.problems.isEmpty else {
      throw InputError(
        decoder.problems.sorted { ($0.location.line, $0.location.column) < ($1.location.line, $1.location.column) })
    }
    self = mapping
  }
}

/// Turns the tree of a mapping file into a mapping; gathers all problems.
struct MappingDecoder {
  let real: RealSchema
  let simulated: Simulated
  let catalog: SignalCatalog
  private(set) var problems: [Diagnostic] = []

  init(real: RealSchema, simulated: Simulated) {
    self.real = real
    self.simulated = simulated
    catalog = SignalCatalog(simulated.features)
  }

  mutating func error(_ place: SourceLocation, _ message: String, _ remedy: String) {
    // Beyond so many nobody reads on.
    if problems.count < 200 { problems.append(Diagnostic(.error, at: place, message, remedy: remedy)) }
  }

  mutating func mapping(_ root: YAMLNode) -> SchemaMapping {
    let empty = SchemaMapping(features: [], units: [], cameras: [], maxOpening: simulated.maxOpening)
    guard let entries = entries(root, "a mapping", keys: ["seedbed-map", "features", "cameras"]) else { return empty }
    if let version = root["seedbed-map"] {
      if version.number != 1 {
        error(
          version.location, "The mapping's format is \(version.kind); this program reads 1.", "Write `seedbed-map: 1`.")
      }
    } else {
      error(root.location, "The mapping has no `seedbed-map`.", "Write `seedbed-map: 1` at the top.")
    }
    _ = entries
    var result = empty
    let features = section(root, "features", real.numbers.map(\.name))
    for feature in real.numbers {
      let node = features[feature.name]
      let sources = node.map { self.feature($0, feature) } ?? []
      result.features.append(sources.map(\.source))
      result.units.append(sources.map(\.unit))
    }
    let cameras = section(root, "cameras", real.cameras.map(\.name))
    for camera in real.cameras {
      result.cameras.append(cameras[camera.name].map { self.camera($0, camera) } ?? .black)
    }
    checkSizes(result.cameras, cameras)
    return result
  }

  /// The entries of a part of the file, which are to be just the wanted ones.
  private mutating func section(_ root: YAMLNode, _ key: String, _ wanted: [String]) -> [String: YAMLNode] {
    guard let node = root[key] else {
      if !wanted.isEmpty {
        error(
          root.location, "The mapping has no `\(key)`.",
          "It has to say what feeds \(wanted.prefix(6).joined(separator: ", ")).")
      }
      return [:]
    }
    if wanted.isEmpty, node.isNull || node.entries?.isEmpty == true { return [:] }
    guard let entries = entries(node, "`\(key)`", keys: wanted) else { return [:] }
    for name in wanted where !entries.contains(where: { $0.key == name }) {
      error(
        node.location, "`\(key)` says nothing of `\(name)`, which the real dataset has.",
        key == "features" ? "Add it, at least with {fill: 0}." : "Add it, at least with {fill: black}.")
    }
    return Dictionary(entries.map { ($0.key, $0.value) }) { first, _ in first }
  }

  /// A map whose keys are all known; nil where something else stands there.
  mutating func entries(_ node: YAMLNode, _ what: String, keys: [String]) -> [YAMLNode.Entry]? {
    guard let entries = node.entries else {
      error(
        node.location, "Here stands \(node.kind), but \(what) is a map.",
        "Write its keys: \(keys.prefix(12).joined(separator: ", ")).")
      return nil
    }
    for entry in entries where !keys.contains(entry.key) {
      error(
        entry.keyLocation, "`\(entry.key)` is no key of \(what).",
        closestMatch(to: entry.key, among: keys).map { "Did you mean `\($0)`?" }
          ?? "It can have: \(keys.prefix(12).joined(separator: ", ")).")
    }
    return entries.filter { keys.contains($0.key) }
  }

  private mutating func camera(_ node: YAMLNode, _ camera: RealSchema.Camera) -> SchemaMapping.CameraSource {
    guard let entries = entries(node, "a camera's mapping", keys: ["take", "fill"]) else { return .black }
    guard entries.count == 1, let entry = entries.first else {
      error(node.location, "A camera needs `take` or `fill`.", "Write {take: front}, or {fill: black}.")
      return .black
    }
    if entry.key == "fill" {
      if entry.value.text != "black" {
        error(
          entry.value.location, "A picture can be filled with black only, not \(entry.value.kind).",
          "Write {fill: black}.")
      }
      return .black
    }
    guard let name = entry.value.text, !entry.value.isNull else {
      error(
        entry.value.location, "Here stands \(entry.value.kind), but a camera's name is a text.", "Write {take: front}.")
      return .black
    }
    if let known = simulated.cameras?.map(\.name), !known.contains(name) {
      error(
        entry.value.location, "The scene has no camera `\(name)`.",
        closestMatch(to: name, among: known).map { "Did you mean `\($0)`?" }
          ?? (known.isEmpty
            ? "It has none at all; write {fill: black}, or use --state-only."
            : "It has: \(known.joined(separator: ", ")). Or write {fill: black}."))
    }
    return .camera(name)
  }

  /// A scene's camera has one size.
  private mutating func checkSizes(_ sources: [SchemaMapping.CameraSource], _ nodes: [String: YAMLNode]) {
    for (i, source) in sources.enumerated() {
      guard case .camera(let name) = source,
        let first = sources[..<i].firstIndex(of: source), let node = nodes[real.cameras[i].name]
      else { continue }
      let a = real.cameras[first], b = real.cameras[i]
      guard (a.width, a.height) != (b.width, b.height) else { continue }
      error(
        node.location,
        "The camera `\(name)` is to feed `\(a.name)` (\(a.width)x\(a.height)) and `\(b.name)` (\(b.width)x\(b.height)).",
        "Add a second camera to the scene for one of them.")
    }
  }
}
