import Diagnostics
import SeedbedGeometry
import SeedbedMath
import Testing

@Test(arguments: ["made by a test", "solid by some exporter"])
func readsBinarySTL(_ header: String) throws {
  let asset = try readMesh(binarySTL(boxTriangles(Vector3(1, 2, 3)), header: header), path: "a.STL")
  #expect(asset.parts.count == 1 && asset.triangleCount == 12)
  // Edges of 90° stay sharp: each corner has three normals.
  #expect(asset.parts[0].mesh.positions.count == 24)
  #expect(asset.bounds == AxisAlignedBox(lower: .zero, upper: Vector3(1, 2, 3)))
  #expect(abs(sixVolumes(asset) - 36) < 1e-9)
  #expect(normalsFit(asset))
}

@Test func readsTextSTL() throws {
  var text = "solid box of mine\n"
  for t in boxTriangles(Vector3(1, 2, 3)) {
    text += "facet normal 0 0 0\n outer loop\n"
    for v in t { text += "  vertex \(v.x) \(v.y) \(v.z)\r\n" }
    text += " endloop\nendfacet\n"
  }
  let asset = try read(text + "endsolid\n", "b.stl")
  #expect(asset == (try readMesh(binarySTL(boxTriangles(Vector3(1, 2, 3))), path: "a.stl")))
}

@Test func roundSurfacesAreDrawnRound() throws {
  // A tube of 16 sides, open at its ends: 22.5° between its faces.
  let ring = (0..<16).map { Vector3(Elementary.cos(Double($0) * .pi / 8), Elementary.sin(Double($0) * .pi / 8), 0) }
  var triangles: [[Vector3]] = []
  for i in 0..<16 {
    let a = ring[i], b = ring[(i + 1) % 16], up = Vector3.unitZ
    triangles += [[a, b, b + up], [a, b + up, a + up]]
  }
  let mesh = try readMesh(binarySTL(triangles), path: "tube.stl").parts[0].mesh
  #expect(mesh.positions.count == 32)
  for (p, n) in zip(mesh.positions, mesh.normals) {
    #expect((n - Vector3(p.x, p.y, 0)).length < 0.02)
  }
}

@Test func dropsTrianglesWithoutArea() throws {
  let point = Vector3(1, 1, 1)
  let slivers = [[point, point, .zero], [.zero, Vector3(1, 0, 0), Vector3(2, 0, 0)]]
  #expect(try readMesh(binarySTL(slivers + boxTriangles(point)), path: "a.stl").triangleCount == 12)
  #expect(refusal(binarySTL(slivers), "a.stl")?.message == "There is no triangle with an area in this file.")
}

@Test func refusesBrokenSTL() throws {
  let box = binarySTL(boxTriangles(Vector3(1, 1, 1)))
  #expect(
    refusal(Array(box.dropLast(10)), "a.stl")?.message.contains(
      "says that it has 12 triangles (684 bytes), but it has 674") == true)
  var huge = box
  huge.replaceSubrange(80..<84, with: [255, 255, 255, 255])
  #expect(refusal(huge, "a.stl")?.message.contains("4294967295 triangles") == true)
  #expect(refusal(Array(box.prefix(50)), "a.stl")?.message.contains("so short") == true)
  #expect(refusal(box, "a.stl", limits: MeshLimits(triangles: 11))?.message.contains("12 triangles") == true)
  #expect(
    refusal(binarySTL([[.zero, Vector3(1, 0, 0), Vector3(0, .nan, 0)]]), "a.stl")?.message.contains("not finite")
      == true)
  #expect(refusal(Array("solid x\n vertex 1 2\n".utf8), "a.stl")?.location.line == 2)
  #expect(refusal([], "a.stl")?.message == "The file is empty.")
  #expect(refusal(box, "a.glb")?.remedy == "Convert it to .stl, .obj or .dae.")
  #expect(refusal(Array("version https://git-lfs.github.com/spec/v1".utf8), "a.stl")?.remedy == "Run: git lfs pull.")
}
