/// Letters for plots, drawn by us: a font library would bring a font file and a text stack for a few labels.
package enum BitmapFont {
  /// Pixels at scale 1 from one letter to the next, of a letter's part above the line, and below it.
  package static let advance = 6, ascent = 7, descent = 2

  /// One a character from 32 on: nine rows of five bits, the leftmost the highest.
  private static let glyphs: [[UInt8]] = {
    var glyphs: [[UInt8]] = []
    let rows = drawing.split(separator: "\n", omittingEmptySubsequences: true).map { Array($0.utf8) }
    let height = ascent + descent
    for block in 0..<(rows.count / height) {
      let width = rows[block * height].count
      for start in stride(from: 0, to: width, by: advance) {
        glyphs.append(
          (0..<height).map { row in
            var bits: UInt8 = 0
            for column in 0..<(advance - 1) where rows[block * height + row][start + column] == UInt8(ascii: "#") {
              bits |= 0b10000 >> UInt8(column)
            }
            return bits
          })
      }
    }
    return glyphs
  }()

  /// The glyph of a character; that of `?` where there is none.
  static func rows(of scalar: Unicode.Scalar) -> [UInt8] {
    let index = (32...126).contains(scalar.value) ? Int(scalar.value) - 32 : 31
    return glyphs[index]
  }
}
