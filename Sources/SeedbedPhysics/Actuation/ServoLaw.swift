/// A PD law with rotor inertia as one motor row, integrated implicitly: stable at every step size and gain.
///
/// With D = h kp + kd + armature / h the row's velocity target (kp (q_target(t+h) - q) + kd v_target + armature / h q')
/// / D and softness 1 / D make its multiplier exactly the servo's torque, limited by FMax.
struct ServoLaw {
  let kp: Double, kd: Double
  /// What the rotor takes of an acceleration, Nm s/rad or N s/m.
  let inertialGain: Double
  let damping: Double

  init(kp: Double, kd: Double, armature: Double, h: Double) {
    self.kp = kp
    self.kd = kd
    inertialGain = armature / h
    damping = h * kp + kd + armature / h
  }

  /// `ahead`: a torque that the servo gives whatever the error is.
  @inline(__always)
  func velocity(
    target: Double, targetVelocity: Double, position: Double, velocity: Double, ahead: Double = 0
  ) -> Double {
    (kp * (target - position) + kd * targetVelocity + inertialGain * velocity + ahead) / damping
  }
}
