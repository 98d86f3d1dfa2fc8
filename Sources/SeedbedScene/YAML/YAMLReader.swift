package import Diagnostics
import Yams

/// Limits on what one YAML file may make us hold.
package struct YAMLLimits: Sendable {
  package var bytes = 1 << 19
  var depth = 64
  /// Values, aliases counted as often as they are used.
  package var values = 100_000

  package init() {}
}

/// Reads one strict YAML document: plain values, lists, maps with text keys, anchors and aliases (capped); no tags, no
/// merge keys, no duplicate keys.
///
/// - Parameter file: the file's name in messages.
package func readYAML(_ bytes: [UInt8], file: String, limits: YAMLLimits = YAMLLimits()) throws(InputError) -> YAMLNode
{
  let whole = SourceLocation(file: file)
  guard bytes.count <= limits.bytes else {
    throw InputError(
      at: whole, "The file has \(bytes.count) bytes, more than the \(limits.bytes) that it may have.",
      remedy: "Is this the right file?")
  }
  guard var text = String(validating: bytes, as: UTF8.self) else {
    throw InputError(at: whole, "The file is not UTF-8 text.", remedy: "Save it as UTF-8.")
  }
  // Some editors mark UTF-8 by it; it is no part of the text.
  if text.unicodeScalars.first == "\u{FEFF}" { text.unicodeScalars.removeFirst() }
  if let line = standInLine(text) {
    throw InputError(
      at: SourceLocation(file: file, line: line), "The characters U+E000 to U+E014 are not allowed.",
      remedy: "Remove them.")
  }
  if let problem = structureProblem(bytes, file: file, limits: limits) { throw InputError([problem]) }
  // Yams expands aliases by itself, without a limit, and hashes maps that are keys: a file of one kilobyte can keep it
  // busy for years. So it never sees an alias: each `*` reaches it as an ordinary letter and is resolved here.
  let withoutAliases = String(text.map { $0 == "*" ? aliasStandIn : $0 })
  let parsed: Result<YAMLNode, InputError> = parse(RepeatedKeys(in: withoutAliases), file: file, limits: limits)
  return try parsed.get()
}

private let aliasStandIn: Character = "\u{E000}"

private func standInLine(_ text: String) -> Int? {
  let standIns = Set(["\u{E000}"] + RepeatedKeys.standIns)
  guard text.unicodeScalars.contains(where: standIns.contains) else { return nil }
  return 1 + text.unicodeScalars.prefix { !standIns.contains($0) }.count { $0 == "\n" }
}

/// Refuses before parsing what only a hostile file contains: brackets nested without end, keys marked by `? `.
private func structureProblem(_ bytes: [UInt8], file: String, limits: YAMLLimits) -> Diagnostic? {
  var depth = 0
  for (number, line) in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).enumerated() {
    let location = SourceLocation(file: file, line: number + 1)
    let rest = line.drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "-") }
    if rest.first == UInt8(ascii: "?"), rest.count == 1 || " \t\r".utf8.contains(rest[rest.startIndex + 1]) {
      return Diagnostic(.error, at: location, "Keys marked with `?` are not supported.", remedy: "Write `key: value`.")
    }
    for byte in line {
      if byte == UInt8(ascii: "[") || byte == UInt8(ascii: "{") { depth += 1 }
      if byte == UInt8(ascii: "]") || byte == UInt8(ascii: "}") { depth = max(0, depth - 1) }
      if depth > limits.depth {
        return Diagnostic(
          .error, at: location, "Brackets are nested more than \(limits.depth) deep.", remedy: "Write it flatter.")
      }
    }
  }
  return nil
}

private func parse(_ text: RepeatedKeys, file: String, limits: YAMLLimits) -> Result<YAMLNode, InputError> {
  var keys = text
  do {
    let (parser, root) = try keys.parser()
    // The nodes hold their anchors weakly: the parser must live until they are read.
    return withExtendedLifetime(parser) {
      guard let root else {
        return .failure(
          InputError(at: SourceLocation(file: file), "The file is empty.", remedy: "Is this the right file?"))
      }
      var converter = Converter(file: file, limits: limits, keys: keys)
      let node = converter.convert(root, depth: 0)
      return converter.problems.isEmpty ? .success(node.node) : .failure(InputError(converter.problems))
    }
  } catch let error as YamlError {
    return .failure(InputError([diagnostic(for: error, file: file)]))
  } catch {
    return .failure(InputError(at: SourceLocation(file: file), "The file cannot be read as YAML.", remedy: ""))
  }
}

private func diagnostic(for error: YamlError, file: String) -> Diagnostic {
  func at(_ mark: Mark) -> SourceLocation { SourceLocation(file: file, line: mark.line, column: mark.column) }
  func text(_ problem: String, _ context: YamlError.Context?) -> String {
    let place = context.map { " (\($0.text), line \($0.mark.line))" } ?? ""
    return "This is not valid YAML: \(problem)\(place)."
  }
  let remedy = "Check the indentation, colons, quotes and brackets around this place."
  switch error {
  case .scanner(let context, let problem, let mark, _), .parser(let context, let problem, let mark, _):
    return Diagnostic(.error, at: at(mark), text(problem, context), remedy: remedy)
  case .composer(_, let problem, let mark, _) where problem.contains("another document"):
    return Diagnostic(
      .error, at: at(mark), "A second document begins here.", remedy: "Keep one document in a file (remove `---`).")
  case .composer(let context, let problem, let mark, _):
    return Diagnostic(.error, at: at(mark), text(problem, context), remedy: remedy)
  case .reader(let problem, let offset, _, let yaml):
    let line = offset.map { 1 + yaml.prefix($0).count { $0.isNewline } } ?? 0
    return Diagnostic(
      .error, at: SourceLocation(file: file, line: line), "This is not valid YAML: \(problem).",
      remedy: "Remove the character.")
  case .duplicatedKeysInMapping(let duplicates, let context):
    let key = (duplicates.first ?? "").replacing(String(aliasStandIn), with: "*")
    return Diagnostic(
      .error, at: at(context.mark), "The key `\(key)` stands twice in one map.", remedy: "Keep one of them.")
  default:
    return Diagnostic(.error, at: SourceLocation(file: file), "The file cannot be read as YAML.", remedy: remedy)
  }
}

