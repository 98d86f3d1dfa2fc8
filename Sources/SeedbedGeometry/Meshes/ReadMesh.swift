public import Diagnostics

/// Reads a mesh file: STL (binary, also where it begins with `solid`, and ASCII), OBJ with MTL, or COLLADA (DAE).
///
/// Triangles without area are dropped, polygons triangulated. Where the file gives no normals (STL's are not used)
/// equal vertices are joined and normals made smooth across edges of less than 40°. COLLADA's unit is applied and
/// its `up_axis` is not, as in rviz, against which robot authors tune their files.
///
/// - Parameters:
///   - bytes: the file.
///   - path: its name in messages; its extension tells the format where the content does not.
///   - limits: what is refused as too big.
///   - readSibling: the bytes of a file named in this one (an MTL file, as written there); nil where there is none.
/// - Returns: one part per material, metres, in the file's own frame.
/// - Throws: `InputError` with what is wrong with the file.
public func readMesh(
  _ bytes: [UInt8], path: String, limits: MeshLimits = MeshLimits(), readSibling: (String) -> [UInt8]? = { _ in nil }
) throws(InputError) -> MeshAsset {
  let file = SourceLocation(file: path)
  if isLFSPointer(bytes) { throw InputError.lfsPointer(path) }
  if bytes.isEmpty { throw InputError(at: file, "The file is empty.", remedy: "Export the mesh again.") }
  if bytes.count > limits.bytes {
    throw InputError(
      at: file, "The file has \(bytes.count) bytes, more than the \(limits.bytes) that are read.",
      remedy: "Simplify the mesh.")
  }
  let builder: MeshBuilder
  switch fileExtension(path) {
  case "stl":
    builder = try STLReader(bytes: bytes, path: path, limits: limits).read()
  case "obj":
    var reader = OBJReader(path: path, limits: limits)
    try reader.read(bytes, readSibling: readSibling)
    builder = reader.builder
  case "dae":
    var reader = ColladaReader(path: path, limits: limits)
    try reader.read(bytes)
    builder = reader.builder
  case let other:
    let found = other.isEmpty ? "The file has no extension." : "Meshes of the format '.\(other)' are not read."
    throw InputError(at: file, found, remedy: "Convert it to .stl, .obj or .dae.")
  }
  let asset = try builder.asset()
  guard asset.parts.contains(where: { !$0.mesh.triangles.isEmpty }) else {
    throw InputError(
      at: file, "There is no triangle with an area in this file.", remedy: "Export the mesh again, with its faces.")
  }
  return asset
}

/// The extension in lower case, without the dot.
func fileExtension(_ path: String) -> String {
  let name = path.split(separator: "/").last ?? ""
  guard let dot = name.lastIndex(of: ".") else { return "" }
  return name[name.index(after: dot)...].lowercased()
}
