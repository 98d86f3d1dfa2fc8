import Diagnostics
import Testing

@Suite struct DiagnosticTests {
  private func text(_ line: Int, _ column: Int, _ message: String = "bad value 7.", remedy: String = "") -> String {
    Diagnostic(.error, at: SourceLocation(file: "a.yaml", line: line, column: column), message, remedy: remedy)
      .description
  }

  @Test func placeIsAsPreciseAsKnown() {
    #expect(text(3, 5) == "a.yaml:3:5: error: bad value 7.")
    #expect(text(3, 0) == "a.yaml:3: error: bad value 7.")
    #expect(text(0, 0) == "a.yaml: error: bad value 7.")
    #expect(text(0, 5) == "a.yaml: error: bad value 7.")
  }

  @Test func remedyFollowsTheMessage() {
    #expect(text(1, 1, remedy: "Write 8.") == "a.yaml:1:1: error: bad value 7. Write 8.")
    let warning = Diagnostic(.warning, at: SourceLocation(file: "r.urdf"), "odd.", remedy: "")
    #expect(warning.description == "r.urdf: warning: odd.")
  }

  @Test func oneProblemALineWhateverTheInputHolds() {
    let place = SourceLocation(file: "a\nb.yaml", line: 1, column: 2)
    let error = InputError([
      Diagnostic(.error, at: place, "unknown key \"x\r\ny\".", remedy: "Remove\u{1B}[2J it."),
      Diagnostic(.warning, at: place, "second.", remedy: ""),
    ])
    let lines = error.description.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.count == 2)
    #expect(lines[0] == #"a\u{a}b.yaml:1:2: error: unknown key "x\u{d}\u{a}y". Remove\u{1b}[2J it."#)
    #expect(lines[1] == #"a\u{a}b.yaml:1:2: warning: second."#)
  }

  @Test func aSingleProblemIsAnError() {
    let error = InputError(at: SourceLocation(file: "f", line: 2), "wrong.", remedy: "Mend it.")
    #expect(error.diagnostics.map(\.severity) == [.error])
    #expect(error.description == "f:2: error: wrong. Mend it.")
  }
}

@Suite struct ControlCharacterTests {
  @Test func noControlCharacterComesThrough() {
    for value in UInt32(0)...0x2100 {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let escaped = ("a" + String(Character(scalar)) + "b").escapingControlCharacters
      let isControl = scalar.properties.generalCategory == .control || [0x2028, 0x2029].contains(value)
      if isControl { #expect(escaped == "a\\u{" + String(value, radix: 16) + "}b") }
      if escaped == "a" + String(Character(scalar)) + "b" { #expect(!isControl) }
    }
  }

  @Test func directionCannotBeTurnedAround() {
    #expect("a\u{202E}b\u{2067}".escapingControlCharacters == #"a\u{202e}b\u{2067}"#)
  }

  @Test func ordinaryTextStaysAsItIs() {
    for text in ["", "plain", "Gräßlich 机器人 🤖 é", #"C:\u{41}\n"#] {
      #expect(text.escapingControlCharacters == text)
    }
  }
}
