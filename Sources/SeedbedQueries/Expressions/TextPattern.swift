/// A regular expression whose search takes time in proportion to pattern times text, whatever they are: `.`, classes,
/// `* + ?`, `|`, groups, `^`, `$`, `\d \w \s` and their opposites. It is found anywhere in the text unless `^` or `$` bind it.
///
/// Thompson's construction: all states that the automaton may be in are followed at once (Programming Techniques: Regular
/// expression search algorithm, CACM 11, 1968). The library's own `Regex` tries one path after another, which a hostile
/// pattern makes endless.
struct TextPattern: Sendable {
  struct Failure: Error { var reason: String }

  fileprivate enum Step: Sendable {
    case scalar(Unicode.Scalar)
    case any
    case set([ClosedRange<UInt32>], isInverted: Bool)
    case split(Int, Int)
    case jump(Int)
    case begin, end, done
  }

  private static let longest = 1000
  private var steps: [Step] = []

  init(_ pattern: String) throws(Failure) {
    let scalars = Array(pattern.unicodeScalars)
    guard scalars.count <= TextPattern.longest else {
      throw Failure(reason: "it has more than \(TextPattern.longest) characters")
    }
    var reader = PatternReader(scalars: scalars)
    steps = try reader.alternatives(0)
    guard reader.at == scalars.count else { throw Failure(reason: "a ')' has no '('") }
    steps.append(.done)
  }

  func matches(_ text: String) -> Bool {
    var current: [Int] = []
    var marks = [Int](repeating: -1, count: steps.count)
    var generation = 0
    let scalars = text.unicodeScalars
    var i = scalars.startIndex
    while true {
      let atEnd = i == scalars.endIndex
      // A match may begin anywhere.
      if add(0, &current, &marks, generation, isBegin: i == scalars.startIndex, isEnd: atEnd) { return true }
      if atEnd { return false }
      let scalar = scalars[i]
      i = scalars.index(after: i)
      generation += 1
      var next: [Int] = []
      for state in current where steps[state].takes(scalar) {
        if add(state + 1, &next, &marks, generation, isBegin: false, isEnd: i == scalars.endIndex) { return true }
      }
      current = next
    }
  }

  /// True where the end of the pattern is reached.
  private func add(
    _ state: Int, _ list: inout [Int], _ marks: inout [Int], _ generation: Int, isBegin: Bool, isEnd: Bool
  ) -> Bool {
    var open = [state]
    while let at = open.popLast() {
      if marks[at] == generation { continue }
      marks[at] = generation
      switch steps[at] {
      case .done: return true
      case .jump(let to): open.append(to)
      case .split(let a, let b):
        open.append(b)
        open.append(a)
      case .begin: if isBegin { open.append(at + 1) }
      case .end: if isEnd { open.append(at + 1) }
      default: list.append(at)
      }
    }
    return false
  }
}

extension TextPattern.Step {
  func takes(_ scalar: Unicode.Scalar) -> Bool {
    switch self {
    case .scalar(let wanted): scalar == wanted
    case .any: scalar != "\n"
    case .set(let ranges, let isInverted): ranges.contains { $0.contains(scalar.value) } != isInverted
    default: false
    }
  }

  /// The step at another place.
  func moved(_ by: Int) -> Self {
    switch self {
    case .split(let a, let b): .split(a + by, b + by)
    case .jump(let to): .jump(to + by)
    default: self
    }
  }
}

/// Reads a pattern; steps are numbered from 0 in each part.
private struct PatternReader {
  typealias Step = TextPattern.Step
  let scalars: [Unicode.Scalar]
  var at = 0

  mutating func alternatives(_ depth: Int) throws(TextPattern.Failure) -> [Step] {
    guard depth < 50 else { throw .init(reason: "it is nested too deeply") }
    var branches = [try sequence(depth)]
    while at < scalars.count, scalars[at] == "|" {
      at += 1
      branches.append(try sequence(depth))
    }
    // From the back, so that no step moves twice.
    var steps: [Step] = branches.removeLast()
    for branch in branches.reversed() {
      let rest = branch.count + 2
      steps =
        [.split(1, rest)] + branch.map { $0.moved(1) } + [.jump(rest + steps.count)] + steps.map { $0.moved(rest) }
    }
    return steps
  }

