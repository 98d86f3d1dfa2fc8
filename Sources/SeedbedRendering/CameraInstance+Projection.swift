public import SeedbedGeometry
import SeedbedMath
public import SeedbedScene
public import URDF

/// A pinhole camera's matrix entries, pixels. Pixel (i, j) covers u in i ..< i + 1 and v in j ..< j + 1, row 0 on top.
public struct Intrinsics: Sendable, Equatable {
  public var fx: Double, fy: Double
  public var cx: Double, cy: Double
}

/// Where a point of the world falls in a picture.
public struct ProjectedPoint: Sendable, Equatable {
  /// Pixels from the picture's left and top edge.
  public var u: Double, v: Double
  /// Metres along the optical axis.
  public var depth: Double
}

extension CameraInstance {
  /// Square pixels, principal point in the middle: f = (height / 2) / tan(fovy / 2).
  public var intrinsics: Intrinsics {
    let focal = 0.5 * Double(height) / Elementary.tan(0.5 * fovy)
    return Intrinsics(fx: focal, fy: focal, cx: 0.5 * Double(width), cy: 0.5 * Double(height))
  }

  /// The optical frame in the world; nil where the robot has no link of the camera's name.
  /// - Parameter linkPoses: one per link of the robot, link frame in the world.
  public func worldPose(linkPoses: [Pose], robot: RobotDescription) -> Pose? {
    guard let link else { return pose }
    guard let index = robot.linkIndex(link), index < linkPoses.count else { return nil }
    return linkPoses[index] * pose
  }

  /// The picture point of `point` (camera frame: x right, y down, z forward); nil behind the camera.
  public func project(inCameraFrame point: Vector3) -> ProjectedPoint? {
    guard point.z > 0 else { return nil }
    let k = intrinsics
    return ProjectedPoint(u: k.cx + k.fx * point.x / point.z, v: k.cy + k.fy * point.y / point.z, depth: point.z)
  }
}

/// The picture point of a point of the world; nil behind the camera, or where its link does not exist. The point may lie
/// outside the picture.
public func project(
  _ point: Vector3, camera: CameraInstance, linkPoses: [Pose], robot: RobotDescription
) -> ProjectedPoint? {
  guard let pose = camera.worldPose(linkPoses: linkPoses, robot: robot) else { return nil }
  return camera.project(inCameraFrame: pose.inverse.apply(point))
}
