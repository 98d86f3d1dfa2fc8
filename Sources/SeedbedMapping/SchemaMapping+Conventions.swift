import SeedbedEpisodes
import SeedbedGeometry

/// What the dataset's own documentation says of a number that a signal feeds: always of the number as it is recorded.
extension SchemaMapping {
  /// A signal before it is converted.
  private struct Meaning {
    var unit: String, frame: String, convention: String
    var isOpening = false
  }

  func dimension(
    _ signal: Signal, name: String, source: String, unit: String, scale: Double, offset: Double,
    bounds: ClosedRange<Double>?, _ own: [Feature]
  ) -> Dimension {
    let meaning = SchemaMapping.meaning(signal, own)
    var text = "from `\(source)`"
    if scale != 1 || offset != 0 {
      text += " (\(meaning.unit)): times \(short(scale))" + (offset == 0 ? "" : ", plus \(short(offset))")
    }
    if let bounds { text += ", cut off at \(short(bounds.lowerBound)) and \(short(bounds.upperBound))" }
    if !meaning.convention.isEmpty {
      text += "; " + recorded(meaning, scale: scale, offset: offset)
    }
    return Dimension(name: name, unit: unit, frame: meaning.frame, convention: text)
  }

  /// The convention of the converted number. Statements of the form "0 = closed" are converted, and "positive = opening"
  /// turns with the sign; of what else is said of the number before, the new sign and zero are added.
  private func recorded(_ meaning: Meaning, scale: Double, offset: Double) -> String {
    if scale == 1, offset == 0 { return meaning.convention }
    var isOpening = false
    let parts = SchemaMapping.split(meaning.convention, "; ").map { part -> (text: String, isRecorded: Bool) in
      let statements = SchemaMapping.split(part, ", ").map { statement -> String? in
        let sides = SchemaMapping.split(statement, " = ")
        guard sides.count == 2 else { return nil }
        if sides[0] == "positive", offset == 0 { return (scale < 0 ? "negative" : "positive") + " = " + sides[1] }
        guard let value = Double(sides[0]) else { return nil }
        let result = short(scale * value + offset) + " = " + sides[1]
        guard meaning.isOpening, value == 0, sides[1] == "closed" else { return result }
        isOpening = true
        return result + ", " + short(scale * maxOpening + offset) + " = open (\(short(maxOpening)) m)"
      }
      return statements.contains(nil) ? (part, false) : (statements.compactMap { $0 }.joined(separator: ", "), true)
    }
    // A factor above 0 leaves sign and zero as they are; only a number that is no measure is another one then.
    if scale > 0, offset == 0, meaning.unit != "1" || parts.allSatisfy(\.isRecorded) {
      return parts.map(\.text).joined(separator: "; ")
    }
    let before = parts.filter { !$0.isRecorded }.map(\.text), now = parts.filter(\.isRecorded).map(\.text)
    var texts: [String] = []
    if !before.isEmpty { texts.append("before that: " + before.joined(separator: "; ")) }
    if now.isEmpty || !before.isEmpty && !isOpening {
      texts.append(
        "recorded with " + (scale < 0 ? "the other sign" : "the same sign")
          + (offset == 0 ? "" : ", and \(short(offset)) stands for its 0"))
    }
    if !now.isEmpty { texts.append("recorded: " + now.joined(separator: ", ")) }
    return texts.joined(separator: "; ")
  }

  private static func meaning(_ signal: Signal, _ own: [Feature]) -> Meaning {
    let base = "robot base (root link)"
    func pose(_ part: PosePart, _ what: String) -> Meaning {
      Meaning(unit: part.unit, frame: base, convention: "\(part.convention) of \(what)")
    }
    switch signal {
    case .own(let feature, let dimension):
      guard own.indices.contains(feature), own[feature].dimensions.indices.contains(dimension) else { break }
      let own = own[feature].dimensions[dimension]
      return Meaning(
        unit: own.unit, frame: own.frame, convention: own.convention, isOpening: own.name == "gripper.opening")
    case .next(let inner):
      var meaning = meaning(inner, own)
      meaning.convention = "in the next frame; " + meaning.convention
      return meaning
    case .difference(let feature, let dimension, _, _):
      let target = meaning(.own(feature: feature, dimension: dimension), own)
      return Meaning(
        unit: target.unit, frame: target.frame,
        convention: "the target minus the measured value" + (target.isOpening ? "; positive = opening" : ", URDF sign"))
    case .perSecond(let inner):
      let inner = meaning(inner, own)
      return Meaning(unit: inner.unit + "/s", frame: inner.frame, convention: "a second: " + inner.convention)
    case .measured(let part): return pose(part, "the measured tool centre point")
    case .commanded(let part): return pose(part, "the tool centre point that the commanded joints make")
    case .step(let part): return pose(part, "the way from the measured tool centre point to the commanded one")
    case .way(let part): return pose(part, "the way from the measured tool centre point to that of the next frame")
    case .episode(let mark): return Meaning(unit: "1", frame: "none", convention: mark.convention)
    }
    return Meaning(unit: "1", frame: "none", convention: "")
  }

  private static func split(_ text: String, _ separator: String) -> [String] {
    text.split(separator: separator, omittingEmptySubsequences: false).map(String.init)
  }
}

extension PosePart {
  fileprivate var convention: String {
    switch self {
    case .x, .y, .z: "position \(self)"
    case .qw, .qx, .qy, .qz: "\(self) of the orientation, a unit quaternion (\(Quaternion.recordedSign)),"
    case .roll, .pitch, .yaw: "\(self), about fixed axes (R = Rz(yaw) Ry(pitch) Rx(roll)),"
    case .rx, .ry, .rz: "\(self) of the rotation vector (axis times angle)"
    }
  }
}
