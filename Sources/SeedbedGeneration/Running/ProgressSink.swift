/// Is told how a run goes on.
public protocol ProgressSink: Sendable {
  /// Episodes were decided on; the report so far (without wall seconds).
  func advanced(_ report: RunReport)
  /// A line for the user.
  func note(_ line: String)
}
