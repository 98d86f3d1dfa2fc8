internal import CODE
internal import SeedbedGeometry

/// Reading and writing ODE's plain arrays as values.
enum ODEValue {
  @inline(__always) static func vector(_ p: UnsafePointer<Double>) -> Vector3 { Vector3(p[0], p[1], p[2]) }

  @inline(__always) static func quaternion(_ p: UnsafePointer<Double>) -> Quaternion {
    Quaternion(w: p[0], x: p[1], y: p[2], z: p[3])
  }

  /// Of the body's frame (origin: centre of mass) in the world.
  @inline(__always) static func pose(_ body: dBodyID) -> Pose {
    Pose(vector(dBodyGetPosition(body)), quaternion(dBodyGetQuaternion(body)))
  }

  static func setBodyPose(_ body: dBodyID, _ pose: Pose) {
    dBodySetPosition(body, pose.position.x, pose.position.y, pose.position.z)
    withQuaternion(pose.orientation) { dBodySetQuaternion(body, $0) }
  }

  /// Places a geom without a body in the world.
  static func setGeomPose(_ geom: dGeomID, _ pose: Pose) {
    dGeomSetPosition(geom, pose.position.x, pose.position.y, pose.position.z)
    withQuaternion(pose.orientation) { dGeomSetQuaternion(geom, $0) }
  }

  /// Places a geom in the frame of its body.
  static func setOffset(_ geom: dGeomID, _ pose: Pose) {
    dGeomSetOffsetPosition(geom, pose.position.x, pose.position.y, pose.position.z)
    withQuaternion(pose.orientation) { dGeomSetOffsetQuaternion(geom, $0) }
  }

  private static func withQuaternion(_ q: Quaternion, _ body: (UnsafePointer<Double>) -> Void) {
    withUnsafeTemporaryAllocation(of: Double.self, capacity: 4) { buffer in
      buffer[0] = q.w
      buffer[1] = q.x
      buffer[2] = q.y
      buffer[3] = q.z
      if let start = buffer.baseAddress { body(UnsafePointer(start)) }
    }
  }
}
