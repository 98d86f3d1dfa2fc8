import Diagnostics
import PNG
import SeedbedGeometry
import SeedbedRandomness
import URDF

/// Reads robot, meshes and pictures; problems go to the decoder.
final class AssetLoader {
  let reader: AssetReader
  let decoder: Decoder
  private(set) var meshes: [String: MeshAsset] = [:]
  private(set) var mechanisms: [String: RobotDescription] = [:]
  private(set) var textures: [String: TextureImage] = [:]
  /// Of the meshes that were looked at: `MeshAsset.openShare`.
  var openShares: [String: Double] = [:]
  private var failed: Set<String> = []

  init(reader: AssetReader, decoder: Decoder) {
    self.reader = reader
    self.decoder = decoder
  }

  /// The robot that a scene's `robot` section names, with its profile; nil and problems where it cannot be used.
  func robot(_ node: YAMLNode) -> RobotSource? {
    guard let fields = decoder.map(node, "the robot", keys: Decoder.robotKeys),
      let urdf = fields.required("urdf", "Write robot: {urdf: ../Robots/panda/panda.urdf}."),
      let path = decoder.logicalPath(urdf, "the URDF's path"),
      let robot = robot(path, namedAt: urdf.location)
    else { return nil }
    var keys = node
    if let profile = profile(profilePath(forURDF: path)) { keys = profile.overlaid(with: node) }
    return RobotSource(
      keys: keys, urdf: path, robot: robot, meshes: meshes, profile: reader.displayed(profilePath(forURDF: path)),
      displayed: { self.reader.displayed($0) })
  }

  /// The URDF of an articulated object, read once.
  func loadMechanism(_ path: String, namedAt place: SourceLocation) {
    guard mechanisms[path] == nil, !failed.contains(path) else { return }
    if let model = robot(path, "URDF", isObject: true, namedAt: place) {
      mechanisms[path] = model
    } else {
      failed.insert(path)
    }
  }

  /// A URDF with all its meshes and textures.
  func robot(
    _ path: String, _ what: String = "robot", isObject: Bool = false, namedAt place: SourceLocation
  ) -> RobotDescription? {
    guard let bytes = bytes(path, what, place) else { return nil }
    do {
      let (robot, warnings) = try parseURDF(bytes, path: path, isObject: isObject, exists: { self.reader.exists($0) })
      decoder.append(displayed(warnings))
      for link in robot.links {
        let looks = link.visuals.map { ($0.geometry, $0.location) } + link.collisions.map { ($0.geometry, $0.location) }
        for (geometry, location) in looks {
          if case .mesh(let mesh, _) = geometry { loadMesh(mesh, namedAt: displayed(location)) }
        }
        for visual in link.visuals {
          if let texture = visual.texture {
            loadTexture(texture, namedAt: displayed(visual.location), isDispensable: true)
          }
        }
      }
      return robot
    } catch {
      decoder.append(displayed(error.diagnostics))
      return nil
    }
  }

  private func profile(_ path: String) -> YAMLNode? {
    guard reader.exists(path), let bytes = bytes(path, "profile", SourceLocation(file: reader.displayed(path))) else {
      return nil
    }
    do {
      let node = try readYAML(bytes, file: reader.displayed(path))
      guard let fields = decoder.map(node, "a robot's profile", keys: ["seedbed-robot"] + Decoder.profileKeys) else {
        return nil
      }
      if let version = fields.required("seedbed-robot", "Write `seedbed-robot: 1` at the top.") {
        decoder.checkFormat(version, "profile", "seedbed-robot")
      }
      return node.removing(["seedbed-robot"])
    } catch {
      decoder.append(error.diagnostics)
      return nil
    }
  }

  /// Meshes and pictures of all shapes and textures that any draw could choose.
  func loadFiles(of objects: [ObjectDescription], in root: YAMLNode) {
    for object in objects {
      if let urdf = object.urdf { loadMechanism(urdf, namedAt: object.location) }
      for case .mesh(let path, _) in object.shape.literalValues { loadMesh(path, namedAt: object.location) }
      for case .image(let path, _) in object.appearance.texture.literalValues {
        loadTexture(path, namedAt: object.location)
      }
    }
  }

