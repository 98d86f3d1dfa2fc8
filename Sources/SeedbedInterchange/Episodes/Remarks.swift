/// What a format cannot express, and what was done instead; each thing once, in the order in which it came up.
public struct Remarks: Sendable, Equatable {
  /// What was left out, with the reason.
  public private(set) var leftOut: [String] = []
  /// What is not the source's any more, or what the format's own tools may not take.
  public private(set) var warnings: [String] = []
  /// What is there, but not as a reader might expect it.
  public private(set) var notes: [String] = []

  mutating func leaveOut(_ what: String, because reason: String) {
    let line = what + ": " + reason
    if !leftOut.contains(line) { leftOut.append(line) }
  }

  mutating func warn(_ line: String) {
    if !warnings.contains(line) { warnings.append(line) }
  }

  mutating func note(_ line: String) {
    if !notes.contains(line) { notes.append(line) }
  }

  mutating func add(_ other: Remarks) {
    for line in other.leftOut where !leftOut.contains(line) { leftOut.append(line) }
    for line in other.warnings { warn(line) }
    for line in other.notes { note(line) }
  }

  /// For people.
  public var lines: [String] {
    leftOut.map { "left out: " + $0 } + warnings.map { "warning: " + $0 } + notes.map { "note: " + $0 }
  }
  /// Is everything there as it was?
  public var isComplete: Bool { leftOut.isEmpty && warnings.isEmpty }
}
