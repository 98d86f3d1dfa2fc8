import SeedbedGeneration
import Testing

@Suite struct WorkerMessageTests {
  @Test(arguments: [
    WorkerReply.grown(3, writingSeconds: 0.25), .identical(0, seconds: 1.5),
    .differs(12, "episode 12, frame 3: \"a\\b\"\nsecond line\\"), .failed(9, ""), .failed(1, "back\\nslash"),
  ])
  func repliesComeBack(_ reply: WorkerReply) {
    #expect(reply.line.filter(\.isNewline).count == 1)
    #expect(WorkerReply(line: reply.line.dropLast()) == reply)
  }

  @Test(arguments: [WorkerJob.grow(0), .check(1_000_000)])
  func jobsComeBack(_ job: WorkerJob) {
    #expect(WorkerJob(line: job.line.dropLast()) == job)
  }

  @Test(arguments: ["", "grow", "grow -1", "grow x", "sow 1", "grow 1 2"])
  func nonsenseIsRefused(_ line: String) {
    #expect(WorkerJob(line: line) == nil)
    #expect(WorkerReply(line: line) == nil || line.isEmpty == false)
  }
}
