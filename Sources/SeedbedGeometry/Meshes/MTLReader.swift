/// The colours of an MTL file: `Kd`, `d`/`Tr`, `map_Kd`.
enum MTLReader {
  static func read(_ bytes: [UInt8], into materials: inout [String: MeshBuilder.Material]) {
    var name: String?, material = MeshBuilder.Material(), alpha = 1.0
    func finish(_ materials: inout [String: MeshBuilder.Material]) {
      guard let name else { return }
      if let color = material.color { material.color = color + [alpha] }
      materials[name] = material
    }
    for line in bytes.split(separator: UInt8(ascii: "\n")) {
      var scanner = NumberScanner(line)
      let keyword = String(decoding: scanner.word().prefix(16), as: UTF8.self)
      switch keyword {
      case "newmtl":
        finish(&materials)
        name = String(decoding: line[scanner.position...].trimmed, as: UTF8.self)
        material = MeshBuilder.Material()
        alpha = 1
      case "Kd":
        guard let red = scanner.double(), red.isFinite else { continue }
        // One number is a grey.
        let green = scanner.double() ?? red, blue = scanner.double() ?? red
        material.color = [red, green, blue].map { $0.isFinite ? min(max($0, 0), 1) : 0 }
      case "d": if let value = scanner.double(), value.isFinite { alpha = min(max(value, 0), 1) }
      case "Tr": if let value = scanner.double(), value.isFinite { alpha = min(max(1 - value, 0), 1) }
      case "map_Kd", "map_kd": material.texture = fileName(&scanner)
      default: break
      }
    }
    finish(&materials)
  }

  /// What is left of the line behind options such as `-s 1 1 1`.
  private static func fileName(_ scanner: inout NumberScanner) -> String? {
    while true {
      let start = scanner.position
      let word = scanner.word()
      if word.isEmpty { return nil }
      guard word.first == UInt8(ascii: "-") else {
        return String(decoding: scanner.bytes[start...].trimmed, as: UTF8.self).replacing("\\", with: "/")
      }
      if word.elementsEqual("-clamp".utf8) || word.elementsEqual("-blendu".utf8) || word.elementsEqual("-blendv".utf8)
        || word.elementsEqual("-cc".utf8) || word.elementsEqual("-imfchan".utf8)
      {
        _ = scanner.word()
        continue
      }
      var probe = scanner
      while probe.double() != nil { scanner = probe }
    }
  }
}
