internal import CODE
internal import SeedbedGeometry

/// Contacts of two boxes with edges that are parallel but for the last bits.
///
/// ODE's collider takes the cross product of such edges, which is nothing but rounding, for a direction in which the boxes may
/// be apart: of boxes that stood on a leaning one, a fifth fell through. Turned by a hair's breadth they touch as they should;
/// edges that are parallel to the last bit do no harm either.
struct ParallelBoxes {
  /// rad: turn of the stand-in; 1e-9 m over a metre.
  private static let turn = 1e-9
  /// Sine squared up to which a cross product is rounding: ODE's answer is right from 1e-12 rad on.
  private static let rounding = 1e-24

  /// Stands in for the first box.
  private let probe: dGeomID

  init(in world: inout ODEWorld) {
    probe = dCreateBox(nil, 1, 1, 1)
    world.adopt(probe)
  }

  /// Whether ODE's answer would hang on rounding. It takes the cross product of two edges out of the dot products of one with
  /// the three axes of the other box, and so does this.
  @inline(__always) static func areAmbiguous(_ a: dGeomID, _ b: dGeomID) -> Bool {
    guard let r = dGeomGetRotation(a), let s = dGeomGetRotation(b) else { return false }
    for j in 0..<3 {
      let edge = Vector3(s[j], s[4 + j], s[8 + j])
      let dots = Vector3(
        Vector3(r[0], r[4], r[8]).dot(edge), Vector3(r[1], r[5], r[9]).dot(edge), Vector3(r[2], r[6], r[10]).dot(edge))
      for i in 0..<3 where abs(dots[i]) > 1 - 1e-9 {
        let k = dots[(i + 1) % 3], l = dots[(i + 2) % 3]
        let across = k * k + l * l
        if across > 0 && across < rounding { return true }
      }
    }
    return false
  }

  /// The contacts of the two, as `dCollide` gives them.
  func collide(_ a: dGeomID, _ b: dGeomID, _ contacts: UnsafeMutablePointer<dContact>) -> Int {
    withUnsafeTemporaryAllocation(of: Double.self, capacity: 4) { buffer in
      guard let numbers = buffer.baseAddress, let at = dGeomGetPosition(a) else { return 0 }
      dGeomBoxGetLengths(a, numbers)
      dGeomBoxSetLengths(probe, numbers[0], numbers[1], numbers[2])
      dGeomSetPosition(probe, at[0], at[1], at[2])
      dGeomGetQuaternion(a, numbers)
      let turned =
        ODEValue.quaternion(numbers) * Quaternion(w: 1, x: Self.turn, y: 0.7 * Self.turn, z: 0.4 * Self.turn)
      numbers[0] = turned.w
      numbers[1] = turned.x
      numbers[2] = turned.y
      numbers[3] = turned.z
      dGeomSetQuaternion(probe, numbers)
      return Int(
        dCollide(
          probe, b, Int32(ContactRecipe.requestedPoints), &contacts.pointee.geom,
          Int32(MemoryLayout<dContact>.stride)))
    }
  }
}
