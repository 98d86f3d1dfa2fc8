/// Reads numbers from text bytes, fast and with the same result everywhere (correctly rounded).
struct NumberScanner {
  let bytes: ArraySlice<UInt8>
  var position: Int

  init(_ bytes: ArraySlice<UInt8>) {
    self.bytes = bytes
    position = bytes.startIndex
  }

  private static let powersOfTen: [Double] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20,
    1e21, 1e22,
  ]

  mutating func skipWhiteSpace() {
    while position < bytes.endIndex, Self.isWhiteSpace(bytes[position]) { position += 1 }
  }

  static func isWhiteSpace(_ byte: UInt8) -> Bool { byte == 32 || (9...13).contains(byte) }

  var isAtEnd: Bool { position >= bytes.endIndex }

  /// The next word; empty at the end.
  mutating func word() -> ArraySlice<UInt8> {
    skipWhiteSpace()
    let start = position
    while position < bytes.endIndex, !Self.isWhiteSpace(bytes[position]) { position += 1 }
    return bytes[start..<position]
  }

  /// The next word as a number; nil where it is none (it is passed over) and at the end.
  mutating func double() -> Double? {
    let word = word()
    return word.isEmpty ? nil : Self.double(word)
  }

  /// The next word as a whole number that fits 32 bits.
  mutating func integer() -> Int? {
    let word = word()
    return Self.integer(word)
  }

  static func integer(_ word: ArraySlice<UInt8>) -> Int? {
    var value = 0, i = word.startIndex
    let negative = word.first == UInt8(ascii: "-")
    if negative || word.first == UInt8(ascii: "+") { i += 1 }
    guard i < word.endIndex, word.endIndex - i <= 10 else { return nil }
    while i < word.endIndex {
      guard (48...57).contains(word[i]) else { return nil }
      value = value * 10 + Int(word[i] - 48)
      i += 1
    }
    return value <= Int(Int32.max) ? (negative ? -value : value) : nil
  }

  static func double(_ word: ArraySlice<UInt8>) -> Double? {
    var i = word.startIndex
    let negative = word.first == UInt8(ascii: "-")
    if negative || word.first == UInt8(ascii: "+") { i += 1 }
    var mantissa: UInt64 = 0, digits = 0, exponent = 0, any = false
    func digit(_ at: Int) -> UInt8? { at < word.endIndex && (48...57).contains(word[at]) ? word[at] - 48 : nil }
    while let d = digit(i) {
      any = true
      if mantissa > 0 || d > 0 { digits += 1 }
      if digits <= 19 { mantissa = mantissa * 10 + UInt64(d) } else { exponent += 1 }
      i += 1
    }
    if i < word.endIndex, word[i] == UInt8(ascii: ".") {
      i += 1
      while let d = digit(i) {
        any = true
        if mantissa > 0 || d > 0 { digits += 1 }
        if digits <= 19 {
          mantissa = mantissa * 10 + UInt64(d)
          exponent -= 1
        }
        i += 1
      }
    }
    guard any else { return slow(word) }
    if i < word.endIndex, word[i] == UInt8(ascii: "e") || word[i] == UInt8(ascii: "E") {
      guard let power = integer(word[(i + 1)...]), abs(power) < 100_000 else { return slow(word) }
      exponent += power
      i = word.endIndex
    }
    guard i == word.endIndex else { return nil }
    // Exact operands and one rounding (Clinger's fast path).
    guard digits <= 15, abs(exponent) <= 22 else { return slow(word) }
    let value = Double(mantissa)
    let result = exponent < 0 ? value / powersOfTen[-exponent] : value * powersOfTen[exponent]
    return negative ? -result : result
  }

  /// Long or extreme numbers, `nan` and `inf`.
  private static func slow(_ word: ArraySlice<UInt8>) -> Double? {
    word.count <= 400 ? Double(String(decoding: word, as: UTF8.self)) : nil
  }
}
