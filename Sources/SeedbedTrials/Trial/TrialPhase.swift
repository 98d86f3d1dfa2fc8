/// What the scripted expert is at. In `grasp` and `release` the tool stands still while the fingers move; in `done` it
/// waits. Recorded as `privileged.phase`.
public enum TrialPhase: Int, Sendable, CaseIterable, Codable {
  case approach = 0, grasp, lift, transport, place, release, retreat, done
}
