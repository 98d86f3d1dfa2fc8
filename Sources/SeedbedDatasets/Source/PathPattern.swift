/// A path of `meta/info.json` with numbers left open: "data/chunk-{chunk_index:03d}/file-{file_index:03d}.parquet".
public struct PathPattern: Sendable, Equatable {
  private enum Part: Sendable, Equatable {
    case text(String)
    case value(name: String, digits: Int)
  }

  public let text: String
  private let parts: [Part]

  /// nil for a path that leads out of the dataset, or with something in braces that is no value.
  init?(_ text: String) {
    guard !text.isEmpty, !text.hasPrefix("/"), !text.utf8.contains(0), !text.split(separator: "/").contains("..")
    else { return nil }
    var parts: [Part] = []
    var rest = text[...]
    while let open = rest.firstIndex(of: "{") {
      guard let close = rest[open...].firstIndex(of: "}") else { return nil }
      let inner = rest[rest.index(after: open)..<close].split(separator: ":", maxSplits: 1)
      guard let name = inner.first, !name.contains("{") else { return nil }
      var digits = 0
      if inner.count == 2 {
        guard inner[1].hasSuffix("d"), let width = Int(inner[1].dropLast()), (0...18).contains(width) else {
          return nil
        }
        digits = width
      }
      if open > rest.startIndex { parts.append(.text(String(rest[..<open]))) }
      parts.append(.value(name: String(name), digits: digits))
      rest = rest[rest.index(after: close)...]
    }
    if rest.contains("}") { return nil }
    if !rest.isEmpty { parts.append(.text(String(rest))) }
    self.text = text
    self.parts = parts
  }

  /// The names of the values that it leaves open.
  var names: Set<String> {
    Set(
      parts.compactMap { part in
        if case .value(let name, _) = part { name } else { nil }
      })
  }

  /// The path for some numbers, and a camera's key where it is asked for.
  func path(_ numbers: [String: Int], key: String = "") -> String {
    var result = ""
    for part in parts {
      switch part {
      case .text(let text): result += text
      case .value("video_key", _): result += key
      case .value(let name, let digits):
        let number = String(numbers[name] ?? 0)
        result += String(repeating: "0", count: max(0, digits - number.utf8.count)) + number
      }
    }
    return result
  }
}
