/// Absolute joint targets: the numbers are what the motors' servos are given.
package struct JointPositionController: ArmController {
  package init() {}

  package mutating func action(to joints: [Double]) -> [Float] { joints.map { Float($0) } }
  package mutating func targets(_ action: [Float]) -> [Double] { action.map { Double($0) } }
}

/// Joint targets relative to the last ones; the first are relative to the start.
package struct JointDeltaController: ArmController {
  private var last: [Double]

  package init(home: [Double]) { last = home }

  package mutating func action(to joints: [Double]) -> [Float] {
    let step = zip(joints, last).map { Float($0 - $1) }
    _ = targets(step)
    return step
  }

  package mutating func targets(_ action: [Float]) -> [Double] {
    last = zip(last, action).map { $0 + Double($1) }
    return last
  }
}

/// Joint speeds. As in the velocity interfaces of real arms the motors' servos follow the speed's integral, which begins
/// at the start: the joints do not drift.
package struct JointVelocityController: ArmController {
  private var integral: [Double]
  /// Frames a second.
  private let rate: Double

  package init(home: [Double], rate: Double) {
    integral = home
    self.rate = rate
  }

  package mutating func action(to joints: [Double]) -> [Float] {
    let speeds = zip(joints, integral).map { Float(($0 - $1) * rate) }
    _ = targets(speeds)
    return speeds
  }

  package mutating func targets(_ action: [Float]) -> [Double] {
    integral = zip(integral, action).map { $0 + Double($1) / rate }
    return integral
  }
}