  private mutating func sequence(_ depth: Int) throws(TextPattern.Failure) -> [Step] {
    var steps: [Step] = []
    while at < scalars.count, scalars[at] != "|", scalars[at] != ")" {
      var part = try atom(depth)
      repeats: while at < scalars.count {
        switch scalars[at] {
        case "*": part = [.split(1, part.count + 2)] + part.map { $0.moved(1) } + [.jump(0)]
        case "+": part += [.split(0, part.count + 1)]
        case "?": part = [.split(1, part.count + 1)] + part.map { $0.moved(1) }
        default: break repeats
        }
        at += 1
        guard part.count < 20_000 else { throw .init(reason: "it is too long") }
      }
      let start = steps.count
      steps += part.map { $0.moved(start) }
    }
    return steps
  }

  private mutating func atom(_ depth: Int) throws(TextPattern.Failure) -> [Step] {
    let scalar = scalars[at]
    at += 1
    switch scalar {
    case "(":
      let inner = try alternatives(depth + 1)
      guard at < scalars.count, scalars[at] == ")" else { throw .init(reason: "a '(' does not end") }
      at += 1
      return inner
    case ".": return [.any]
    case "^": return [.begin]
    case "$": return [.end]
    case "[": return [try set()]
    case "\\":
      guard at < scalars.count else { throw .init(reason: "it ends with a backslash") }
      at += 1
      return [PatternReader.escaped(scalars[at - 1])]
    case "*", "+", "?": throw .init(reason: "'\(scalar)' has nothing to repeat")
    default: return [.scalar(scalar)]
    }
  }

  private static let digits: [ClosedRange<UInt32>] = [48...57]
  private static let spaces: [ClosedRange<UInt32>] = [9...13, 32...32]
  private static let letters: [ClosedRange<UInt32>] = [48...57, 65...90, 95...95, 97...122]

  private static func escaped(_ scalar: Unicode.Scalar) -> Step {
    switch scalar {
    case "d": .set(digits, isInverted: false)
    case "D": .set(digits, isInverted: true)
    case "s": .set(spaces, isInverted: false)
    case "S": .set(spaces, isInverted: true)
    case "w": .set(letters, isInverted: false)
    case "W": .set(letters, isInverted: true)
    case "n": .scalar("\n")
    case "t": .scalar("\t")
    default: .scalar(scalar)
    }
  }

  private mutating func set() throws(TextPattern.Failure) -> Step {
    var ranges: [ClosedRange<UInt32>] = []
    var isInverted = false
    if at < scalars.count, scalars[at] == "^" {
      isInverted = true
      at += 1
    }
    var isFirst = true
    while at < scalars.count, scalars[at] != "]" || isFirst {
      isFirst = false
      let low = try member(&ranges)
      guard let low else { continue }
      if at + 1 < scalars.count, scalars[at] == "-", scalars[at + 1] != "]" {
        at += 1
        guard let high = try member(&ranges), high >= low else { throw .init(reason: "a range in [ ] is upside down") }
        ranges.append(low...high)
      } else {
        ranges.append(low...low)
      }
    }
    guard at < scalars.count else { throw .init(reason: "a '[' does not end") }
    at += 1
    return .set(ranges, isInverted: isInverted)
  }

  /// A single member of a class; nil where it was a class by itself (`\d`), which is added.
  private mutating func member(_ ranges: inout [ClosedRange<UInt32>]) throws(TextPattern.Failure) -> UInt32? {
    let scalar = scalars[at]
    at += 1
    guard scalar == "\\" else { return scalar.value }
    guard at < scalars.count else { throw .init(reason: "it ends with a backslash") }
    at += 1
    switch PatternReader.escaped(scalars[at - 1]) {
    case .scalar(let one): return one.value
    case .set(let more, isInverted: false): ranges += more
    default: throw .init(reason: "\\\(scalars[at - 1]) cannot stand in [ ]")
    }
    return nil
  }
}
