import Diagnostics
import XML

/// COLLADA 1.4 and 1.5: the geometries that the scene shows, where it shows them, with their effects' diffuse colours.
struct ColladaReader {
  var builder: MeshBuilder
  let path: String
  let limits: MeshLimits
  /// Elements of the libraries by `id`.
  private var elements: [String: XMLElement] = [:]
  private var meshes: [String: ColladaMesh] = [:]
  private var visits = 0

  private static let libraries: Set<String> = [
    "geometry", "material", "effect", "image", "node", "controller", "visual_scene", "newparam",
  ]

  init(path: String, limits: MeshLimits) {
    self.path = path
    self.limits = limits
    builder = MeshBuilder(path: path, limits: limits)
  }

  mutating func read(_ bytes: [UInt8]) throws(InputError) {
    let root = try parseXML(bytes, path: path, limits: XMLLimits(bytes: limits.bytes))
    guard root.name == "COLLADA" else {
      throw InputError(
        at: root.location, "The root element is <\(root.name)>, not <COLLADA>.", remedy: "Export the mesh again.")
    }
    collect(root)
    var scale = 1.0
    if let text = root.child("asset")?.child("unit")?["meter"], let meter = NumberScanner.double(Array(text.utf8)[...])
    {
      guard meter.isFinite, meter > 0 else {
        throw InputError(at: root.location, "The unit is \(meter) m.", remedy: "Write <unit meter=\"1\"/>.")
      }
      scale = meter
    }
    let unit = AffineTransform(linear: .diagonal(Vector3(scale, scale, scale)))
    if let scene = shownScene(root) {
      for node in scene.children("node") { try visit(node, unit, depth: 0) }
    }
    if builder.triangleCount == 0 {
      for geometry in root.children("library_geometries").flatMap({ $0.children("geometry") }) {
        try add(geometry, unit, bindings: [:])
      }
    }
  }

  private mutating func collect(_ element: XMLElement) {
    if Self.libraries.contains(element.name), let id = element["id"], elements[id] == nil { elements[id] = element }
    for child in element.children where child.name != "source" { collect(child) }
  }

  private func shownScene(_ root: XMLElement) -> XMLElement? {
    if let instance = root.child("scene")?.child("instance_visual_scene"), let scene = target(instance["url"]) {
      return scene
    }
    return root.child("library_visual_scenes")?.child("visual_scene")
  }

  /// The element that a URL such as `#id` names.
  func target(_ url: String?) -> XMLElement? {
    guard let url else { return nil }
    return elements[url.hasPrefix("#") ? String(url.dropFirst()) : url]
  }

  private mutating func visit(_ node: XMLElement, _ parent: AffineTransform, depth: Int) throws(InputError) {
    visits += 1
    if depth > 100 || visits > 100_000 {
      throw InputError(
        at: node.location, "The scene's nodes are too many or nested too deeply.", remedy: "Simplify the scene.")
    }
    var transform = parent
    for child in node.children {
      if let step = try transformStep(child) { transform = transform * step }
    }
    for child in node.children {
      switch child.name {
      case "instance_geometry":
        if let geometry = target(child["url"]) { try add(geometry, transform, bindings: bindings(child)) }
      case "instance_controller": try addSkin(child, transform)
      case "instance_node": if let other = target(child["url"]) { try visit(other, transform, depth: depth + 1) }
      case "node": try visit(child, transform, depth: depth + 1)
      default: break
      }
    }
  }

  /// A skinned mesh is shown as it was bound.
  private mutating func addSkin(_ instance: XMLElement, _ transform: AffineTransform) throws(InputError) {
    guard let skin = target(instance["url"])?.child("skin"), let geometry = target(skin["source"]) else { return }
    var transform = transform
    if let shape = skin.child("bind_shape_matrix"), let m = try matrix(shape) { transform = transform * m }
    try add(geometry, transform, bindings: bindings(instance))
  }

  private mutating func add(
    _ geometry: XMLElement, _ transform: AffineTransform, bindings: [String: String]
  ) throws(InputError) {
    let id = geometry["id"] ?? ""
    let mesh: ColladaMesh
    if let known = meshes[id], !id.isEmpty {
      mesh = known
    } else {
      mesh = try ColladaMesh(geometry, path: path, limits: limits)
      meshes[id] = mesh
    }
    try builder.reserve(positions: mesh.positions.count)
    let firstPosition = Int32(builder.positions.count), firstNormal = Int32(builder.normals.count)
    let firstTexture = Int32(builder.textureCoordinates.count), turned = transform.linear.determinant < 0
    let normalMatrix = transform.normalMatrix
    builder.positions += mesh.positions.map(transform.apply)
    builder.normals += mesh.normals.map { (normalMatrix * $0).normalized ?? .zero }
    builder.textureCoordinates += mesh.textureCoordinates
    for primitive in mesh.primitives {
      let name = bindings[primitive.material] ?? primitive.material
      let look = material(name), part = builder.part(name, look)
      var next = 0
      for count in primitive.polygons {
        var corners = primitive.corners[next..<next + count].map { corner in
          MeshBuilder.Corner(
            position: corner.position + firstPosition, normal: corner.normal < 0 ? -1 : corner.normal + firstNormal,
            texture: corner.texture < 0 ? -1 : corner.texture + firstTexture)
        }
        next += count
        if turned { corners.reverse() }
        try builder.append(polygon: corners, to: part)
      }
    }
  }
}
