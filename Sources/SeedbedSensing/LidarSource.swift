import SeedbedGeometry
import SeedbedMath
import SeedbedPhysics

/// Distances along beams.
struct LidarSource {
  /// nil: fixed in the world.
  private let link: Int?
  /// In the sensor's frame, row by row of one elevation.
  private let beams: [Vector3]
  private let minimum: Double, maximum: Double

  init(link: Int?, _ azimuths: [Double], _ elevations: [Double], _ minimum: Double, _ maximum: Double) {
    self.link = link
    self.minimum = minimum
    self.maximum = maximum
    beams = elevations.flatMap { elevation in
      let (se, ce) = Elementary.sinCos(elevation)
      return azimuths.map { azimuth in
        let (sa, ca) = Elementary.sinCos(azimuth)
        return Vector3(ce * ca, ce * sa, se)
      }
    }
  }

  /// 0: no return.
  func read(_ world: borrowing World, _ frame: SensedFrame) -> [Double] {
    let own = (link.map { world.linkPose($0) } ?? .identity) * frame.pose
    let axes = own.orientation.matrix
    let distances = world.distances(
      from: own.position, along: beams.map { axes * $0 }, reach: maximum, except: link)
    return distances.map { $0.flatMap { $0 >= minimum ? $0 : nil } ?? 0 }
  }
}
