/// What is added to a tracked tool path at its start, so that the joints come from home although the tool path begins
/// in another posture: an offset that dies away smoothly.
package struct JointLead: Sendable, Equatable {
  /// rad or m, one a joint.
  package var offset: [Double]
  /// Seconds.
  package var duration: Double

  /// `joints` begins with sample `first`. Factor 1 adds the lead, -1 takes it away.
  func add(to joints: inout JointTrajectory, from first: Int, rate: Double, factor: Double = 1) {
    guard duration > 0, offset.contains(where: { $0 != 0 }) else { return }
    for k in 0..<joints.count {
      let share = 1 - smoothStep(Double(first + k) / rate / duration)
      guard share > 0 else { return }
      for j in offset.indices { joints.values[k * joints.joints + j] += factor * share * offset[j] }
    }
  }
}
