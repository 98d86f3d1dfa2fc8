import SeedbedGeneration
import SeedbedQuality
import SeedbedScene
import Testing

@Suite struct WorkerMessageTests {
  static let summary: EpisodeSummary = {
    var summary = EpisodeSummary()
    (summary.frames, summary.success, summary.cause, summary.lcpMessages) = (200, false, "slipped", 3)
    summary.gateFailures = [GateFailure(.jerk, "joint \"a b\" has\n600 rad/s³, more than 500.")]
    summary.reason = "no \"way\"\nat all"
    summary.seconds.physics = 0.1
    return summary
  }()

  @Test(arguments: [
    WorkerReply.grown(3, bytes: 12, summary), .grown(4, bytes: 0, EpisodeSummary()), .identical(0, seconds: 1.5),
    .ready, .alive, .differs(12, "episode 12, frame 3: \"a\\b\"\nsecond line\\"), .failed(9, kind: .input, ""),
    .failed(1, kind: .cannotWrite, "back\\nslash"),
    .replayed(
      ReplayEnding(
        episode: 12, space: "ee_pose.force", recorded: .init(cause: "none", frame: -1, stateHash: "0123456789abcdef"),
        replayed: .init(cause: "slipped", frame: 80, stateHash: "fedcba9876543210"))),
  ])
  func repliesComeBack(_ reply: WorkerReply) {
    #expect(reply.line.filter(\.isNewline).count == 1)
    #expect(WorkerReply(line: reply.line.dropLast()) == reply)
  }

  @Test(arguments: [WorkerJob.grow(0), .check(1_000_000), .replay(3, ActionSpace(.eeDeltaTool, .force))])
  func jobsComeBack(_ job: WorkerJob) {
    #expect(WorkerJob(line: job.line.dropLast()) == job)
  }

  @Test(arguments: [
    PackOrder.keep(0), .reject(7, kind: "gate", reason: "jerk: a\nb"), .quarantine(8, signal: "SIGABRT", reason: ""),
    .settle(keepingWork: true), .settle(keepingWork: false),
  ])
  func ordersComeBack(_ order: PackOrder) {
    #expect(PackOrder(line: order.line.dropLast()) == order)
  }

  @Test(arguments: ["", "grow", "grow -1", "grow x", "sow 1", "grow 1 2", "replay 1", "replay 1 ee"])
  func nonsenseIsRefused(_ line: String) {
    #expect(WorkerJob(line: line) == nil)
    #expect(WorkerReply(line: line) == nil || line.isEmpty == false)
  }
}
