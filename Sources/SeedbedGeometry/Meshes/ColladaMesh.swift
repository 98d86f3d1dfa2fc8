import Diagnostics
import XML

/// A `<geometry>` with its primitives as polygons.
struct ColladaMesh {
  struct Primitive {
    /// The symbol, bound by whoever shows the mesh.
    var material: String
    var corners: [MeshBuilder.Corner] = []
    /// Corners of each polygon, in order.
    var polygons: [Int] = []
  }

  private struct Input {
    var semantic: String, source: String
    var offset: Int, set: Int
  }

  var positions: [Vector3] = []
  var normals: [Vector3] = []
  var textureCoordinates: [TriangleMesh.TextureCoordinate] = []
  var primitives: [Primitive] = []
  private var sources: [String: XMLElement] = [:]
  /// Where the values of a source begin in their pool.
  private var begins: [String: Int] = [:], counts: [String: Int] = [:]
  private let path: String
  private let limits: MeshLimits

  init(_ geometry: XMLElement, path: String, limits: MeshLimits) throws(InputError) {
    self.path = path
    self.limits = limits
    guard let mesh = geometry.child("mesh") else { return }
    for source in mesh.children("source") { if let id = source["id"] { sources[id] = source } }
    let vertices = mesh.child("vertices")
    for element in mesh.children where Self.kinds.contains(element.name) { try read(element, vertices) }
  }

  private static let kinds: Set<String> = ["triangles", "polylist", "polygons", "trifans", "tristrips"]

  private mutating func read(_ element: XMLElement, _ vertices: XMLElement?) throws(InputError) {
    var inputs: [Input] = []
    for input in try Self.inputs(of: element) {
      if input.semantic == "VERTEX" {
        for inner in try vertices.map(Self.inputs) ?? [] {
          inputs.append(Input(semantic: inner.semantic, source: inner.source, offset: input.offset, set: inner.set))
        }
      } else {
        inputs.append(input)
      }
    }
    guard let position = inputs.first(where: { $0.semantic == "POSITION" }) else { return }
    let normal = inputs.first { $0.semantic == "NORMAL" }
    let texture = inputs.filter { $0.semantic == "TEXCOORD" }.min { $0.set < $1.set }
    let stride = (inputs.map(\.offset) + (try Self.inputs(of: element)).map(\.offset)).reduce(0, max) + 1
    let from = try load(position, in: element), count = counts[position.source] ?? 0
    let normalsFrom = try normal.map { input throws(InputError) in try load(input, in: element) } ?? 0
    let texturesFrom = try texture.map { input throws(InputError) in try load(input, in: element) } ?? 0
    var primitive = Primitive(material: element["material"] ?? "")
    func corner(_ index: ArraySlice<Int>) throws(InputError) -> MeshBuilder.Corner {
      func pick(_ input: Input, _ from: Int, _ count: Int) throws(InputError) -> Int32 {
        let value = index[index.startIndex + input.offset]
        guard value >= 0, value < count else {
          throw InputError(
            at: element.location, "<\(element.name)> uses number \(value) of the \(count) in '\(input.source)'.",
            remedy: "Export the mesh again.")
        }
        return Int32(from + value)
      }
      var corner = MeshBuilder.Corner(position: try pick(position, from, count))
      if let normal { corner.normal = try pick(normal, normalsFrom, counts[normal.source] ?? 0) }
      if let texture { corner.texture = try pick(texture, texturesFrom, counts[texture.source] ?? 0) }
      return corner
    }
    for (indices, sizes) in try lists(element, stride) {
      var next = 0
      for size in sizes {
        for k in next..<next + size { primitive.corners.append(try corner(indices[k * stride..<(k + 1) * stride])) }
        primitive.polygons.append(size)
        next += size
      }
    }
    primitives.append(primitive)
  }

