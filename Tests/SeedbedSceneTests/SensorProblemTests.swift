import Diagnostics
import SeedbedGeometry
import SeedbedScene
import Testing

/// Sensors that cannot be: the message says where, what and what to do.
@Suite struct SensorProblemTests {
  struct Fault: Sendable, CustomTestStringConvertible {
    var sensors: String, message: String
    init(_ sensors: String, _ message: String) { (self.sensors, self.message) = (sensors, message) }
    var testDescription: String { sensors }
  }

  static let faults = [
    Fault(
      "{name: w, wrench: {link: hnd}}",
      "30: error: The sensor is on `hnd`, but the robot `small arm` has no such link. Did you mean `hand`?"),
    Fault(
      "{name: w, imu: {link: wheel}}",
      "27: error: The sensor is on `wheel`, but the robot `small arm` has no such link. There are: base, upper, hand, left, right."
    ),
    Fault(
      "{name: w, wrench: {}, rate: 100}",
      "33: error: The rate of the sensor `w` is 100, which does not divide the physics rate 240. Possible are 30, 60, 120, 240; or change `rates`."
    ),
    Fault(
      "{name: w, wrench: {}, rate: 80}",
      "33: error: The rate of the sensor `w` is 80, which is no multiple of the control rate 30. Possible are 30, 60, 120, 240; or change `rates`."
    ),
    Fault(
      "{name: w, wrench: {}, rate: 480}",
      "33: error: The rate of the sensor `w` is 480, which does not divide the physics rate 240. Possible are 30, 60, 120, 240; or change `rates`."
    ),
    Fault(
      "{name: w, wrench: {}, rate: 0}",
      "33: error: The rate of the sensor `w` is 0, but must be a whole number from 1 to 10000. Change it."),
    Fault(
      "{name: w}",
      "5: error: A sensor has no `jointState` or `wrench` or `fingertipForce` or `taxels` or `contacts` or `imu` or `lidar` or `tcpPose` or `tcpTwist` or `fullState` or `state57`. Write for example wrench: {}, imu: {link: NAME} or state57: {}."
    ),
    Fault(
      "{name: w, wrench: {}, imu: {}}",
      "5: error: A sensor can have only one of `wrench` and `imu`. Write for example wrench: {}, imu: {link: NAME} or state57: {}."
    ),
    Fault("{name: w, wrnch: {}, imu: {}}", "15: error: `wrnch` is no key of a sensor. Did you mean `wrench`?"),
    Fault(
      "state57",
      "5: error: `state57` is for arms with 7 joints, but this one has 2. Write `fullState`: the same for any arm, here with 37 values."
    ),
    Fault(
      "{name: state, wrench: {}}", "12: error: The dataset has a feature `state` already. Call the sensor otherwise."),
    Fault(
      "{name: w, wrench: {}, noise: 0.1}",
      "34: error: Here stands the number 0.1, but this sensor measures several quantities, each with a noise of its own: force (N), torque (Nm). Write a map, for example noise: {force: 0.01}."
    ),
    Fault(
      "{name: w, fingertipForce: {}, noise: {forc: 1}}",
      "43: error: `forc` is no key of the noise. It can have: fingertipForce."),
    Fault("wrnch", "5: error: `wrnch` is no kind of sensor. Did you mean `wrench`?"),
    Fault(
      "{name: w, wrench: {}, noise: {force: -1}}",
      "42: error: The noise is -1, but must be from 0 to 1000000 N. Change it."),
    Fault(
      "{name: w, wrench: {}, bias: {force: [1, 2]}}", "41: error: The bias has 2 entries, but needs 3. Write 3 entries."
    ),
    Fault("{name: w, tcpPose: {}, noise: 1}", "35: error: This sensor is exact and has no noise. Remove `noise`."),
    Fault(
      "{name: w, imu: {}, dropout: 1.5}",
      "33: error: The dropout probability is 1.5, but must be from 0 to 1. Change it."),
    Fault(
      "{name: w, imu: {}, delay: {uniform: [-0.1, 0]}}",
      "31: error: The delay can come out as -0.1, but must be from 0 to 10 s. Narrow the range."),
    Fault(
      "{name: w, tcpTwist: {axes: sensor}}",
      "32: error: Here stands the text \"sensor\", but the axes are one of base, world, tcp. Write `axes: base`."
    ),
    Fault(
      "{name: w, lidar: {elevation: 0}}",
      "22: error: `lidar` has no `azimuth`. Write for example azimuth: {from: -1.57, to: 1.57, count: 181}."),
    Fault(
      "{name: w, lidar: {azimuth: {from: 0, to: 1, count: 100}, elevation: {from: 0, to: 1, count: 100}}}",
      "22: error: The lidar has 100 by 100 beams, more than 4096. Use fewer."),
    Fault(
      "{name: w, lidar: {azimuth: 7}}",
      "32: error: The azimuth is 7 rad. Write radians from -6.5 to 6.5, or {degrees: a}."),
    Fault(
      "{name: w, lidar: {azimuth: 0, range: [2, 1]}}",
      "42: error: The range goes from 2 to 1 m. Write [shortest, longest], 0 to 1000 m."),
    Fault(
      "{name: w, taxels: {rows: 64, columns: 64}}",
      "5: error: The sensor `w` gives 8192 numbers a frame, more than 4096. Lower its rate or its resolution."),
    Fault(
      "{name: w, taxels: {rows: 0}}",
      "30: error: The number of rows is 0, but must be a whole number from 1 to 64. Change it."),
    Fault(
      "{name: w, taxels: {size: [0.01, 0]}}",
      "30: error: The grid is 0.01 m by 0 m, but sides must be from 0.001 to 1 m. Write [along, across] in metres."),
    Fault(
      "{name: w, jointState: {rate: 30}}",
      "27: error: Here stands a map (rate), but `jointState` has no settings. Write jointState: {}."),
  ]

