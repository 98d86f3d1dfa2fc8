/// Is told how a run goes on.
public protocol ProgressSink: Sendable {
  /// An episode was packed; the report so far (without wall seconds).
  func packed(_ report: RunReport)
  /// A line for the user.
  func note(_ line: String)
}
