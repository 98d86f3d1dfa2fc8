import Diagnostics
import Testing
import XML

func parse(_ text: String, limits: XMLLimits = XMLLimits()) throws(InputError) -> XMLElement {
  try parseXML(Array(text.utf8), path: "a.xml", limits: limits)
}

@Test func readsTreeWithPlaces() throws {
  let root = try parse(
    """
    <?xml version="1.0"?>
    <robot name="r">
      <link name='a &amp; b'/>
      <é x="1"
        y="2">one<!-- no --><![CDATA[<two>]]>&#x41;</é>
    </robot>
    """)
  #expect(root.name == "robot" && root["name"] == "r")
  #expect(root.location == SourceLocation(file: "a.xml", line: 2, column: 1))
  #expect(root.children.count == 2)
  #expect(root.child("link")?["name"] == "a & b")
  let other = try #require(root.child("é"))
  #expect(other.location == SourceLocation(file: "a.xml", line: 4, column: 3))
  #expect(other.attribute("x")?.location == SourceLocation(file: "a.xml", line: 4, column: 6))
  #expect(other.attribute("y")?.location == SourceLocation(file: "a.xml", line: 5, column: 5))
  #expect(other.text == "one<two>A")
}

@Test(arguments: [
  "<?xml version=\"0.0\"?><r/>", "\n\n  <?xml version=\"1.0\"?>\n<r/>", "\u{FEFF}<?xml version=\"1.0\"?><r/>",
  "<!DOCTYPE r SYSTEM \"x.dtd\" [<!ELEMENT r ANY>]><r/>", "<r></r>\r\n<!-- end -->\r\n", "<r ></r >",
  "<!-- a -- b --><r/><?pi?>", "<r/>\n\0\0",
])
func acceptsWhatSmallReadersAccept(_ text: String) throws {
  #expect(try parse(text).name == "r")
}

@Test func keepsPrefixesBareAmpersandsAndLatin1() throws {
  let root = try parse("<drake:a drake:b='x & y &z' c='1<2'/>")
  #expect(root.name == "drake:a" && root["drake:b"] == "x & y &z" && root["c"] == "1<2")
  let latin = try parseXML(Array("<a b='".utf8) + [0xE9] + Array("'/>".utf8), path: "l.xml")
  #expect(latin["b"] == "é")
}

@Test(arguments: [
  ("<a>\n <b>\n</a>", 3, 1, "</a> stands where </b> must close line 2, column 2"),
  ("<a><b></b>", 1, 1, "<a> is never closed"),
  ("<a>\n</a>\n<b/>", 3, 1, "second element"),
  ("</a>", 1, 1, "closes nothing"),
  ("<a b=1/>", 1, 4, "has no quotes"),
  ("<a b/>", 1, 4, "has no value"),
  ("<a b='1' b='2'/>", 1, 10, "occurs twice"),
  ("<a b='1/>", 1, 4, "no closing quote"),
  ("<a>&nope;</a>", 1, 4, "&nope; is not known"),
  ("<a>&#0;</a>", 1, 4, "is no character"),
  ("<a>&#xD800;</a>", 1, 4, "is no character"),
  ("<!DOCTYPE a [\n<!ENTITY x 'y'>]><a/>", 2, 1, "defines an entity"),
  ("hello <a/>", 1, 1, "before the root"),
  ("<a/> tail", 1, 6, "after the root"),
  ("<a><!-- x</a>", 1, 4, "comment that begins here never ends"),
  ("<a", 1, 1, "never finished"),
  ("<a>\0</a>", 1, 4, "zero byte"),
  ("<1/>", 1, 1, "not followed by a name"),
])
func namesThePlaceOfAFault(_ text: String, line: Int, column: Int, message: String) throws {
  let error = #expect(throws: InputError.self) { try parse(text) }
  let first = try #require(error?.diagnostics.first)
  #expect(first.location == SourceLocation(file: "a.xml", line: line, column: column))
  #expect(first.message.contains(message))
  #expect(!first.remedy.isEmpty)
}

@Test func refusesWhatIsTooMuch() throws {
  let deep = String(repeating: "<a>", count: 300) + String(repeating: "</a>", count: 300)
  let allowed = String(repeating: "<a>", count: 256) + String(repeating: "</a>", count: 256)
  #expect(throws: InputError.self) { try parse(deep) }
  #expect(try parse(allowed).name == "a")
  let small = XMLLimits(bytes: 100, elements: 3, attributesPerElement: 2, attributes: 3)
  #expect(try parse("<a><b/><c/></a>", limits: small).children.count == 2)
  #expect(throws: InputError.self) { try parse("<a><b/><c/><d/></a>", limits: small) }
  #expect(throws: InputError.self) { try parse("<a x='1' y='1' z='1'/>", limits: small) }
  #expect(throws: InputError.self) { try parse("<a x='1' y='1'><b x='1' y='1'/></a>", limits: small) }
  #expect(throws: InputError.self) { try parse(String(repeating: " ", count: 100) + "<a/>", limits: small) }
}
