extension Canvas {
  /// A straight line of whole pixels, `thickness` wide, kept inside the rectangle.
  package mutating func line(
    _ x0: Int, _ y0: Int, _ x1: Int, _ y1: Int, _ color: Color, thickness: Int = 2
  ) {
    let steps = max(abs(x1 - x0), abs(y1 - y0), 1)
    for i in 0...steps {
      // Rounded to the nearest pixel in whole numbers.
      let x = x0 + (2 * (x1 - x0) * i + steps) / (2 * steps)
      let y = y0 + (2 * (y1 - y0) * i + steps) / (2 * steps)
      fill(x - thickness / 2, y - thickness / 2, thickness, thickness, color)
    }
  }
}
