import Diagnostics
import SeedbedGeometry
import SeedbedTestSupport
import Testing

private let obj =
  "mtllib a.mtl\nv 0 0 0\nv 1 0 0 1 0 0\nv 0 1 0\nv 0 0 1\nvt 0 1\nvn 0 0 1\nusemtl x\nf 1 2 3 4\nf 1/1/1 2/1/1 -1/1/1\nf -4//1 -2//1 -3//1\n"
private let mtl = "newmtl x\nKd 1 0 .5\nd 0.5\nmap_Kd -s 1 1 1 a.png\n"
private let text =
  "solid a\nfacet normal 0 0 1\nouter loop\nvertex 0 0 0\nvertex 1e0 0 0\nvertex 0 1 -0.5\nendloop\nendfacet\nendsolid\n"
private let dae = """
  <COLLADA><asset><unit meter="0.1"/></asset><library_geometries><geometry id="g"><mesh><source id="p"><float_array>0 0 0 1 0 0 0 1 0 1 1 1</float_array>
  <technique_common><accessor stride="3"/></technique_common></source><vertices id="v"><input semantic="POSITION" source="#p"/></vertices>
  <polylist material="m"><input semantic="VERTEX" source="#v" offset="0"/><vcount>4 3</vcount><p>0 1 3 2 0 1 2</p></polylist></mesh></geometry></library_geometries>
  <library_visual_scenes><visual_scene id="s"><node id="n"><matrix>1 0 0 0 0 1 0 0 0 0 1 0 0 0 0 1</matrix><rotate>0 0 1 90</rotate><instance_geometry url="#g"/></node></visual_scene></library_visual_scenes></COLLADA>
  """

@Test(arguments: ["a.obj", "a.stl", "b.stl", "a.dae"])
func damagedMeshesNeverCrash(_ path: String) {
  let original =
    switch path {
    case "a.obj": Array(obj.utf8)
    case "a.stl": binarySTL(boxTriangles(Vector3(1, 2, 3)))
    case "b.stl": Array(text.utf8)
    default: Array(dae.utf8)
    }
  var mutator = ByteMutator(seed: 11), mtlMutator = ByteMutator(seed: 12), readable = 0
  for _ in 0..<4000 {
    do {
      let asset = try readMesh(mutator.mutate(original), path: path) { _ in mtlMutator.mutate(Array(mtl.utf8)) }
      readable += 1
      for mesh in asset.parts.map(\.mesh) {
        let count = Int32(mesh.positions.count)
        #expect(mesh.triangles.allSatisfy { [$0.a, $0.b, $0.c].allSatisfy { (0..<count).contains($0) } })
        #expect(mesh.normals.count == mesh.positions.count)
        #expect(mesh.normals.allSatisfy { abs($0.length - 1) < 1e-6 })
      }
    } catch { #expect(error.diagnostics.count == 1) }
  }
  #expect(readable > 40)
}
