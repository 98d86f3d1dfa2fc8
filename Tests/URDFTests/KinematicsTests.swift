import SeedbedGeometry
import Testing
import URDF

/// The Panda's flange by its Denavit-Hartenberg table, as an independent reference.
private func flange(_ q: [Double]) -> (rotation: Matrix3, position: Vector3) {
  let quarter = Double.pi / 2
  let table: [(a: Double, d: Double, alpha: Double)] = [
    (0, 0.333, 0), (0, 0, -quarter), (0, 0.316, quarter), (0.0825, 0, quarter), (-0.0825, 0.384, -quarter),
    (0, 0, quarter),
    (0.088, 0, quarter), (0, 0.107, 0),
  ]
  var rotation = Matrix3.identity, position = Vector3.zero
  for (i, row) in table.enumerated() {
    let angle = i < 7 ? q[i] : 0
    let x = Quaternion(axis: .unitX, angle: row.alpha).matrix, z = Quaternion(axis: .unitZ, angle: angle).matrix
    position += rotation * Vector3(row.a, 0, 0) + rotation * (x * Vector3(0, 0, row.d))
    rotation = rotation * x * z
  }
  return (rotation, position)
}

@Test(arguments: [
  [0, 0, 0, 0, 0, 0, 0], [0, -0.3, 0, -2.2, 0, 2.0, 0.785398], [1.1, -0.7, 2.2, -1.4, -0.9, 2.9, -2.1],
])
func pandaFollowsItsPublishedTable(_ q: [Double]) throws {
  let panda = try parseURDF(bytes(of: "Robots/panda/panda.urdf"), path: "panda.urdf").robot
  let base = Pose(Vector3(0.5, -0.2, 0.1), Quaternion(roll: 0.1, pitch: 0.2, yaw: 0.3))
  var values = Dictionary(uniqueKeysWithValues: q.enumerated().map { ("panda_joint\($0 + 1)", $1) })
  values["panda_finger_joint1"] = 0.03
  let poses = linkPoses(of: panda, jointValues: values, basePose: base)
  func local(_ link: String) throws -> Pose { base.inverse * poses[try #require(panda.linkIndex(link))] }
  let expected = flange(q), link8 = try local("panda_link8")
  #expect((link8.position - expected.position).length < 1e-12)
  for axis in 0..<3 {
    #expect((link8.orientation.matrix.column(axis) - expected.rotation.column(axis)).length < 1e-12)
  }
  let hand = try local("panda_hand"), tcp = try local("panda_hand_tcp")
  #expect(
    (hand.inverse * tcp).position == Vector3(0, 0, 0.1034)
      || ((hand.inverse * tcp).position - Vector3(0, 0, 0.1034)).length < 1e-12)
  let left = hand.inverse * (try local("panda_leftfinger")), right = hand.inverse * (try local("panda_rightfinger"))
  #expect((left.position - Vector3(0, 0.03, 0.0584)).length < 1e-12)
  #expect((right.position - Vector3(0, -0.03, 0.0584)).length < 1e-12)
}

@Test func mimicChainsFollowTheirFirstJoint() throws {
  let odd = try parseURDF(bytes(of: "Tests/Fixtures/urdf/odd-but-real.urdf"), path: "odd.urdf").robot
  let poses = linkPoses(of: odd, jointValues: ["rail": 0.25, "follow": 99])
  #expect(poses[try #require(odd.linkIndex("slide"))].position == Vector3(0, 0, 0.25))
  #expect(poses[try #require(odd.linkIndex("follower"))].position == Vector3(1, 0, 0.25))
  #expect(poses[try #require(odd.linkIndex("second follower"))].position == Vector3(-2, 0, 0.25))
  #expect(KinematicTree(odd).drives[5] == KinematicTree.Drive(source: 3, multiplier: -6, offset: -0.5))
}
