internal import SeedbedGeometry

extension ReducedArm {
  /// Times that a step is solved again because a motor, a stop or a friction turned out to be at its limit.
  private static let passes = 12
  /// Slower than this, rad/s or m/s, a joint sticks by its friction.
  private static let sticking = 1e-6
  /// Share of what a joint is beyond its stop that a step takes back.
  private static let stopERP = 0.2

  /// Finds the rates at the end of the step from the drives' targets and the pushes from outside; false where there are
  /// none that are finite.
  ///
  /// (M + A + h kd + h² kp) q̇' = (M + A) q̇ + h (kp (q_t - q) + kd v_t - bias): gravity and what the motors hold against
  /// it cancel. A motor that would give more than its effort gives just that, a joint at its stop and one that
  /// its motor drives to its largest speed have their rate fixed, and the rest is solved again.
  func solve(h: Double) -> Bool {
    gatherInertia()
    let n = driveCount
    for i in 0..<n {
      var sum = -h * bias[i]
      for j in 0..<n { sum += massMatrix[i * n + j] * drives[j].rate }
      base[i] = sum
      drives[i].servo = drives[i].halfPlay > 0 && drives[i].lead == 0 ? .loose : .free
      drives[i].stop = .none
      let rate = drives[i].rate
      drives[i].rub = abs(rate) > Self.sticking ? (rate > 0 ? 1 : -1) : 0
    }
    for _ in 0..<Self.passes {
      fill(h: h)
      guard Cholesky.factor(factor, n) else { return false }
      Cholesky.solve(factor, rates, n)
      if !limit(h: h) { break }
    }
    for i in 0..<n {
      guard rates[i].isFinite else { return false }
      drives[i].nextRate = rates[i]
    }
    isTouchReady.pointee = false
    return true
  }

  /// Whether in the solved step a motor was at its effort or a joint at its stop or largest speed.
  var isLimited: Bool {
    for i in 0..<driveCount where drives[i].servo != .free || drives[i].stop != .none { return true }
    return false
  }

  /// The step's matrix and right side for what the limits are known to be.
  private func fill(h: Double) {
    let n = driveCount
    factor.update(from: massMatrix, count: n * n)
    for i in 0..<n {
      let drive = drives[i]
      var right = base[i] + drive.armature * drive.rate
      switch drive.servo {
      case .free:
        right +=
          h
          * (drive.kp * (drive.target - drive.lead - drive.position) + drive.kd * drive.targetRate)
      case .atMost: right += h * (drive.effort - drive.gravity)
      case .atLeast: right += h * (-drive.effort - drive.gravity)
      case .loose: right -= h * drive.gravity
      }
      if drive.friction > 0 {
        right -= h * drive.friction * drive.rub
      }
      factor[i * n + i] += own(drive, h: h)
      rates[i] = right
    }
    for i in 0..<n where drives[i].stop != .none {
      let rate = drives[i].nextRate
      for j in 0..<n {
        rates[j] -= factor[j * n + i] * rate
        factor[j * n + i] = 0
        factor[i * n + j] = 0
      }
      factor[i * n + i] = 1
    }
    for i in 0..<n where drives[i].stop != .none { rates[i] = drives[i].nextRate }
  }

  /// What the drive itself adds to its joint's inertia over a step.
  func own(_ drive: ReducedDrive, h: Double) -> Double {
    var sum = drive.armature + h * drive.damping
    if drive.servo == .free { sum += h * (drive.kd + h * drive.kp) }
    if drive.friction > 0 && drive.rub == 0 { sum += h * drive.friction / Self.sticking }
    return sum
  }

  /// Finds what is beyond its limit in the solution and holds it there; false where nothing is.
  private func limit(h: Double) -> Bool {
    var isChanged = false
    for i in 0..<driveCount {
      let rate = rates[i]
      if drives[i].halfPlay > 0 && drives[i].meetPlay(rate, h: h) {
        isChanged = true
        continue
      }
      let wanted = drives[i].servo == .loose ? 0 : drives[i].wanted(rate, h: h)
      if drives[i].stop == .none {
        let position = drives[i].position, next = position + h * rate
        if next < drives[i].lower && rate < 0 || next > drives[i].upper && rate > 0 {
          let beyond = (rate < 0 ? drives[i].lower : drives[i].upper) - position
          let isOutside = rate < 0 ? beyond > 0 : beyond < 0
          hold(i, .end, rate: (isOutside ? Self.stopERP : 1) * beyond / h)
          isChanged = true
        } else if abs(rate) > drives[i].speed && wanted * rate > 0 && abs(drives[i].rate) <= 1.01 * drives[i].speed {
          hold(i, .speed, rate: rate > 0 ? drives[i].speed : -drives[i].speed)
          isChanged = true
        } else if drives[i].servo == .free && abs(wanted) > drives[i].effort {
          drives[i].servo = wanted > 0 ? .atMost : .atLeast
          isChanged = true
        } else if drives[i].servo == .atMost && wanted < drives[i].effort
          || drives[i].servo == .atLeast && wanted > -drives[i].effort
        {
          // It was at its limit only while another one seemed to give more than it can.
          drives[i].servo = .free
          isChanged = true
        }
      }
      if drives[i].friction > 0 && drives[i].stop == .none {
        if drives[i].rub == 0 && abs(rate) > Self.sticking {
          drives[i].rub = rate > 0 ? 1 : -1
          isChanged = true
        } else if drives[i].rub * rate < 0 {
          drives[i].rub = 0
          isChanged = true
        }
      }
    }
    return isChanged
  }

  private func hold(_ i: Int, _ stop: ReducedDrive.Stop, rate: Double) {
    drives[i].stop = stop
    drives[i].nextRate = rate
  }

  /// What the joint gave in the step.
  func apply(_ i: Int, h: Double) {
    let drive = drives[i]
    var torque =
      drive.servo == .loose
      ? 0 : min(max(drive.wanted(drive.nextRate, h: h), -drive.effort), drive.effort)
    if drive.stop == .speed {
      // As much as keeps the rate.
      var needed = (drive.armature + h * drive.damping) * drive.nextRate - drive.armature * drive.rate - base[i]
      for j in 0..<driveCount { needed += massMatrix[i * driveCount + j] * drives[j].nextRate }
      torque = min(max(needed / h + drive.gravity, -drive.effort), drive.effort)
    }
    let rotor = drive.armature * (drive.nextRate - drive.rate) / h
    drives[i].applied = torque - rotor
    drives[i].commanded = drive.wanted(drive.nextRate, h: h) - rotor
  }
}
