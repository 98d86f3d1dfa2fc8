package import PNG

/// A picture to draw on: whole pixels, no blending, so that the same drawing is the same bytes everywhere.
package struct Canvas {
  package struct Color: Equatable {
    package var red: UInt8, green: UInt8, blue: UInt8
    package init(_ rgb: UInt32) {
      (red, green, blue) = (UInt8(rgb >> 16 & 255), UInt8(rgb >> 8 & 255), UInt8(rgb & 255))
    }
  }

  package let width: Int, height: Int
  /// Numbers of `colors`.
  private var pixels: [UInt8]
  private var colors: [Color]

  package init(width: Int, height: Int, _ color: Color) {
    self.width = width
    self.height = height
    colors = [color]
    pixels = [UInt8](repeating: 0, count: width * height)
  }

  private mutating func number(of color: Color) -> UInt8 {
    if let known = colors.firstIndex(of: color) { return UInt8(known) }
    precondition(colors.count < 256, "a drawing has at most 256 colours")
    colors.append(color)
    return UInt8(colors.count - 1)
  }

  /// A rectangle from its upper left corner; what lies outside of the picture is cut off.
  package mutating func fill(_ x: Int, _ y: Int, _ w: Int, _ h: Int, _ color: Color) {
    let left = max(0, x), right = min(width, x + w)
    guard left < right else { return }
    let color = number(of: color)
    for row in max(0, y)..<max(0, y, min(height, y + h)) {
      for i in row * width + left..<row * width + right { pixels[i] = color }
    }
  }

  package enum Alignment { case left, middle, right }

  /// `y`: of the letters' upper edge.
  package mutating func text(
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
  package static func width(of text: String, scale: Int = 2) -> Int {
    max(0, text.unicodeScalars.count * BitmapFont.advance - 1) * scale
  }

  package func png() throws(PNGError) -> [UInt8] {
    try encodePNG(
      width: width, height: height, indices: pixels, palette: colors.flatMap { [$0.red, $0.green, $0.blue] })
  }
}
