import SeedbedGeometry
import SeedbedPhysics

/// Forward and damped-least-squares inverse kinematics of the test arm.
enum TestKinematics {
  /// Frames of links 1...7 and the tool centre point.
  static func frames(_ q: [Double]) -> [Pose] {
    var pose = Pose.identity
    var result: [Pose] = []
    for i in 0..<7 {
      pose = pose * TestPanda.jointOrigin(i) * Pose(.zero, Quaternion(axis: .unitZ, angle: q[i]))
      result.append(pose)
    }
    result.append(pose * TestPanda.handInArm7 * TestPanda.tcp)
    return result
  }

  /// The hand looks down.
  static func down(_ yaw: Double) -> Quaternion {
    Quaternion(axis: .unitZ, angle: yaw) * Quaternion(axis: .unitX, angle: Double.pi)
  }

  static func solve(_ start: [Double], _ target: Pose, iterations: Int = 8) -> [Double] {
    var q = start
    for _ in 0..<iterations {
      let f = frames(q)
      let tool = f[7]
      let e = target.position - tool.position
      let w = (target.orientation * tool.orientation.conjugate).rotationVector
      let error = [e.x, e.y, e.z, w.x, w.y, w.z]
      if error.allSatisfy({ abs($0) < 1e-7 }) { break }
      let columns = (0..<7).map { i -> [Double] in
        let z = f[i].rotate(.unitZ)
        let l = z.cross(tool.position - f[i].position)
        return [l.x, l.y, l.z, z.x, z.y, z.z]
      }
      var a = (0..<6).map { r in
        (0..<6).map { c in columns.reduce(r == c ? 1e-4 : 0) { $0 + $1[r] * $1[c] } }
      }
      var b = error
      gauss(&a, &b)
      for i in 0..<7 {
        q[i] += (0..<6).reduce(0) { $0 + columns[i][$1] * b[$1] }
        q[i] = min(max(q[i], TestPanda.lower[i] + 0.01), TestPanda.upper[i] - 0.01)
      }
    }
    return q
  }

  private static func gauss(_ a: inout [[Double]], _ b: inout [Double]) {
    for k in 0..<6 {
      for i in (k + 1)..<6 {
        let f = a[i][k] / a[k][k]
        for j in k..<6 { a[i][j] -= f * a[k][j] }
        b[i] -= f * b[k]
      }
    }
    for i in stride(from: 5, through: 0, by: -1) {
      for j in (i + 1)..<6 { b[i] -= a[i][j] * b[j] }
      b[i] /= a[i][i]
    }
  }
}

/// A tool path through points in time, as commands.
struct TestPath {
  struct Point {
    var time: Double
    var position: Vector3
    var yaw: Double = 0
    /// On the way to this point.
    var opening: Double
  }

  var commands: [RobotCommand] = []

  init(_ points: [Point], rate: Int = 30) {
    var q = TestKinematics.solve(
      TestPanda.home, Pose(points[0].position, TestKinematics.down(points[0].yaw)), iterations: 200)
    let frames = Int((points[points.count - 1].time * Double(rate)).rounded())
    var k = 0
    for frame in 1...frames {
      let t = Double(frame) / Double(rate)
      while k + 2 < points.count, t > points[k + 1].time { k += 1 }
      let a = points[k], b = points[k + 1]
      let u = min(1, (t - a.time) / (b.time - a.time))
      let s = u * u * u * (10 + u * (-15 + 6 * u))
      let position = a.position + (b.position - a.position) * s
      q = TestKinematics.solve(q, Pose(position, TestKinematics.down(a.yaw + (b.yaw - a.yaw) * s)))
      commands.append(RobotCommand(arm: q.map { Float($0) }, opening: Float(b.opening)))
    }
  }

  /// Above, down, close, lift by 0.2 m, hold.
  static func pickAndHold(x: Double = 0.5, y: Double = 0, z: Double, hold: Double, yaw: Double = 0) -> TestPath {
    TestPath([
      Point(time: 0, position: Vector3(0.45, 0, 0.35), opening: 0.08),
      Point(time: 1.2, position: Vector3(x, y, z + 0.12), yaw: yaw, opening: 0.08),
      Point(time: 2, position: Vector3(x, y, z), yaw: yaw, opening: 0.08),
      Point(time: 2.6, position: Vector3(x, y, z), yaw: yaw, opening: 0),
      Point(time: 3.6, position: Vector3(x, y, z + 0.2), yaw: yaw, opening: 0),
      Point(time: 3.6 + hold, position: Vector3(x, y, z + 0.2), yaw: yaw, opening: 0),
    ])
  }
}