  /// Index lists (`stride` numbers a corner) with the corner counts of the polygons in them.
  private func lists(_ element: XMLElement, _ stride: Int) throws(InputError) -> [([Int], [Int])] {
    var result: [([Int], [Int])] = []
    // The lists of <polygons> that have holes are drawn without them.
    let lists = element.children("p") + element.children("ph").compactMap { $0.child("p") }
    for list in lists {
      let indices = try integers(list), corners = indices.count / stride
      switch element.name {
      case "triangles": result.append((indices, [Int](repeating: 3, count: corners / 3)))
      case "polygons": if corners >= 3 { result.append((indices, [corners])) }
      case "polylist":
        let sizes = try element.child("vcount").map { child throws(InputError) in try integers(child) } ?? []
        var total = 0
        for size in sizes {
          guard size >= 0, size <= corners - total else {
            throw InputError(
              at: element.location, "<vcount> asks for more corners than the \(corners) that <p> holds.",
              remedy: "Export the mesh again.")
          }
          total += size
        }
        // Lines and points in between keep their place in the list but give no triangle.
        result.append((indices, sizes))
      default:
        // Strips and fans, spelled out.
        var spelled: [Int] = [], sizes: [Int] = []
        for k in 0..<max(0, corners - 2) {
          let triple =
            element.name == "trifans" ? [0, k + 1, k + 2] : k % 2 == 0 ? [k, k + 1, k + 2] : [k + 1, k, k + 2]
          for c in triple { spelled += indices[c * stride..<(c + 1) * stride] }
          sizes.append(3)
        }
        result.append((spelled, sizes))
      }
    }
    return result
  }

  private func integers(_ element: XMLElement) throws(InputError) -> [Int] {
    var scanner = NumberScanner(Array(element.text.utf8)[...]), values: [Int] = []
    while true {
      scanner.skipWhiteSpace()
      if scanner.isAtEnd { return values }
      guard let value = scanner.integer() else {
        throw InputError(
          at: element.location, "<\(element.name)> holds something that is no whole number.",
          remedy: "Export the mesh again.")
      }
      values.append(value)
    }
  }

  private static func inputs(of element: XMLElement) throws(InputError) -> [Input] {
    var result: [Input] = []
    for input in element.children("input") {
      guard let semantic = input["semantic"], let source = input["source"] else { continue }
      let offset = input["offset"].flatMap { Int($0) } ?? 0
      guard (0..<32).contains(offset) else {
        throw InputError(
          at: input.location, "The offset of this <input> is \(offset).", remedy: "Export the mesh again.")
      }
      let id = source.hasPrefix("#") ? String(source.dropFirst()) : source
      result.append(Input(semantic: semantic, source: id, offset: offset, set: input["set"].flatMap { Int($0) } ?? 0))
    }
    return result
  }

  /// Puts a source's values into the pool of its kind, once; returns where they begin.
  private mutating func load(_ input: Input, in element: XMLElement) throws(InputError) -> Int {
    let key = input.source
    if let begin = begins[key] { return begin }
    guard let source = sources[key] else {
      throw InputError(
        at: element.location, "<\(element.name)> uses the source '\(key)', which does not exist.",
        remedy: "Export the mesh again.")
    }
    let accessor = source.child("technique_common")?.child("accessor")
    let wanted = input.semantic == "TEXCOORD" ? 2 : 3
    let stride = min(max(accessor?["stride"].flatMap { Int($0) } ?? wanted, wanted), 64)
    let offset = max(0, accessor?["offset"].flatMap { Int($0) } ?? 0)
    var scanner = NumberScanner(Array((source.child("float_array")?.text ?? "").utf8)[...]), values: [Double] = []
    while !scanner.isAtEnd {
      let word = scanner.word()
      if word.isEmpty { break }
      values.append(NumberScanner.double(word) ?? .nan)
    }
    let count = offset < values.count ? (values.count - offset) / stride : 0
    if count > limits.vertices {
      throw InputError(
        at: source.location, "The source has more than \(limits.vertices) entries.", remedy: "Simplify the mesh.")
    }
    counts[key] = count
    let at = { (i: Int, k: Int) in values[offset + i * stride + k] }
    let vector = { (i: Int) in Vector3(at(i, 0), at(i, 1), at(i, 2)) }
    let begin: Int
    switch input.semantic {
    case "TEXCOORD":
      begin = textureCoordinates.count
      textureCoordinates += (0..<count).map { TriangleMesh.TextureCoordinate(Float(at($0, 0)), Float(at($0, 1))) }
    case "NORMAL":
      begin = normals.count
      normals += (0..<count).map(vector)
    default:
      begin = positions.count
      positions += (0..<count).map(vector)
    }
    begins[key] = begin
    return begin
  }
}
