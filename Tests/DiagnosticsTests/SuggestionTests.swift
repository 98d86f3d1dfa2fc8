import Diagnostics
import Testing

@Suite struct SuggestionTests {
  private let keys = ["friction", "mass", "name", "pose", "shape", "color", "fovy", "xy"]

  @Test(arguments: [
    ("frcition", "friction"), ("fricton", "friction"), ("Friction", "friction"), ("masss", "mass"), ("nmae", "name"),
    ("colour", "color"), ("fovx", "fovy"), ("xz", "xy"),
  ])
  func slipsAreRecognised(written: String, meant: String) {
    #expect(closestMatch(to: written, among: keys) == meant)
  }

  @Test(arguments: ["", "a", "temperature", "zzz", "restitution"])
  func strangersAreNot(written: String) {
    #expect(closestMatch(to: written, among: keys) == nil)
  }

  @Test func singleLettersAreNoSlipsOfOneAnother() {
    #expect(closestMatch(to: "a", among: ["x", "y"]) == nil)
    #expect(closestMatch(to: "X", among: ["x", "y"]) == "x")
  }

  @Test func orderOfCandidatesDoesNotMatter() {
    #expect(closestMatch(to: "bax", among: ["baz", "bar", "bat"]) == "bar")
    #expect(closestMatch(to: "bax", among: ["bat", "bar", "baz"]) == "bar")
  }

  @Test func hugeWordsAreLeftAlone() {
    let huge = String(repeating: "friction", count: 100_000)
    #expect(closestMatch(to: huge, among: keys) == nil)
    #expect(closestMatch(to: "friction", among: [huge]) == nil)
  }

  @Test func distanceCountsSingleEdits() {
    for (a, b, expected) in [
      ("", "", 0), ("", "abc", 3), ("kitten", "sitting", 3), ("ab", "ba", 1), ("abcd", "acbd", 1), ("ca", "abc", 3),
    ] {
      #expect(editDistance(a, b) == expected, "\(a) \(b)")
      #expect(editDistance(b, a) == expected, "\(b) \(a)")
    }
  }
}
