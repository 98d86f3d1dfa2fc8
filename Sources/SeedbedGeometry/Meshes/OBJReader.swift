import Diagnostics

/// Wavefront OBJ: polygons, negative indices, several materials, vertex colours.
struct OBJReader {
  var builder: MeshBuilder
  private let path: String
  private var materials: [String: MeshBuilder.Material] = [:]
  /// sRGB of the vertices that have a colour, by vertex.
  private var vertexColors: [SIMD3<Float>] = []
  private var material = ""
  private var line = 0

  init(path: String, limits: MeshLimits) {
    self.path = path
    builder = MeshBuilder(path: path, limits: limits)
  }

  mutating func read(_ bytes: [UInt8], readSibling: (String) -> [UInt8]?) throws(InputError) {
    var start = 0
    while start < bytes.count {
      line += 1
      var end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
      var text = bytes[start..<end]
      // A backslash at the end of a line continues it.
      while end < bytes.count, text.last(where: { $0 != 13 }) == UInt8(ascii: "\\") {
        start = end + 1
        line += 1
        end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
        text = (text.prefix { $0 != UInt8(ascii: "\\") } + [32] + bytes[start..<end])[...]
      }
      try read(text, readSibling)
      start = end + 1
    }
  }

  private mutating func read(_ text: ArraySlice<UInt8>, _ readSibling: (String) -> [UInt8]?) throws(InputError) {
    var scanner = NumberScanner(text)
    let keyword = scanner.word()
    switch (keyword.first, keyword.count) {
    case (UInt8(ascii: "v"), 1): try readVertex(&scanner)
    case (UInt8(ascii: "v"), 2) where keyword.last == UInt8(ascii: "n"): builder.normals.append(try vector(&scanner))
    case (UInt8(ascii: "v"), 2) where keyword.last == UInt8(ascii: "t"):
      guard let u = scanner.double() else { throw error("A texture coordinate has no number.") }
      builder.textureCoordinates.append(.init(Float(u), Float(scanner.double() ?? 0)))
    case (UInt8(ascii: "f"), 1),
      (UInt8(ascii: "f"), 2) where keyword.last == UInt8(ascii: "f") || keyword.last == UInt8(ascii: "o"):
      try readFace(&scanner)
    case (UInt8(ascii: "u"), 6) where keyword.elementsEqual("usemtl".utf8): material = rest(of: scanner)
    case (UInt8(ascii: "m"), 6) where keyword.elementsEqual("mtllib".utf8):
      let name = rest(of: scanner)
      if let bytes = readSibling(name) { MTLReader.read(bytes, into: &materials) }
    default: break
    }
  }

  private mutating func readVertex(_ scanner: inout NumberScanner) throws(InputError) {
    try builder.reserve(positions: 1)
    builder.positions.append(try vector(&scanner))
    guard let red = scanner.double(), let green = scanner.double(), let blue = scanner.double() else { return }
    // Three numbers more are a colour; one more is a weight.
    let none = SIMD3<Float>(repeating: -1)
    while vertexColors.count < builder.positions.count - 1 { vertexColors.append(none) }
    vertexColors.append(SIMD3(Float(red), Float(green), Float(blue)))
  }

  private mutating func readFace(_ scanner: inout NumberScanner) throws(InputError) {
    var corners: [MeshBuilder.Corner] = []
    while true {
      let word = scanner.word()
      if word.isEmpty || word.first == UInt8(ascii: "#") { break }
      let parts = word.split(separator: UInt8(ascii: "/"), maxSplits: 2, omittingEmptySubsequences: false)
      guard let position = try index(parts[0], builder.positions.count) else { throw error("A corner has no vertex.") }
      var corner = MeshBuilder.Corner(position: position)
      if parts.count > 1 { corner.texture = try index(parts[1], builder.textureCoordinates.count) ?? -1 }
      if parts.count > 2 { corner.normal = try index(parts[2], builder.normals.count) ?? -1 }
      corners.append(corner)
    }
    guard corners.count >= 3 else { return }
    try builder.append(polygon: corners, to: part(of: corners))
  }

  /// From 1, or backwards from the last one read; nil for an empty word.
  private func index(_ word: ArraySlice<UInt8>, _ count: Int) throws(InputError) -> Int32? {
    if word.isEmpty { return nil }
    guard let number = NumberScanner.integer(word) else {
      throw error("'\(String(decoding: word.prefix(40), as: UTF8.self))' is no index.")
    }
    let index = number < 0 ? count + number : number - 1
    guard index >= 0, index < count else {
      throw error("A face uses number \(number) of \(count); there is no such one.")
    }
    return Int32(index)
  }

  private mutating func part(of corners: [MeshBuilder.Corner]) -> Int {
    let known = materials[material]
    if known?.color == nil, known?.texture == nil, let color = vertexColor(of: corners) {
      // Faces of about the same colour make one part: 16 steps a channel.
      let step = (color * 15).rounded(.toNearestOrEven)
      let name = "\u{0}\(material)\u{0}\(step.x) \(step.y) \(step.z)"
      return builder.part(
        name, MeshBuilder.Material(color: [Double(step.x) / 15, Double(step.y) / 15, Double(step.z) / 15, 1]))
    }
    return builder.part(material, known ?? MeshBuilder.Material())
  }

  private func vertexColor(of corners: [MeshBuilder.Corner]) -> SIMD3<Float>? {
    if vertexColors.isEmpty { return nil }
    var sum = SIMD3<Float>.zero
    for corner in corners {
      guard Int(corner.position) < vertexColors.count else { return nil }
      let color = vertexColors[Int(corner.position)]
      guard color.min() >= 0, color.max() <= 255 else { return nil }
      sum += color.max() > 1 ? color / 255 : color
    }
    return sum / Float(corners.count)
  }

  private func vector(_ scanner: inout NumberScanner) throws(InputError) -> Vector3 {
    guard let x = scanner.double(), let y = scanner.double(), let z = scanner.double() else {
      throw error("Three numbers are expected here.")
    }
    return Vector3(x, y, z)
  }

  private func rest(of scanner: NumberScanner) -> String {
    String(decoding: scanner.bytes[scanner.position...].trimmed, as: UTF8.self)
  }

  private func error(_ message: String) -> InputError {
    InputError(
      at: SourceLocation(file: path, line: line), message, remedy: "Repair the file or export the mesh again.")
  }
}

extension ArraySlice<UInt8> {
  /// Without white space at both ends.
  var trimmed: ArraySlice<UInt8> {
    var result = drop(while: NumberScanner.isWhiteSpace)
    while let last = result.last, NumberScanner.isWhiteSpace(last) { result.removeLast() }
    return result
  }
}
