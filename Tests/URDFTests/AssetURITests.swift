import Diagnostics
import Testing
import URDF

@Test func foldsPaths() {
  #expect(LogicalPath.folded("a/./b/../c//d") == "a/c/d")
  #expect(LogicalPath.folded("../a/../../b") == "../../b")
  #expect(LogicalPath.folded("/a/../../b") == "/b")
  #expect(LogicalPath.folded("a\\b") == "a/b")
  #expect(LogicalPath.folded("") == "." && LogicalPath.folded("a/..") == ".")
  #expect(LogicalPath.folder(of: "a/b.urdf") == "a" && LogicalPath.folder(of: "b.urdf") == ".")
  #expect(LogicalPath.folder(of: "..") == "../.." && LogicalPath.folder(of: "/") == "/")
  #expect(LogicalPath.joined("../r", "meshes/../m.stl") == "../r/m.stl" && LogicalPath.joined("a", "/m") == "/m")
  #expect(LogicalPath.stem("a/b.robot.yaml") == "b.robot" && LogicalPath.stem(".x") == ".x")
}

private func meshPath(_ uri: String, in files: Set<String>, urdf: String = "robots/arm/urdf/arm.urdf")
  throws(InputError) -> String?
{
  let text = robot(link: "<visual><geometry><mesh filename=\"\(uri)\"/></geometry></visual>")
  let (r, _) = try parseURDF(Array(text.utf8), path: urdf, exists: { files.contains($0) })
  guard case .mesh(let path, _) = r.links[0].visuals[0].geometry else { return nil }
  return path
}

@Test func findsPackagesFromTheFileUpwards() throws {
  let files: Set<String> = [
    "robots/arm/meshes/a.stl", "robots/hand/h.stl", "../../far/f.stl", "/abs/a.stl", "robots/arm/urdf/x y.stl",
  ]
  #expect(try meshPath("package://arm/meshes/a.stl", in: files) == "robots/arm/meshes/a.stl")
  #expect(try meshPath("package://arm/urdf/../meshes/a.stl", in: files) == "robots/arm/meshes/a.stl")
  #expect(try meshPath("package://hand/h.stl", in: files) == "robots/hand/h.stl")
  #expect(try meshPath("model://hand/h.stl", in: files) == "robots/hand/h.stl")
  #expect(try meshPath("package:///hand/h.stl", in: files) == "robots/hand/h.stl")
  #expect(try meshPath("package://far/f.stl", in: files) == "../../far/f.stl")
  #expect(try meshPath("../meshes/a.stl", in: files) == "robots/arm/meshes/a.stl")
  #expect(try meshPath("file:///abs/a.stl", in: files) == "/abs/a.stl")
  #expect(try meshPath(" x y.stl ", in: files) == "robots/arm/urdf/x y.stl")
  #expect(try meshPath("..\\meshes\\a.stl", in: files) == "robots/arm/meshes/a.stl")
}

@Test(arguments: [
  ("package://arm/b.stl", "was not found"), ("package://arm", "names no file"),
  ("http://x/y.stl", "cannot be read from"),
  ("$(find arm)/a.stl", "unexpanded"), ("a.stl", "There is no file"), ("", "empty"),
])
func saysWhyAMeshIsNotFound(_ uri: String, message: String) throws {
  let error = #expect(throws: InputError.self) { try meshPath(uri, in: []) }
  let faults = try #require(error).diagnostics
  #expect(faults.count == 1 && faults[0].message.contains(message))
  #expect(faults[0].location.line == 2)
}
