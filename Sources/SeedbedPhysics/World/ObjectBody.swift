internal import CODE
internal import SeedbedGeometry

/// An object of the scene in ODE.
struct ObjectBody {
  /// nil: fixed. Of an articulated object the root link's.
  let body: dBodyID?
  /// Of the shape's frame at the start.
  let pose: Pose
  /// Centre of mass in the shape's frame.
  let center: Vector3
}
