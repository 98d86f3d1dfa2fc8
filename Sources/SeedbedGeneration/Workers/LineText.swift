/// Texts inside messages and journals that are one line each.
enum LineText {
  static func escape(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\r": result += " "
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  static func unescape(_ text: some StringProtocol) -> String {
    var result = ""
    var escaped = false
    for scalar in text.unicodeScalars {
      if escaped {
        result.unicodeScalars.append(scalar == "n" ? "\n" : scalar)
        escaped = false
      } else if scalar == "\\" {
        escaped = true
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
