import Diagnostics

extension XMLReader {
  /// At `<`: opens the element. Returns it where it is the root and closes itself.
  mutating func readStartTag() throws(InputError) -> XMLElement? {
    let start = position
    position += 1
    guard let name = readName() else {
      throw error(
        at: start, "'<' is not followed by a name.", remedy: "Write &lt; where the character itself is meant.")
    }
    elementCount += 1
    if elementCount > limits.elements {
      throw error(
        at: start, "There are more than \(limits.elements) elements.", remedy: "Leave out what is not needed.")
    }
    if open.count >= limits.depth {
      throw error(
        at: start, "Elements are nested more than \(limits.depth) deep.", remedy: "Nest them less deeply.")
    }
    var element = XMLElement(name: name, location: location(start))
    while true {
      skipWhiteSpace()
      guard position < bytes.count else {
        throw error(at: start, "The tag <\(name)> is never finished with '>'.", remedy: "Is the file cut off?")
      }
      if bytes[position] == UInt8(ascii: ">") {
        position += 1
        open.append(OpenElement(element: element))
        return nil
      }
      if starts(with: "/>") {
        position += 2
        return append(element)
      }
      try readAttribute(of: &element)
    }
  }

  /// At `</`: closes the innermost element. Returns it where it is the root.
  mutating func readEndTag() throws(InputError) -> XMLElement? {
    let start = position
    position += 2
    let name = readName() ?? ""
    skipWhiteSpace()
    guard position < bytes.count, bytes[position] == UInt8(ascii: ">") else {
      throw error(at: start, "The tag </\(name) is not finished with '>'.", remedy: "Write </\(name)>.")
    }
    position += 1
    guard let last = open.popLast() else {
      throw error(at: start, "</\(name)> closes nothing.", remedy: "Remove it, or add <\(name)> before it.")
    }
    guard last.element.name == name else {
      let place = last.element.location
      throw error(
        at: start,
        "</\(name)> stands where </\(last.element.name)> must close line \(place.line), column \(place.column).",
        remedy: "Close <\(last.element.name)> first.")
    }
    var element = last.element
    element.text = Self.decode(last.text[...])
    return append(element)
  }

  /// Puts a finished element into its parent; returns it where it has none.
  private mutating func append(_ element: XMLElement) -> XMLElement? {
    if open.isEmpty { return element }
    open[open.count - 1].element.children.append(element)
    return nil
  }

  private mutating func readAttribute(of element: inout XMLElement) throws(InputError) {
    let start = position
    guard let name = readName() else {
      let found = Self.decode(bytes[position...position])
      throw error(
        at: start, "'\(found)' stands where an attribute of <\(element.name)> or '>' is expected.",
        remedy: "Write attributes as name=\"value\".")
    }
    skipWhiteSpace()
    guard position < bytes.count, bytes[position] == UInt8(ascii: "=") else {
      throw error(at: start, "The attribute '\(name)' has no value.", remedy: "Write \(name)=\"value\".")
    }
    position += 1
    skipWhiteSpace()
    guard position < bytes.count, bytes[position] == UInt8(ascii: "\"") || bytes[position] == UInt8(ascii: "'") else {
      throw error(at: start, "The value of '\(name)' has no quotes.", remedy: "Write \(name)=\"value\".")
    }
    let quote = bytes[position]
    position += 1
    guard let end = bytes[position...].firstIndex(of: quote) else {
      throw error(at: start, "The value of '\(name)' has no closing quote.", remedy: "Add it.")
    }
    var value: [UInt8] = []
    try appendResolved(position..<end, to: &value)
    position = end + 1
    if element.attribute(name) != nil {
      throw error(
        at: start, "The attribute '\(name)' occurs twice in <\(element.name)>.", remedy: "Remove one of them.")
    }
    attributeCount += 1
    if element.attributes.count >= limits.attributesPerElement || attributeCount > limits.attributes {
      throw error(
        at: start,
        "There are more than \(limits.attributesPerElement) attributes in an element or"
          + " \(limits.attributes) in the file.", remedy: "Leave out what is not needed.")
    }
    element.attributes.append(XMLAttribute(name: name, value: Self.decode(value[...]), location: location(start)))
  }

  /// Letters, digits, `_ : - .` and all non-ASCII characters; nil where none stands here.
  private mutating func readName() -> String? {
    let start = position
    while position < bytes.count {
      switch bytes[position] {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"),
        UInt8(ascii: ":"), 0x80...0xFF:
        break
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."):
        if position == start { return nil }
      default:
        return position > start ? Self.decode(bytes[start..<position]) : nil
      }
      position += 1
    }
    return position > start ? Self.decode(bytes[start..<position]) : nil
  }
}
