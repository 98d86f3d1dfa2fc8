import Diagnostics

extension XMLReader {
  /// Character data up to the next `<`.
  mutating func readText(root: XMLElement?) throws(InputError) {
    let start = position
    let end = bytes[start...].firstIndex(of: UInt8(ascii: "<")) ?? bytes.count
    position = end
    if open.isEmpty {
      if let stray = bytes[start..<end].firstIndex(where: { !Self.isWhiteSpace($0) }) {
        throw error(
          at: stray, "Text stands \(root == nil ? "before" : "after") the root element.",
          remedy: root == nil ? "Name an XML file." : "Remove it.")
      }
      return
    }
    var text: [UInt8] = []
    swap(&text, &open[open.count - 1].text)
    try appendResolved(start..<end, to: &text)
    swap(&text, &open[open.count - 1].text)
  }

  /// At `<![CDATA[`.
  mutating func readCharacterData() throws(InputError) {
    let start = position
    guard !open.isEmpty else {
      throw error(at: start, "Text stands outside the root element.", remedy: "Remove it.")
    }
    try skip(past: "]]>", from: 9, what: "CDATA section")
    open[open.count - 1].text += bytes[start + 9..<position - 3]
  }

  mutating func skip(past end: StaticString, from offset: Int, what: String) throws(InputError) {
    let start = position
    position += offset
    while position < bytes.count {
      if starts(with: end) {
        position += end.utf8CodeUnitCount
        return
      }
      position += 1
    }
    throw error(at: start, "The \(what) that begins here never ends.", remedy: "Close it with \(end).")
  }

  /// At `<!DOCTYPE`. Skips it; refuses one that defines entities.
  mutating func skipDocumentType() throws(InputError) {
    let start = position
    var brackets = 0
    while position < bytes.count {
      switch bytes[position] {
      case UInt8(ascii: "["): brackets += 1
      case UInt8(ascii: "]"): brackets -= 1
      case UInt8(ascii: "\""), UInt8(ascii: "'"):
        if let close = bytes[(position + 1)...].firstIndex(of: bytes[position]) { position = close }
      case UInt8(ascii: "<"):
        if starts(with: "<!ENTITY") || starts(with: "<!entity") {
          throw error(
            at: position, "The document defines an entity.", remedy: "Write its text out; entities are not expanded.")
        }
        if starts(with: "<!--") {
          try skip(past: "-->", from: 4, what: "comment")
          continue
        }
      case UInt8(ascii: ">") where brackets <= 0:
        position += 1
        return
      default: break
      }
      position += 1
    }
    throw error(at: start, "The document type that begins here never ends.", remedy: "Close it with '>'.")
  }

  /// Appends the bytes with `&lt;`, `&#65;` and their like replaced. A bare `&` stays.
  func appendResolved(_ range: Range<Int>, to result: inout [UInt8]) throws(InputError) {
    guard bytes[range].contains(UInt8(ascii: "&")) else {
      result += bytes[range]
      return
    }
    var i = range.lowerBound
    while i < range.upperBound {
      if bytes[i] == UInt8(ascii: "&"), let end = referenceEnd(i, in: range) {
        result += try resolve(i + 1..<end)
        i = end + 1
      } else {
        result.append(bytes[i])
        i += 1
      }
    }
  }

  /// Where the `;` of the reference stands that begins here; nil for a bare `&`.
  private func referenceEnd(_ ampersand: Int, in range: Range<Int>) -> Int? {
    var i = ampersand + 1
    while i < range.upperBound, i < ampersand + 64 {
      switch bytes[i] {
      case UInt8(ascii: ";"): return i > ampersand + 1 ? i : nil
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "#"), UInt8(ascii: "_"):
        i += 1
      default: return nil
      }
    }
    return nil
  }

  private func resolve(_ range: Range<Int>) throws(InputError) -> [UInt8] {
    let name = Self.decode(bytes[range])
    switch name {
    case "lt": return [UInt8(ascii: "<")]
    case "gt": return [UInt8(ascii: ">")]
    case "amp": return [UInt8(ascii: "&")]
    case "quot": return [UInt8(ascii: "\"")]
    case "apos": return [UInt8(ascii: "'")]
    default: break
    }
    if name.hasPrefix("#") {
      let hexadecimal = name.hasPrefix("#x") || name.hasPrefix("#X")
      let code = UInt32(name.dropFirst(hexadecimal ? 2 : 1), radix: hexadecimal ? 16 : 10)
      if let code, code > 0, let scalar = Unicode.Scalar(code) { return Array(String(Character(scalar)).utf8) }
      throw error(at: range.lowerBound - 1, "&\(name); is no character.", remedy: "Write the character itself.")
    }
    throw error(
      at: range.lowerBound - 1, "The entity &\(name); is not known.",
      remedy: "Write its text out, or &amp; where the character & is meant.")
  }

  /// UTF-8, or Latin-1 where the bytes are not UTF-8.
  static func decode(_ bytes: ArraySlice<UInt8>) -> String {
    if let text = String(validating: bytes, as: UTF8.self) { return text }
    var text = ""
    for byte in bytes { text.unicodeScalars.append(Unicode.Scalar(byte)) }
    return text
  }
}
