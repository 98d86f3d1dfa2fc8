extension String {
  /// Control characters (but not the text itself) replaced by `\u{..}`, so that no file can drive a terminal, begin a new
  /// line of a message, or turn the direction of writing around.
  public var escapingControlCharacters: String {
    guard unicodeScalars.contains(where: \.drivesTerminal) else { return self }
    var result = ""
    for scalar in unicodeScalars {
      if scalar.drivesTerminal {
        result += "\\u{" + String(scalar.value, radix: 16) + "}"
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}

extension Unicode.Scalar {
  fileprivate var drivesTerminal: Bool {
    switch value {
    case 0..<0x20, 0x7F...0x9F: true
    // Line and paragraph separators; marks and overrides of direction.
    case 0x2028, 0x2029, 0x061C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: true
    default: false
    }
  }
}
