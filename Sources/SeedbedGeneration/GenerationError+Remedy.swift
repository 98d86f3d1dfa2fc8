import SeedbedDatasets

extension GenerationError {
  /// What the disk or the system refused, with what to do about it; any other error as it is.
  static func withRemedy(_ error: any Error, _ remedy: String) -> any Error {
    var refusal = error as? GenerationError
    if let error = error as? DatasetError, error.kind == .io {
      refusal = GenerationError("\(error)", kind: .cannotWrite)
    }
    guard var refusal, refusal.kind == .cannotWrite || refusal.kind == .system else { return error }
    refusal.description += ". " + remedy
    return refusal
  }
}
