/// A drafted mapping: what feeds each number and picture, what of it is guessed, and from what.
public struct Draft: Sendable {
  struct Line: Sendable {
    /// What stands in the mapping file, without the name: `take: action.gripper.opening, unit: m`.
    var text: String
    /// Why; stands behind it.
    var note: String
    /// Nothing of it is guessed, and nothing is missing.
    var isSure: Bool
  }

  struct Part: Sendable {
    /// The feature's name.
    var name: String
    /// Of its dimensions; empty where the dataset does not name them.
    var names: [String]
    /// "float32[7]", "640x480".
    var shape: String
    var note: String
    var lines: [Line]
    /// The dataset does not say what its dimensions are.
    var isUnnamed: Bool { names.isEmpty && lines.count > 1 }
  }

  var features: [Part] = []
  var cameras: [Part] = []
  /// For the head of the file.
  var remarks: [String] = []
  /// Where the real actions' numbers tell of another convention than that of the lines that feed them; else nil.
  public internal(set) var conflict: String?

  /// What does not fit by itself, one line each; empty where the draft can be used as it is.
  public func doubts(withCameras: Bool) -> [String] {
    (features + (withCameras ? cameras : [])).flatMap { part in
      part.lines.enumerated().compactMap { i, line in
        guard !line.isSure else { return nil }
        let name = part.names.indices.contains(i) ? " \(part.names[i])" : ""
        let place = part.lines.count > 1 ? "\(part.name)[\(i)]\(name)" : part.name + name
        return "\(place): \(part.isUnnamed ? "not named; " : "")\(line.note)"
      }
    }
  }
}

/// A number for a mapping file: six digits that count, the shortest text.
func short(_ value: Double) -> String {
  guard value.isFinite, value != 0 else { return "0" }
  var scale = 1.0, magnitude = abs(value)
  while magnitude < 99_999.5, scale < 1e12 {
    magnitude *= 10
    scale *= 10
  }
  let rounded = (value * scale).rounded() / scale
  return rounded == rounded.rounded() && abs(rounded) < 1e15 ? "\(Int(rounded))" : "\(rounded)"
}
