import SeedbedGeometry

/// The colours that have names: CSS's basic ones and a few common others, sRGB 0...255.
enum ColorNames {
  static let table: [(name: String, red: Int, green: Int, blue: Int)] = [
    ("aqua", 0, 255, 255), ("beige", 245, 245, 220), ("black", 0, 0, 0), ("blue", 0, 0, 255),
    ("brown", 165, 42, 42), ("coral", 255, 127, 80), ("crimson", 220, 20, 60), ("cyan", 0, 255, 255),
    ("darkgreen", 0, 100, 0), ("fuchsia", 255, 0, 255), ("gold", 255, 215, 0), ("gray", 128, 128, 128),
    ("green", 0, 128, 0), ("grey", 128, 128, 128), ("indigo", 75, 0, 130), ("ivory", 255, 255, 240),
    ("khaki", 240, 230, 140), ("lavender", 230, 230, 250), ("lime", 0, 255, 0), ("magenta", 255, 0, 255),
    ("maroon", 128, 0, 0), ("navy", 0, 0, 128), ("olive", 128, 128, 0), ("orange", 255, 165, 0),
    ("orchid", 218, 112, 214), ("pink", 255, 192, 203), ("plum", 221, 160, 221), ("purple", 128, 0, 128),
    ("red", 255, 0, 0), ("salmon", 250, 128, 114), ("sienna", 160, 82, 45), ("silver", 192, 192, 192),
    ("skyblue", 135, 206, 235), ("slategray", 112, 128, 144), ("steelblue", 70, 130, 180), ("tan", 210, 180, 140),
    ("teal", 0, 128, 128), ("tomato", 255, 99, 71), ("turquoise", 64, 224, 208), ("violet", 238, 130, 238),
    ("white", 255, 255, 255), ("yellow", 255, 255, 0),
  ]

  static func channels(of name: String) -> Vector3? {
    table.first { $0.name == name }.map { Vector3(Double($0.red) / 255, Double($0.green) / 255, Double($0.blue) / 255) }
  }

  /// The everyday word next to a colour, for instructions.
  static func everydayName(for color: Vector3) -> String {
    let words = [
      "black", "blue", "brown", "cyan", "gray", "green", "lime", "magenta", "navy", "orange", "pink", "purple", "red",
      "teal", "white", "yellow",
    ]
    let spoken = ["cyan": "light blue", "lime": "green", "navy": "blue", "teal": "green"]
    var best = (distance: Double.infinity, word: "gray")
    for word in words {
      guard let reference = channels(of: word) else { continue }
      let d = color - reference
      // Weighted after the eye's sensitivity, as in the usual luma formula.
      let distance = 0.3 * d.x * d.x + 0.59 * d.y * d.y + 0.11 * d.z * d.z
      if distance < best.distance { best = (distance, word) }
    }
    return spoken[best.word] ?? best.word
  }
}