  @Test(arguments: faults) func isSaid(fault: Fault) {
    let line = smallScene.split(separator: "\n", omittingEmptySubsequences: false).count + 2
    let found = problems(smallScene + "\nsensors:\n  - " + fault.sensors)
    #expect(found.first == "scene.yaml:\(line):\(fault.message)")
  }

  /// What may be written, and how it comes out.
  @Test func goodSensors() throws {
    let scene = try load(
      smallScene + """

        sensors:
          - fullState
          - {name: wrist, wrench: {pose: {xyz: [0, 0, {uniform: [0.01, 0.02]}]}}, rate: 120, noise: {force: {uniform: [0.1, 0.2]}}, bias: {torque: {normal: {mean: 0, stddev: 0.01}}}}
          - {name: scan, lidar: {mount: tcp, azimuth: {from: {degrees: -90}, to: {degrees: 90}, count: 3}}, noise: 0.01, bias: 0.02}
          - {name: skin, taxels: {rows: 2}, bias: {force: 0.5}, dropout: {uniform: [0, 0.1]}}
        """)
    let instance = try scene.sample(seed: 1, episode: 0)
    let sensors = try #require(instance.sensors)
    #expect(
      sensors.map(\.featureName) == [
        "observation.full_state", "observation.wrist", "observation.scan", "observation.skin",
      ])
    #expect(sensors.map(\.rate) == [30, 120, 30, 30])
    #expect(sensors[1].kind == .wrench(link: "hand", axes: .sensor))
    #expect(sensors[1].errors.map(\.quantity) == ["force", "torque"])
    #expect(Set(sensors[1].errors[1].bias).count == 3)
    #expect(sensors[2].pose.position == instance.robot.tcp.position)
    guard case .lidar(let link, let azimuth, _, _, _) = sensors[2].kind else { throw Failure() }
    #expect(link == instance.robot.tcpLink && azimuth.values.map { ($0 * 1000).rounded() } == [-1571, 0, 1571])
    #expect(sensors[3].errors == [SensorError(quantity: "force", noise: 0, bias: [0.5])])
    let drawn = instance.draws.map(\.path).filter { $0.hasPrefix("sensors/") }
    #expect(
      drawn == [
        "sensors/skin/dropout", "sensors/wrist/bias/torque/tx", "sensors/wrist/bias/torque/ty",
        "sensors/wrist/bias/torque/tz", "sensors/wrist/noise/force", "sensors/wrist/pose/xyz/2",
      ])
    // All else is drawn as without sensors, and such an instance says nothing of sensors.
    let plain = try load().sample(seed: 1, episode: 0)
    #expect(plain.draws == instance.draws.filter { !$0.path.hasPrefix("sensors/") })
    #expect(!String(decoding: plain.canonicalJSON(), as: UTF8.self).contains("sensors"))
    #expect(try SceneInstance(canonicalJSON: instance.canonicalJSON()) == instance)
  }

  struct Failure: Error {}
}
