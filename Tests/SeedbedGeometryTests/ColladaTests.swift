import Diagnostics
import SeedbedGeometry
import Testing

/// A document around geometries and nodes.
private func document(_ geometry: String, nodes: String, more: String = "", unit: String = "1") -> String {
  """
  <?xml version="1.0"?>
  <COLLADA xmlns="http://www.collada.org/2005/11/COLLADASchema" version="1.4.1">
  <asset><unit meter="\(unit)"/><up_axis>Y_UP</up_axis></asset>
  <library_geometries><geometry id="g"><mesh>
    <source id="p"><float_array id="pa" count="12">0 0 0 1 0 0 0 1 0 0 0 1</float_array>
      <technique_common><accessor source="#pa" count="4" stride="3"/></technique_common></source>
    <source id="t"><float_array id="ta" count="3">0.5 0.25 9</float_array>
      <technique_common><accessor source="#ta" count="1" stride="3"/></technique_common></source>
    <source id="n"><float_array count="3">0 0 1</float_array></source>
    <vertices id="v"><input semantic="POSITION" source="#p"/></vertices>
    \(geometry)
  </mesh></geometry></library_geometries>
  \(more)
  <library_visual_scenes><visual_scene id="s">\(nodes)</visual_scene></library_visual_scenes>
  <scene><instance_visual_scene url="#s"/></scene>
  </COLLADA>
  """
}

private let tetrahedron = """
  <triangles count="4" material="m"><input semantic="VERTEX" source="#v" offset="0"/>
  <p>0 2 1 0 1 3 0 3 2 1 2 3</p></triangles>
  """
private let plain = "<node><instance_geometry url='#g'/></node>"

@Test func readsTriangles() throws {
  let asset = try read(document(tetrahedron, nodes: plain), "a.dae")
  #expect(asset.triangleCount == 4 && abs(sixVolumes(asset) - 1) < 1e-12 && normalsFit(asset))
  // up_axis turns nothing.
  #expect(asset.bounds == AxisAlignedBox(lower: .zero, upper: Vector3(1, 1, 1)))
}

@Test(arguments: [
  "<polylist count='4'><input semantic='VERTEX' source='#v' offset='0'/><vcount>3 3 3 3</vcount><p>0 2 1 0 1 3 0 3 2 1 2 3</p></polylist>",
  "<polygons count='4'><input semantic='VERTEX' source='#v' offset='0'/><p>0 2 1</p><p>0 1 3</p><ph><p>0 3 2</p><h>1</h></ph><p>1 2 3</p></polygons>",
  "<trifans count='2'><input semantic='VERTEX' source='#v' offset='0'/><p>0 2 1 3</p><p>3 2 0</p><p>3 1 2</p></trifans>",
  "<tristrips count='1'><input semantic='VERTEX' source='#v' offset='0'/><p>0 2 1 3 0 2</p></tristrips>",
])
func readsAllPrimitives(_ primitive: String) throws {
  let asset = try read(document(primitive, nodes: plain), "a.dae")
  #expect(asset.triangleCount == 4 && abs(sixVolumes(asset) - 1) < 1e-12)
}

@Test func appliesNodesAndUnit() throws {
  let nodes = """
    <node><translate>0 0 2</translate><rotate>0 0 1 90</rotate><scale>2 1 1</scale><node>
    <matrix>1 0 0 1  0 1 0 0  0 0 1 0  0 0 0 1</matrix><instance_node url="#shared"/></node></node>
    <node><scale>1 1 -1</scale><instance_geometry url="#g"/></node>
    """
  let shared = "<library_nodes><node id='shared'><instance_geometry url='#g'/></node></library_nodes>"
  let asset = try read(document(tetrahedron, nodes: nodes, more: shared, unit: "0.5"), "a.dae")
  // x in [1, 2] doubled becomes y in [2, 4], y in [0, 1] becomes x in [-1, 0]; then half a metre a unit.
  #expect(asset.triangleCount == 8)
  let box = try #require(asset.bounds)
  #expect((box.lower - Vector3(-0.5, 0, -0.5)).length < 1e-12)
  #expect((box.upper - Vector3(0.5, 2, 1.5)).length < 1e-12)
  // Both stay the right side out, the mirrored one too.
  #expect(abs(sixVolumes(asset) - (2 + 1) / 8.0) < 1e-12 && normalsFit(asset))
}

@Test func readsColoursAndTextures() throws {
  let inputs =
    "<input semantic='VERTEX' source='#v' offset='0'/><input semantic='NORMAL' source='#n' offset='1'/><input semantic='TEXCOORD' source='#t' offset='2' set='0'/>"
  let two =
    "<triangles material='m'>\(inputs)<p>0 0 0 1 0 0 2 0 0</p></triangles><triangles material='w'>\(inputs)<p>0 0 0 1 0 0 2 0 0</p></triangles>"
  let more = """
    <library_images><image id="i"><init_from>file://my%20wood.png</init_from></image></library_images>
    <library_materials><material id="M"><instance_effect url="#E"/></material><material id="W"><instance_effect url="#F"/></material></library_materials>
    <library_effects>
      <effect id="E"><profile_COMMON><technique><phong><diffuse><color>1 0.5 0 0</color></diffuse></phong></technique></profile_COMMON></effect>
      <effect id="F"><profile_COMMON>
        <newparam sid="sf"><surface type="2D"><init_from>i</init_from></surface></newparam>
        <newparam sid="sm"><sampler2D><source>sf</source></sampler2D></newparam>
        <technique><lambert><diffuse><texture texture="sm" texcoord="c"/></diffuse></lambert></technique></profile_COMMON></effect>
    </library_effects>
    """
  let node = """
    <node><instance_geometry url="#g"><bind_material><technique_common>
    <instance_material symbol="m" target="#M"/><instance_material symbol="w" target="#W"/>
    </technique_common></bind_material></instance_geometry></node>
    """
  let asset = try read(document(two, nodes: node, more: more), "a.dae")
  #expect(asset.parts.map(\.color) == [[1, 0.5, 0, 1], nil])
  #expect(asset.parts.map(\.texture) == [nil, "my wood.png"])
  #expect(asset.parts[1].mesh.textureCoordinates.allSatisfy { $0 == .init(0.5, 0.25) })
  #expect(asset.parts[1].mesh.normals.allSatisfy { $0 == .unitZ })
}

@Test func refusesBrokenCollada() throws {
  func message(_ text: String) -> String { refusal(Array(text.utf8), "a.dae")?.message ?? "" }
  #expect(
    message(document(tetrahedron.replacing("1 2 3<", with: "1 2 4<"), nodes: plain)).contains("uses number 4 of the 4"))
  #expect(
    message(document(tetrahedron.replacing("#v", with: "#x").replacing("VERTEX", with: "POSITION"), nodes: plain))
      .contains("source 'x'"))
  #expect(
    message(document(tetrahedron, nodes: "<node id='a'><instance_node url='#a'/></node>")).contains("nested too deeply")
  )
  let doubling = (0..<60).map {
    "<node id='n\($0)'><instance_node url='#n\($0 + 1)'/><instance_node url='#n\($0 + 1)'/></node>"
  }
  let library = "<library_nodes>\(doubling.joined())</library_nodes>"
  #expect(
    message(document(tetrahedron, nodes: "<node><instance_node url='#n0'/></node>", more: library)).contains("too many")
  )
  #expect(message(document("", nodes: plain)).contains("no triangle"))
  #expect(message("<html/>").contains("not <COLLADA>"))
  #expect(message(document(tetrahedron, nodes: plain, unit: "0")).contains("unit is 0"))
}
