import SeedbedGeometry
import SeedbedScene
import URDF

extension RenderModel {
  /// The URDF of an articulated object.
  func mechanism(of object: ObjectInstance) -> RobotDescription? {
    if case .urdf(let path) = object.shape { mechanisms[path] } else { nil }
  }

  /// Link frames of an articulated object in the world before anything has moved; empty for the others.
  func startLinkPoses(_ object: ObjectInstance) -> [Pose] {
    mechanism(of: object).map { object.startLinkPoses($0) } ?? []
  }
}
