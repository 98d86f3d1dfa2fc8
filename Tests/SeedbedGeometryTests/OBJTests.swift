import Diagnostics
import Foundation
import SeedbedGeometry
import Testing

private let cube = """
  v 0 0 0
  v 1 0 0
  v 0 1 0
  v 1 1 0
  v 0 0 1
  v 1 0 1
  v 0 1 1
  v 1 1 1
  f 1 3 4 2
  f 5 6 8 7
  f -8 -7 -3 -4
  f 3 7 8 4
  f 1 5 7 3
  f 2 4 8 \\
    6
  """

@Test func readsPolygonsAndNegativeIndices() throws {
  let asset = try read(cube, "a.obj")
  #expect(asset.triangleCount == 12 && abs(sixVolumes(asset) - 6) < 1e-12 && normalsFit(asset))
  #expect(asset.parts[0].color == nil && asset.parts[0].texture == nil)
}

@Test func readsMaterialsOfASibling() throws {
  let text = """
    mtllib my file.mtl
    v 0 0 0
    v 1 0 0
    v 0 1 0
    vt 0.25 0.75
    vn 0 0 2
    usemtl red paint
    f 1/1/1 2/1/1 3/1/1
    usemtl wood
    f 1//1 2//1 3//1
    usemtl red paint
    f 3 1 2
    usemtl nowhere
    f 1 2 3
    """
  let mtl = "newmtl red paint\r\nKd 1 0 0\r\nd 0.5\r\nnewmtl wood\nKd .5 .25 2\nmap_Kd -s 1 1 1 -clamp on my wood.png\n"
  let asset = try read(text, "b.obj", ["my file.mtl": mtl])
  #expect(asset.parts.map(\.color) == [[1, 0, 0, 0.5], [0.5, 0.25, 1, 1], nil])
  #expect(asset.parts.map(\.texture) == [nil, "my wood.png", nil])
  #expect(asset.parts.map(\.mesh.triangles.count) == [2, 1, 1])
  #expect(asset.parts[0].mesh.textureCoordinates.first == .init(0.25, 0.75))
  #expect(asset.parts[1].mesh.normals.allSatisfy { $0 == .unitZ })
  #expect(try read(text, "b.obj").parts.count == 3)
}

@Test func readsVertexColours() throws {
  let text = "v 0 0 0 1 0 0\nv 1 0 0 1 0 0\nv 0 1 0 1 0 0\nv 0 0 1 0 0 1\nf 1 2 3\nf 4 4 4\nf 1 2 4\n"
  let asset = try read(text, "c.obj")
  #expect(asset.parts.count == 2 && asset.parts[0].color == [1, 0, 0, 1])
  let mixed = try #require(asset.parts[1].color)
  #expect(abs(mixed[0] - 2.0 / 3) < 0.04 && mixed[1] == 0 && abs(mixed[2] - 1.0 / 3) < 0.04)
}

@Test func triangulatesConcavePolygons() throws {
  // An L, and a comb that no fan covers.
  let ell = "v 0 0 0\nv 2 0 0\nv 2 1 0\nv 1 1 0\nv 1 2 0\nv 0 2 0\nf 3 4 5 6 1 2\n"
  let comb =
    "v 0 0 0\nv 5 0 0\nv 5 3 0\nv 4 3 0\nv 4 1 0\nv 3 1 0\nv 3 3 0\nv 2 3 0\nv 2 1 0\nv 1 1 0\nv 1 3 0\nv 0 3 0\nf 1 2 3 4 5 6 7 8 9 10 11 12\n"
  for (text, area) in [(ell, 3.0), (comb, 11.0)] {
    let mesh = try read(text, "l.obj").parts[0].mesh
    var sum = 0.0
    for t in mesh.triangles {
      let p = [t.a, t.b, t.c].map { mesh.positions[Int($0)] }, cross = (p[1] - p[0]).cross(p[2] - p[0])
      #expect(cross.z > 0)
      sum += cross.z / 2
    }
    #expect(abs(sum - area) < 1e-12)
  }
}

@Test(arguments: [
  ("v 0 0\n", 1, "Three numbers"), ("v 0 0 0\nf 1 2 3\n", 2, "uses number 2 of 1"),
  ("v 0 0 0\nf 0 1 1\n", 2, "uses number 0"),
  ("v 0 0 0\nf 1 1 x\n", 2, "'x' is no index"), ("v 0 0 0\nf 1 1 -2\n", 2, "uses number -2"),
  ("v 0 0 0\nf 99999999999 1 1\n", 2, "is no index"), ("v nan 0 0\nv 1 0 0\nv 0 1 0\nf 1 2 3\n", 0, "not finite"),
])
func namesTheFaultyLine(_ text: String, line: Int, message: String) {
  let fault = refusal(Array(text.utf8), "x.obj")
  #expect(fault?.location.line == line && fault?.message.contains(message) == true)
}

@Test func readsThePandasShells() throws {
  var triangles = 0
  for name in ["link0", "link1", "link2", "link3", "link4", "link5", "link6", "link7", "hand", "finger"] {
    let folder = packageFolder.appending(path: "Robots/panda/meshes")
    let asset = try readMesh(bytes(folder.appending(path: name + ".obj")), path: name + ".obj") {
      try? bytes(folder.appending(path: $0))
    }
    triangles += asset.triangleCount
    #expect(asset.parts.allSatisfy { $0.color?.count == 4 })
    #expect(sixVolumes(asset) > 0)
  }
  #expect((8_000...18_000).contains(triangles))
}
