import Diagnostics

/// A value of a vector as text, for people, tables and programs.
struct CellText {
  enum Form { case table, csv, json }

  let form: Form

  /// All rows of a vector.
  func texts(_ vector: Vector) -> [String] {
    let nothing = form == .json ? "null" : form == .table ? "-" : ""
    func cells<T>(_ values: [T], _ present: [Bool]?, _ text: (T) -> String) -> [String] {
      values.indices.map { present?[$0] == false ? nothing : text(values[$0]) }
    }
    switch vector {
    case .truths(let v): return v.map { $0 == .unknown ? nothing : $0 == .yes ? "true" : "false" }
    case .integers(let v, let present): return cells(v, present) { "\($0)" }
    case .numbers(let v, let present): return cells(v, present) { number($0, nothing) }
    case .texts(let v, let present): return cells(v, present) { text(String(decoding: $0, as: UTF8.self)) }
    case .nulls(let count): return .init(repeating: nothing, count: count)
    case .lists(let entries, let counts, let present):
      let inner = CellText(form: form == .csv ? .json : form).texts(entries)
      var at = 0
      return counts.indices.map { row in
        defer { at += counts[row] }
        if present?[row] == false { return nothing }
        let list = inner[at..<at + counts[row]].joined(separator: ", ")
        return form == .table ? list : form == .json ? "[\(list)]" : text("[\(list)]")
      }
    }
  }

  private func number(_ value: Double, _ nothing: String) -> String {
    if value.isNaN { return nothing }
    // No JSON has infinities.
    if !value.isFinite { return form == .json ? "null" : value > 0 ? "inf" : "-inf" }
    if value == value.rounded(), abs(value) < 1e15 { return "\(Int64(value))" }
    guard form == .table else { return "\(value)" }
    return significant(value)
  }

  func text(_ text: String) -> String {
    switch form {
    case .table:
      return text.escapingControlCharacters
    case .csv:
      guard
        text.utf8.contains(where: { $0 == 0x2C || $0 == 0x22 || $0 < 0x20 }) || text.hasPrefix(" ")
          || text.hasSuffix(" ")
      else { return text }
      return "\"" + text.replacing("\"", with: "\"\"") + "\""
    case .json: return jsonText(text)
    }
  }
}

/// A text as JSON has it.
func jsonText(_ text: String) -> String {
  var result = "\""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "\"": result += "\\\""
    case "\\": result += "\\\\"
    case "\n": result += "\\n"
    default:
      if scalar.value < 0x20 || scalar.value == 0x7F {
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
  }
  return result + "\""
}