/// Turns Yams' nodes into ours, in document order, and resolves aliases.
private struct Converter {
  typealias Sized = (node: YAMLNode, size: Int)

  let file: String
  let limits: YAMLLimits
  let keys: RepeatedKeys
  var problems: [Diagnostic] = []
  private var anchors: [String: Sized] = [:]
  private var total = 0
  private var isFull = false

  init(file: String, limits: YAMLLimits, keys: RepeatedKeys) {
    self.file = file
    self.limits = limits
    self.keys = keys
  }

  mutating func convert(_ node: Node, depth: Int, isKey: Bool = false) -> Sized {
    let location = SourceLocation(file: file, line: node.mark?.line ?? 0, column: node.mark?.column ?? 0)
    let nothing = YAMLNode(content: .scalar("", isPlain: true), location: location)
    guard depth <= limits.depth else {
      report(location, "Values are nested more than \(limits.depth) deep.", "Write it flatter.")
      return (nothing, 1)
    }
    var result: Sized
    switch node {
    case .scalar(let scalar):
      // Yams has resolved the tags of keys already, when it compared them.
      if let tag = explicitTag(scalar.tag, isQuoted: scalar.style != .plain), !isKey || !tag.hasPrefix("tag:yaml.org") {
        refuseTag(tag, location)
      }
      if scalar.style == .plain, scalar.string.first == aliasStandIn {
        return resolve(String(scalar.string.dropFirst()), location)
      }
      let text = scalar.string.replacing(String(aliasStandIn), with: "*")
      result = (YAMLNode(content: .scalar(text, isPlain: scalar.style == .plain), location: location), 1)
    case .sequence(let sequence):
      if let tag = explicitTag(sequence.tag, isQuoted: false) { refuseTag(tag, location) }
      var items: [YAMLNode] = []
      var size = 1
      for child in sequence {
        let item = convert(child, depth: depth + 1)
        items.append(item.node)
        size += item.size
      }
      result = (YAMLNode(content: .sequence(items), location: location), size)
    case .mapping(let mapping):
      if let tag = explicitTag(mapping.tag, isQuoted: false) { refuseTag(tag, location) }
      result = convert(mapping, location, depth)
    case .alias: result = (nothing, 1)
    }
    total += 1
    if let anchor = node.anchor?.rawValue { anchors[anchor] = result }
    return result
  }

  private mutating func convert(_ mapping: Node.Mapping, _ location: SourceLocation, _ depth: Int) -> Sized {
    var entries: [YAMLNode.Entry] = []
    var size = 1
    for (key, value) in mapping {
      guard case .scalar = key else {
        let place = SourceLocation(file: file, line: key.mark?.line ?? 0, column: key.mark?.column ?? 0)
        report(place, "A key must be a word, not a list or a map.", "Write `word: value`.")
        continue
      }
      let name = convert(key, depth: depth + 1, isKey: true).node
      let item = convert(value, depth: depth + 1)
      size += 1 + item.size
      guard let text = name.text.map({ keys.original($0, at: name.location) }), !name.isNull else {
        report(name.location, "A key must be a word, not \(name.kind).", "Write `word: value`.")
        continue
      }
      if text == "<<" {
        report(name.location, "Merge keys (`<<`) are not supported.", "Write the values out.")
        continue
      }
      if entries.contains(where: { $0.key == text }) {
        report(name.location, "The key `\(text)` stands twice in one map.", "Keep one of them.")
        continue
      }
      entries.append(YAMLNode.Entry(key: text, keyLocation: name.location, value: item.node))
    }
    return (YAMLNode(content: .mapping(entries), location: location), size)
  }

  private mutating func resolve(_ name: String, _ location: SourceLocation) -> Sized {
    guard let target = anchors[name] else {
      report(
        location, "The alias `*\(name)` stands for nothing that was anchored before.",
        "Anchor the value with `&\(name)`, or put the text in quotes.")
      return (YAMLNode(content: .scalar("", isPlain: true), location: location), 1)
    }
    let (sum, overflow) = total.addingReportingOverflow(target.size)
    total = overflow ? .max : sum
    guard total <= limits.values else {
      if !isFull {
        report(location, "With its aliases the file holds more than \(limits.values) values.", "Use fewer aliases.")
      }
      isFull = true
      return (YAMLNode(content: .scalar("", isPlain: true), location: location), 1)
    }
    return target
  }

  private mutating func report(_ location: SourceLocation, _ message: String, _ remedy: String) {
    if problems.count < 100 { problems.append(Diagnostic(.error, at: location, message, remedy: remedy)) }
  }

  private mutating func refuseTag(_ tag: String, _ location: SourceLocation) {
    report(location, "The tag `\(tag)` is not supported.", "Remove it.")
  }

  private func explicitTag(_ tag: Tag, isQuoted: Bool) -> String? {
    let name = tag.description
    return name.isEmpty || isQuoted && name == "tag:yaml.org,2002:str" ? nil : name
  }
}
