public import SeedbedScene

/// What the command line says about action spaces; what is nil there, the scene says.
public struct ActionRequest: Sendable, Codable, Equatable {
  /// Of `action`.
  public var space: ActionSpace?
  /// Beside it.
  public var also: [ActionSpace]?

  /// nil where both are.
  public init?(space: ActionSpace?, also: [ActionSpace]?) {
    guard space != nil || also != nil else { return nil }
    self.space = space
    self.also = also
  }

  /// Laid over what the scene says.
  ///
  /// - Throws: Where a space is named twice.
  func over(_ scene: ActionChoice) throws(GenerationError) -> ActionChoice {
    let main = space ?? scene.space
    // The scene's list is meant beside the scene's own space.
    let choice = ActionChoice(space: main, also: also ?? scene.also.filter { $0 != main })
    if let twice = choice.repeated {
      throw GenerationError(
        "the action space \(twice.name) is asked for twice. "
          + (twice == main ? "It is `action` already: leave it out of --also-action." : "Name it once."), kind: .usage)
    }
    return choice
  }

  static func text(_ request: ActionRequest?) -> (space: String, also: String) {
    (
      request?.space?.name ?? "not given",
      request?.also.map { $0.map(\.name).joined(separator: ",") } ?? "not given"
    )
  }
}

extension RunRecord {
  /// Throws where another dataset's form says already what `action` is.
  func checkActions() throws(GenerationError) {
    guard like != nil, actions != nil else { return }
    throw GenerationError(
      "--action-space and --also-action do not go with --like: the form of the real dataset says what `action` is, and the "
        + "mapping (--map) what feeds it. Leave them out, or change the mapping.", kind: .usage)
  }
}
