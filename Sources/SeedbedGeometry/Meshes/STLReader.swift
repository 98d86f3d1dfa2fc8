import Diagnostics

/// STL, both forms. Equal vertices are joined; the facet normals of the file are not used (many are wrong).
struct STLReader {
  private struct Key: Hashable { var x: UInt32, y: UInt32, z: UInt32 }

  let bytes: [UInt8]
  let path: String
  let limits: MeshLimits

  init(bytes: [UInt8], path: String, limits: MeshLimits) {
    self.bytes = bytes
    self.path = path
    self.limits = limits
  }

  func read() throws(InputError) -> MeshBuilder {
    let solid = bytes.starts(with: "solid".utf8)
    // Hundreds of real binary files begin with "solid"; their size gives them away.
    if let count = binaryCount, bytes.count == 84 + 50 * count || !solid { return try readBinary(count) }
    if solid, isText { return try readText() }
    guard let count = binaryCount else {
      throw error("The file has \(bytes.count) bytes; no STL file is so short.", "Export the mesh again.")
    }
    return try readBinary(count)
  }

  private var binaryCount: Int? {
    guard bytes.count >= 84 else { return nil }
    return Int(word(80))
  }

  private var isText: Bool { !bytes.prefix(1000).contains { $0 == 0 || $0 > 127 } || bytes.count < 84 }

  private func readBinary(_ count: Int) throws(InputError) -> MeshBuilder {
    guard count <= (bytes.count - 84) / 50 else {
      throw error(
        "The file says that it has \(count) triangles (\(84 + 50 * count) bytes), but it has \(bytes.count) bytes.",
        "It is cut off or no STL file; copy or export it again.")
    }
    if count > limits.triangles {
      throw error("The mesh has \(count) triangles, more than the \(limits.triangles) that are read.", "Simplify it.")
    }
    var welder = Welder(MeshBuilder(path: path, limits: limits), expecting: count / 2 + 3)
    for t in 0..<count {
      let start = 84 + 50 * t + 12
      let a = welder.corner(vector(start)), b = welder.corner(vector(start + 12)), c = welder.corner(vector(start + 24))
      try welder.builder.append(a, b, c, to: 0)
    }
    return welder.builder
  }

  private func readText() throws(InputError) -> MeshBuilder {
    var welder = Welder(MeshBuilder(path: path, limits: limits), expecting: 0)
    var scanner = NumberScanner(bytes[...]), corners: [MeshBuilder.Corner] = []
    while !scanner.isAtEnd {
      let word = scanner.word()
      if word.elementsEqual("vertex".utf8) {
        let place = scanner.position
        guard let x = scanner.double(), let y = scanner.double(), let z = scanner.double() else {
          throw InputError(
            at: location(place), "A vertex does not have three numbers.", remedy: "Repair the file or export it again.")
        }
        try welder.builder.reserve(positions: 1)
        corners.append(welder.corner((Float(x), Float(y), Float(z))))
      } else if word.elementsEqual("endloop".utf8) {
        if corners.count >= 3 { try welder.builder.append(polygon: corners, to: 0) }
        corners = []
      }
    }
    return welder.builder
  }

  private func word(_ offset: Int) -> UInt32 {
    UInt32(bytes[offset]) | UInt32(bytes[offset + 1]) << 8 | UInt32(bytes[offset + 2]) << 16
      | UInt32(bytes[offset + 3]) << 24
  }

  private func vector(_ offset: Int) -> (Float, Float, Float) {
    (Float(bitPattern: word(offset)), Float(bitPattern: word(offset + 4)), Float(bitPattern: word(offset + 8)))
  }

  private func location(_ offset: Int) -> SourceLocation {
    SourceLocation(file: path, line: bytes[..<offset].count { $0 == UInt8(ascii: "\n") } + 1)
  }

  private func error(_ message: String, _ remedy: String) -> InputError {
    InputError(at: SourceLocation(file: path), message, remedy: remedy)
  }

  /// Joins vertices that are equal to the bit (0 and -0 too).
  private struct Welder {
    var builder: MeshBuilder
    private var numbers: [Key: Int32] = [:]

    init(_ builder: MeshBuilder, expecting count: Int) {
      self.builder = builder
      _ = self.builder.part("", MeshBuilder.Material())
      numbers.reserveCapacity(min(count, 1 << 20))
    }

    mutating func corner(_ p: (Float, Float, Float)) -> MeshBuilder.Corner {
      let key = Key(x: (p.0 + 0).bitPattern, y: (p.1 + 0).bitPattern, z: (p.2 + 0).bitPattern)
      if let number = numbers[key] { return MeshBuilder.Corner(position: number) }
      let number = Int32(builder.positions.count)
      numbers[key] = number
      builder.positions.append(Vector3(Double(p.0), Double(p.1), Double(p.2)))
      return MeshBuilder.Corner(position: number)
    }
  }
}
