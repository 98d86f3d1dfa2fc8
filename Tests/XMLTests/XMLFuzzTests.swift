import Diagnostics
import Testing
import XML

/// A small generator of our own, so that a failure can be repeated.
struct Bits: RandomNumberGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

private let sample = Array(
  """
  <?xml version="1.0" encoding="utf-8"?><!DOCTYPE robot [<!ELEMENT a ANY>]>
  <robot name="r&amp;d" xmlns:x='u'><!-- c --><link name="é"><x:v>1 2 &#65; <![CDATA[ <&> ]]></x:v></link><?pi q?>
    <joint a="1" b='2'><origin xyz="0 0 1"/></joint></robot>
  """.utf8)

@Test func mutatedDocumentsNeverCrash() {
  var bits = Bits(state: 7)
  let pieces = ["<", ">", "&", "\"", "'", "]]>", "<!--", "<![CDATA[", "<!DOCTYPE", "&#", ";", "/", "<?", "\u{0}", "="]
  var accepted = 0
  for _ in 0..<20_000 {
    var bytes = sample
    for _ in 0..<Int.random(in: 1...4, using: &bits) {
      let at = Int.random(in: 0..<bytes.count, using: &bits)
      switch Int.random(in: 0..<4, using: &bits) {
      case 0: bytes[at] = UInt8.random(in: 0...255, using: &bits)
      case 1: bytes.remove(at: at)
      case 2: bytes.insert(contentsOf: pieces.randomElement(using: &bits)!.utf8, at: at)
      default: bytes.removeSubrange(at..<min(bytes.count, at + Int.random(in: 1...20, using: &bits)))
      }
      if bytes.isEmpty { bytes = [60] }
    }
    do {
      _ = try parseXML(bytes, path: "fuzz.xml")
      accepted += 1
    } catch {
      #expect(error.diagnostics.count == 1)
    }
  }
  #expect(accepted > 1000 && accepted < 19_000)
}

@Test func everyTruncationIsRefusedOrWhole() {
  for count in 0..<sample.count {
    #expect(throws: InputError.self) { try parseXML(Array(sample.prefix(count)), path: "cut.xml") }
  }
}

@Test func longInputTakesLinearTime() throws {
  let wide = "<a>" + String(repeating: "<b c='1'/>", count: 100_000) + "</a>"
  #expect(try parseXML(Array(wide.utf8), path: "wide.xml").children.count == 100_000)
  let noise = "<a>" + String(repeating: "&", count: 1_000_000) + "</a>"
  #expect(try parseXML(Array(noise.utf8), path: "noise.xml").text.utf8.count == 1_000_000)
}
