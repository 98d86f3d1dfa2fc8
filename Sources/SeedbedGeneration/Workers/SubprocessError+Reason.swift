import Subprocess

extension SubprocessError {
  /// What the system said, where it said something.
  var reason: String { underlyingError.map { "\($0)" } ?? "\(self)" }
}
