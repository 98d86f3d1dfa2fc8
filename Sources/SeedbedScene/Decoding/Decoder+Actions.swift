import Diagnostics

extension Decoder {
  /// The `actions:` block: what the dataset calls `action`, and what stands beside it.
  func actions(_ value: YAMLNode?) -> ActionChoice {
    var choice = ActionChoice()
    guard let value, let fields = map(value, "`actions`", keys: ["space", "also"]) else { return choice }
    if let node = fields["space"], let space = actionSpace(node) { choice.space = space }
    if let node = fields["also"], let items = list(node, "the action spaces beside `action`", atMost: 32) {
      choice.also = items.compactMap(actionSpace)
    }
    if let twice = choice.repeated {
      error(
        fields["also"] ?? value, "The action space `\(twice.name)` is named twice.",
        "Name it once; what `space` says need not stand in `also`.")
    }
    return choice
  }

  private func actionSpace(_ value: YAMLNode) -> ActionSpace? {
    guard let word = text(value, "an action space") else { return nil }
    do {
      return try ActionSpace(parsing: word, at: value.location)
    } catch {
      append(error.diagnostics)
      return nil
    }
  }
}
