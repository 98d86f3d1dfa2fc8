/// Cuts a polygon in space (nearly flat, either winding) into triangles of its corners' indices, by cutting ears; the
/// winding stays. A polygon that cannot be cut so (it crosses itself) becomes a fan.
func triangulate(_ corners: [Vector3]) -> [TriangleMesh.Triangle] {
  let count = corners.count
  guard count >= 3 else { return [] }
  let fan = (1..<count - 1).map { TriangleMesh.Triangle(0, Int32($0), Int32($0 + 1)) }
  if count == 3 || count > 128 { return fan }
  // Newell's normal, and the polygon seen along it.
  var normal = Vector3.zero
  for i in 0..<count { normal += (corners[i] - corners[0]).cross(corners[(i + 1) % count] - corners[0]) }
  guard let up = normal.normalized else { return fan }
  let e1 = up.anyOrthogonal, e2 = up.cross(e1)
  let flat = corners.map { (x: ($0 - corners[0]).dot(e1), y: ($0 - corners[0]).dot(e2)) }
  func turn(_ a: Int, _ b: Int, _ c: Int) -> Double {
    (flat[b].x - flat[a].x) * (flat[c].y - flat[a].y) - (flat[b].y - flat[a].y) * (flat[c].x - flat[a].x)
  }
  if (0..<count).allSatisfy({ turn($0, ($0 + 1) % count, ($0 + 2) % count) >= 0 }) { return fan }
  var rest = Array(0..<count), triangles: [TriangleMesh.Triangle] = []
  while rest.count > 3 {
    let n = rest.count
    let ear = (0..<n).first { i in
      let a = rest[(i + n - 1) % n], b = rest[i], c = rest[(i + 1) % n]
      guard turn(a, b, c) > 0 else { return false }
      return !rest.contains { p in
        p != a && p != b && p != c && turn(a, b, p) >= 0 && turn(b, c, p) >= 0 && turn(c, a, p) >= 0
      }
    }
    // Corners in a line, or a polygon that touches itself: cut any corner that is not reflex.
    guard let i = ear ?? (0..<n).first(where: { turn(rest[($0 + n - 1) % n], rest[$0], rest[($0 + 1) % n]) >= 0 })
    else {
      return fan
    }
    triangles.append(.init(Int32(rest[(i + n - 1) % n]), Int32(rest[i]), Int32(rest[(i + 1) % n])))
    rest.remove(at: i)
  }
  triangles.append(.init(Int32(rest[0]), Int32(rest[1]), Int32(rest[2])))
  return triangles
}
