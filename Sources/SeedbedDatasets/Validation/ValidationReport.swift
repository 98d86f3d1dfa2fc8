/// What `validate` found.
public struct ValidationReport: Sendable {
  public var directory: String
  /// In the order of the checks. Of many alike only the first are kept, with one that counts the others.
  public var findings: [Finding]
  /// All, also those that are only counted.
  public var errors: Int, warnings: Int
  /// Comparisons made.
  public var checks: Int
  /// "v3.0"; nil where not even that could be read.
  public var version: String?
  public var episodes = 0, frames = 0, videoFiles = 0, picturesDecoded = 0

  public var isValid: Bool { errors == 0 }

  /// `PATH: error: episode k: 'feature': what is wrong. What to do.`, one line a finding.
  public var lines: [String] {
    findings.map { finding in
      let place = finding.file == "." ? directory : directory + "/" + finding.file
      return "\(place): \(finding.severity.rawValue): \(finding.text)".escapingControlCharacters
    }
  }

  /// The closing line.
  public func summary(seconds: Double) -> String {
    let tenths = Int((seconds * 10).rounded())
    return
      "\(isValid ? "ok" : "FAIL"): \(errors) errors, \(warnings) warnings, \(checks) checks, \(version ?? "no version"), "
      + "\(episodes) episodes, \(frames) frames, \(videoFiles) video files, \(picturesDecoded) pictures decoded, "
      + "\(tenths / 10).\(tenths % 10) s"
  }

  /// The whole report as JSON, one line.
  public func json(seconds: Double) -> String {
    let findings = findings.map { finding in
      JSONValue.object([
        .init("severity", .string(finding.severity.rawValue)), .init("rule", .string(finding.rule)),
        .init("file", .string(finding.file)), .init("episode", finding.episode.map { .integer($0) } ?? .null),
        .init("feature", .text(finding.feature)), .init("message", .string(finding.message)),
        .init("remedy", .string(finding.remedy)),
      ])
    }
    let json = JSONValue.object([
      .init("dataset", .string(directory)), .init("valid", .bool(isValid)), .init("errors", .integer(errors)),
      .init("warnings", .integer(warnings)), .init("checks", .integer(checks)), .init("version", .text(version)),
      .init("episodes", .integer(episodes)), .init("frames", .integer(frames)),
      .init("video_files", .integer(videoFiles)), .init("pictures_decoded", .integer(picturesDecoded)),
      .init("seconds", .number(seconds)), .init("findings", .array(findings)),
    ])
    return String(decoding: json.compact(), as: UTF8.self)
  }
}

extension String {
  /// Names out of files must not move the terminal's cursor.
  fileprivate var escapingControlCharacters: String {
    var text = ""
    for scalar in unicodeScalars {
      if scalar.value < 32 || (127...159).contains(scalar.value) {
        text += "\\u{" + String(scalar.value, radix: 16) + "}"
      } else {
        text.unicodeScalars.append(scalar)
      }
    }
    return text
  }
}
