/// What keeps a JSON file from being decoded, as the end of a sentence.
func jsonProblem(_ error: any Error) -> String {
  func place(_ path: [any CodingKey]) -> String { path.map(\.stringValue).joined(separator: ".") }
  guard let error = error as? DecodingError else { return "\(error)" }
  switch error {
  case .keyNotFound(let key, let context): return "it has no '\(place(context.codingPath + [key]))'"
  case .typeMismatch(_, let context), .valueNotFound(_, let context):
    return context.codingPath.isEmpty
      ? "it is no JSON object" : "its '\(place(context.codingPath))' is of the wrong kind"
  case .dataCorrupted(let context):
    return context.codingPath.isEmpty ? "it is no JSON" : "its '\(place(context.codingPath))' is out of range"
  @unknown default: return "it cannot be decoded"
  }
}