  /// Refuses meshes that their scale makes larger or smaller than any shape may be.
  func checkSizes(of objects: [ObjectDescription]) {
    let allowed = Quantity.length("the mesh's size")
    for object in objects {
      for case .mesh(let path, let scale) in object.shape.literalValues {
        guard let size = meshes[path]?.box?.size else { continue }
        let least = Vector3(scale.x.bounds.lowerBound, scale.y.bounds.lowerBound, scale.z.bounds.lowerBound)
        let most = Vector3(scale.x.bounds.upperBound, scale.y.bounds.upperBound, scale.z.bounds.upperBound)
        let sizes = [size.scaled(by: least).length, size.scaled(by: most).length]
        guard let wrong = sizes.first(where: { !allowed.contains($0) }) else { continue }
        decoder.error(
          object.location,
          "The mesh \(reader.displayed(path)) of `\(object.name)` is \(wrong.short) m from corner to corner, but \(allowed.rule).",
          "Are its numbers metres? Correct the file or its `scale`.")
      }
    }
  }

  func loadMesh(_ path: String, namedAt place: SourceLocation) {
    guard meshes[path] == nil, !failed.contains(path) else { return }
    guard let bytes = bytes(path, "mesh", place) else {
      failed.insert(path)
      return
    }
    do {
      let mesh = try readMesh(
        bytes, path: path, readSibling: { try? self.reader.read(LogicalPath.joined(LogicalPath.folder(of: path), $0)) })
      meshes[path] = mesh
      for part in mesh.parts {
        // A picture that a mesh's material names is often left out when a mesh is handed on: plain colour then.
        guard let texture = part.texture else { continue }
        let logical = LogicalPath.joined(LogicalPath.folder(of: path), texture)
        if reader.exists(logical) {
          loadTexture(logical, namedAt: place, isDispensable: true)
        } else {
          decoder.warning(
            place, "The mesh \(reader.displayed(path)) names a picture that is missing: \(reader.displayed(logical)).",
            "Its surface gets a plain colour.")
        }
      }
    } catch {
      failed.insert(path)
      decoder.append(displayed(error.diagnostics))
    }
  }

  /// - Parameter isDispensable: A mesh or a URDF names it, not the scene: what it covers gets a plain colour if need be.
  func loadTexture(_ path: String, namedAt place: SourceLocation, isDispensable: Bool = false) {
    guard textures[path] == nil, !failed.contains(path) else { return }
    guard let bytes = bytes(path, "picture", place) else {
      failed.insert(path)
      return
    }
    do {
      let picture = try decodePNG(bytes, maxPixels: 1 << 24)
      textures[path] = TextureImage(width: picture.width, height: picture.height, pixels: picture.rgba)
    } catch {
      let location = SourceLocation(file: reader.displayed(path))
      if isDispensable {
        decoder.warning(
          location, "The picture \(error.description); its surface gets a plain colour.",
          "Convert it to PNG and name that.")
      } else {
        failed.insert(path)
        decoder.error(location, "The picture \(error.description).", "Textures are PNG files; convert it.")
      }
    }
  }

  private func bytes(_ path: String, _ what: String, _ place: SourceLocation) -> [UInt8]? {
    do throws(AssetError) { return try reader.read(path) } catch {
      decoder.error(
        place, "The \(what) \(reader.displayed(path)) cannot be read: \(error.reason).",
        error.isMissing ? "Check the path; it is relative to the file that names it." : "Restore the file.")
      return nil
    }
  }

  func displayed(_ diagnostics: [Diagnostic]) -> [Diagnostic] {
    diagnostics.map {
      Diagnostic($0.severity, at: displayed($0.location), $0.message, remedy: $0.remedy)
    }
  }

  func displayed(_ location: SourceLocation) -> SourceLocation {
    SourceLocation(file: reader.displayed(location.file), line: location.line, column: location.column)
  }
}
