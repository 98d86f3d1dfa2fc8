import Diagnostics
import Foundation
import SeedbedGeometry

func read(_ text: String, _ path: String, _ siblings: [String: String] = [:]) throws(InputError) -> MeshAsset {
  try readMesh(Array(text.utf8), path: path) { siblings[$0].map { Array($0.utf8) } }
}

/// The message that a file is refused with; nil where it is read.
func refusal(_ bytes: [UInt8], _ path: String, limits: MeshLimits = MeshLimits()) -> Diagnostic? {
  do {
    _ = try readMesh(bytes, path: path, limits: limits)
    return nil
  } catch { return error.diagnostics.first }
}

/// Binary STL of triangles.
func binarySTL(_ triangles: [[Vector3]], header: String = "made by a test") -> [UInt8] {
  var bytes = Array(header.utf8) + [UInt8](repeating: 32, count: 80 - header.utf8.count)
  func put(_ value: UInt32) {
    for shift in [0, 8, 16, 24] { bytes.append(UInt8(truncatingIfNeeded: value >> UInt32(shift))) }
  }
  put(UInt32(triangles.count))
  for triangle in triangles {
    for v in [.zero] + triangle {
      for value in [v.x, v.y, v.z] { put(Float(value).bitPattern) }
    }
    bytes += [0, 0]
  }
  return bytes
}

/// The 12 triangles of a box from 0 to `size`.
func boxTriangles(_ size: Vector3) -> [[Vector3]] {
  let quads: [[Int]] = [[0, 2, 3, 1], [4, 5, 7, 6], [0, 1, 5, 4], [2, 6, 7, 3], [0, 4, 6, 2], [1, 3, 7, 5]]
  let corners: [Vector3] = (0..<8).map { (i: Int) -> Vector3 in
    Vector3(i & 1 == 0 ? 0 : size.x, i & 2 == 0 ? 0 : size.y, i & 4 == 0 ? 0 : size.z)
  }
  var triangles: [[Vector3]] = []
  for q in quads {
    triangles.append([corners[q[0]], corners[q[1]], corners[q[2]]])
    triangles.append([corners[q[0]], corners[q[2]], corners[q[3]]])
  }
  return triangles
}

/// Six times the volume that the triangles enclose; negative where they face inwards.
func sixVolumes(_ asset: MeshAsset) -> Double {
  asset.parts.reduce(0) { sum, part in
    part.mesh.triangles.reduce(sum) {
      let p = part.mesh.positions
      return $0 + p[Int($1.a)].dot(p[Int($1.b)].cross(p[Int($1.c)]))
    }
  }
}

/// Every vertex normal has length 1, and lies on the outer side of the triangles that use it.
func normalsFit(_ asset: MeshAsset) -> Bool {
  asset.parts.allSatisfy { part in
    part.mesh.normals.count == part.mesh.positions.count
      && part.mesh.normals.allSatisfy { abs($0.length - 1) < 1e-9 }
      && part.mesh.triangles.allSatisfy { t in
        let p = [t.a, t.b, t.c].map { part.mesh.positions[Int($0)] }
        let face = (p[1] - p[0]).cross(p[2] - p[0])
        return [t.a, t.b, t.c].allSatisfy { part.mesh.normals[Int($0)].dot(face) > 0 }
      }
  }
}

/// The folder of the package's manifest.
let packageFolder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
  .deletingLastPathComponent()

func bytes(_ file: URL) throws -> [UInt8] { [UInt8](try Data(contentsOf: file)) }
