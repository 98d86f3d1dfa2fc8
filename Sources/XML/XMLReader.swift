public import Diagnostics

/// Reads an XML document and returns its root element.
///
/// Tolerant where the widespread small readers are: any version number, white space or a byte order mark before the
/// declaration, unbound prefixes, bytes that are not UTF-8 (taken as Latin-1), a bare `&`. A document type is skipped;
/// entity definitions are refused and nothing but the five predefined entities and numbers is ever expanded.
///
/// - Parameters:
///   - bytes: the file.
///   - path: the file's name in messages.
///   - limits: what is refused as too big.
/// - Throws: `InputError` with the one place where the document stops making sense.
public func parseXML(_ bytes: [UInt8], path: String, limits: XMLLimits = XMLLimits()) throws(InputError) -> XMLElement {
  var reader = XMLReader(bytes: bytes, path: path, limits: limits)
  return try reader.readDocument()
}

/// A cursor over the document and the elements that are open.
struct XMLReader {
  struct OpenElement {
    var element: XMLElement
    var text: [UInt8] = []
  }

  let bytes: [UInt8]
  let path: String
  let limits: XMLLimits
  var position = 0
  var open: [OpenElement] = []
  var elementCount = 0, attributeCount = 0
  private let lineStarts: [Int]

  init(bytes: [UInt8], path: String, limits: XMLLimits) {
    // Some exporters write the terminating zeros of a C string too.
    self.bytes = bytes.last == 0 ? Array(bytes.prefix(through: bytes.lastIndex { $0 != 0 } ?? 0)) : bytes
    self.path = path
    self.limits = limits
    var starts = [0]
    if bytes.count <= limits.bytes {
      for (i, byte) in bytes.enumerated() where byte == UInt8(ascii: "\n") { starts.append(i + 1) }
    }
    lineStarts = starts
  }

  mutating func readDocument() throws(InputError) -> XMLElement {
    try refuseUnreadable()
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
    var root: XMLElement?
    while position < bytes.count {
      if bytes[position] != UInt8(ascii: "<") {
        try readText(root: root)
      } else if starts(with: "<!--") {
        try skip(past: "-->", from: 4, what: "comment")
      } else if starts(with: "<![CDATA[") {
        try readCharacterData()
      } else if starts(with: "<?") {
        try skip(past: "?>", from: 2, what: "processing instruction")
      } else if starts(with: "<!DOCTYPE") || starts(with: "<!doctype") {
        try skipDocumentType()
      } else if starts(with: "</") {
        if let closed = try readEndTag() { root = closed }
      } else if root != nil {
        throw error(
          at: position, "There is a second element after the end of the root element.",
          remedy: "Keep one root element and put the other inside it.")
      } else if let closed = try readStartTag() {
        root = closed
      }
    }
    if let last = open.last {
      throw InputError(
        at: last.element.location, "<\(last.element.name)> is never closed.",
        remedy: "Add </\(last.element.name)>; is the file cut off?")
    }
    guard let root else {
      throw InputError(
        at: SourceLocation(file: path, line: 1, column: 1), "There is no element in this file.",
        remedy: bytes.isEmpty ? "The file is empty." : "Name an XML file.")
    }
    return root
  }

  /// What no XML reader could make sense of: too big, another encoding, binary data.
  private func refuseUnreadable() throws(InputError) {
    let file = SourceLocation(file: path)
    if bytes.count > limits.bytes {
      throw InputError(
        at: file, "The file has \(bytes.count) bytes, more than the \(limits.bytes) that are read.",
        remedy: "Split it or leave out what is not needed.")
    }
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
      throw InputError(at: file, "The file is encoded as UTF-16.", remedy: "Save it as UTF-8.")
    }
    if let zero = bytes.firstIndex(of: 0) {
      throw error(at: zero, "A zero byte stands here; this is no text file.", remedy: "Name an XML file (UTF-8).")
    }
  }

  /// Of a byte. The column counts characters, so continuation bytes do not count.
  func location(_ offset: Int) -> SourceLocation {
    var low = 0, high = lineStarts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if lineStarts[middle] <= offset { low = middle } else { high = middle }
    }
    let start = lineStarts[low], end = min(offset, bytes.count)
    // A line of megabytes has no useful columns, and counting them for each element would take quadratic time.
    let column = end - start > 4096 ? end - start : bytes[start..<end].count { $0 & 0xC0 != 0x80 }
    return SourceLocation(file: path, line: low + 1, column: column + 1)
  }

  func error(at offset: Int, _ message: String, remedy: String) -> InputError {
    InputError(at: location(offset), message, remedy: remedy)
  }

  func starts(with text: StaticString) -> Bool {
    let count = text.utf8CodeUnitCount
    guard position + count <= bytes.count else { return false }
    return text.withUTF8Buffer { wanted in
      for i in 0..<count where bytes[position + i] != wanted[i] { return false }
      return true
    }
  }

  mutating func skipWhiteSpace() {
    while position < bytes.count, Self.isWhiteSpace(bytes[position]) { position += 1 }
  }

  static func isWhiteSpace(_ byte: UInt8) -> Bool { byte == 32 || (9...13).contains(byte) }
}
