import SeedbedEpisodes

extension Draft {
  /// The mapping file.
  ///
  /// - Parameters:
  ///   - source: What the real dataset is called.
  ///   - robot: What the simulated robot is called.
  public func yaml(source: String, robot: String, simulated: Simulated) -> String {
    var lines = [
      "# What of the simulated robot \(Draft.comment(robot)) feeds the features of \(Draft.comment(source)).",
      "# Drafted by `seedbed schema draft`; read it line by line and correct what is guessed.",
    ]
    lines += remarks.map { "# " + $0 }
    lines += [
      "#",
      "# Each entry stands for a dimension of the real dataset, in its order:",
      "#   take: SIGNAL      a number of the simulation (below), with",
      "#     unit: deg         the unit that the real dataset has: rad, deg, turn, m, cm, mm, rad/s, deg/s, ...",
      "#     scale: -1, offset: 0.5",
      "#                       times, then plus, after the unit (another sign, another zero)",
      "#     range: {ours: [0, 0.08], real: [0, 100]}",
      "#                       instead: a straight line, here from m to percent",
      "#     clip: [0, 100]    cut off",
      "#   fill: NUMBER      the same in every frame: the dataset's own documentation says that it is not simulated",
      "# Each camera takes a camera of the scene, drawn at the real one's size, or is filled with black.",
      "#",
      "# Signals:",
    ]
    let catalog = SignalCatalog(simulated.features)
    for feature in simulated.features {
      let own = Set(feature.dimensions.map { "\(feature.name).\($0.name)" })
      lines += Draft.wrapped(catalog.names.filter(own.contains))
    }
    lines += [
      "#   action.X.delta: the target minus the measured value, action.X.rate: that a second; SIGNAL.next: in the next frame",
      "#   observation.ee_pose.ee.P, action.ee.P, action.ee_delta.P: the tool centre point in the base frame, measured,",
      "#   commanded, and from the one to the other; P is x, y, z (m), qw, qx, qy, qz, roll, pitch, yaw, rx, ry, rz (rad)",
      "#   observation.ee_rate.P, action.ee_rate.P: from its measured pose to the next, and to the commanded one, a second",
    ]
    lines += Draft.wrapped(EpisodeMark.allCases.map { "episode.\($0): \($0.convention)" }, separator: "; ")
    lines += [
      "seedbed-map: 1", "features:",
    ]
    if features.isEmpty { lines[lines.count - 1] += " {}" }
    for part in features {
      lines.append(
        "  \(Draft.quoted(part.name)):   # \(part.shape)" + (part.note.isEmpty ? "" : "; \(Draft.comment(part.note))"))
      let texts = part.lines.enumerated().map { i, line in
        "{" + (part.names.indices.contains(i) ? "name: \(Draft.quoted(part.names[i])), " : "") + line.text + "}"
      }
      let width = min(96, texts.map(\.count).max() ?? 0)
      for (i, line) in part.lines.enumerated() {
        let space = String(repeating: " ", count: max(0, width - texts[i].count))
        lines.append(
          "    - \(texts[i])\(space)  # \(part.names.isEmpty ? "[\(i)] " : "")\(Draft.comment(line.note))")
      }
    }
    lines.append(cameras.isEmpty ? "cameras: {}" : "cameras:")
    for part in cameras {
      for line in part.lines {
        lines.append("  \(Draft.quoted(part.name)): {\(line.text)}   # \(part.shape); \(Draft.comment(line.note))")
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// A text that ends with its line.
  private static func comment(_ text: String) -> String {
    String(text.map { $0.isNewline || $0.unicodeScalars.contains { $0.value < 32 || $0.value == 127 } ? " " : $0 })
  }

  /// As it is where it can be nothing else, else in quotes.
  private static func quoted(_ text: String) -> String {
    let isPlain =
      text.unicodeScalars.first.map { $0.isASCII && $0.properties.isAlphabetic } == true
      && text.unicodeScalars.allSatisfy {
        $0.isASCII && ($0.properties.isAlphabetic || "0123456789_.-/".unicodeScalars.contains($0))
      }
      && !["null", "true", "false", "yes", "no", "on", "off", "y", "n"].contains(text.lowercased())
    if isPlain { return text }
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x22, 0x5C: result += "\\\(Character(scalar))"
      case 0x20..<0x7F, 0xA1..<0xD800: result.unicodeScalars.append(scalar)
      default:
        let digits = String(scalar.value, radix: 16)
        result += "\\U" + String(repeating: "0", count: 8 - digits.count) + digits
      }
    }
    return result + "\""
  }

  private static func wrapped(_ names: [String], separator: String = ", ") -> [String] {
    var lines: [String] = []
    var line = ""
    for name in names {
      if !line.isEmpty, line.count + name.count > 112 {
        lines.append("#   " + line)
        line = ""
      }
      line += (line.isEmpty ? "" : separator) + name
    }
    if !line.isEmpty { lines.append("#   " + line) }
    return lines
  }
}
