import PNG

/// A picture to draw on: whole pixels, no blending, so that the same drawing is the same bytes everywhere.
struct Canvas {
  struct Color: Equatable {
    var red: UInt8, green: UInt8, blue: UInt8
    init(_ rgb: UInt32) { (red, green, blue) = (UInt8(rgb >> 16 & 255), UInt8(rgb >> 8 & 255), UInt8(rgb & 255)) }
  }

  let width: Int, height: Int
  private var rgb: [UInt8]

  init(width: Int, height: Int, _ color: Color) {
    self.width = width
    self.height = height
    rgb = [UInt8](repeating: 0, count: width * height * 3)
    fill(0, 0, width, height, color)
  }

  /// A rectangle from its upper left corner; what lies outside of the picture is cut off.
  mutating func fill(_ x: Int, _ y: Int, _ w: Int, _ h: Int, _ color: Color) {
    let left = max(0, x), right = min(width, x + w)
    guard left < right else { return }
    for row in max(0, y)..<max(0, y, min(height, y + h)) {
      for column in left..<right {
        let i = (row * width + column) * 3
        (rgb[i], rgb[i + 1], rgb[i + 2]) = (color.red, color.green, color.blue)
      }
    }
  }

  enum Alignment { case left, middle, right }

  /// `y`: of the letters' upper edge.
  mutating func text(
    _ text: String, _ x: Int, _ y: Int, _ color: Color, scale: Int = 2, _ alignment: Alignment = .left
  ) {
    let width = Self.width(of: text, scale: scale)
    var left =
      switch alignment {
      case .left: x
      case .middle: x - width / 2
      case .right: x - width
      }
    for scalar in text.unicodeScalars {
      for (row, bits) in BitmapFont.rows(of: scalar).enumerated() where bits != 0 {
        for column in 0..<5 where bits & (0b10000 >> UInt8(column)) != 0 {
          fill(left + column * scale, y + row * scale, scale, scale, color)
        }
      }
      left += BitmapFont.advance * scale
    }
  }

  /// Pixels.
  static func width(of text: String, scale: Int = 2) -> Int {
    max(0, text.unicodeScalars.count * BitmapFont.advance - 1) * scale
  }

  func png() throws(PNGError) -> [UInt8] { try encodePNG(width: width, height: height, rgb: rgb) }
}
