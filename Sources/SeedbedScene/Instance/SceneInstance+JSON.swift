public import Diagnostics
import FoundationEssentials

extension SceneInstance {
  /// The instance as JSON: keys sorted, no spaces, the shortest digits that read back as the same number.
  public func canonicalJSON() -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    guard let data = try? encoder.encode(self) else {
      preconditionFailure("an instance holds finite numbers only")
    }
    return Array(data)
  }

  /// Reads what `canonicalJSON` wrote, bit for bit.
  ///
  /// - Parameter name: the file's name for messages.
  public init(canonicalJSON bytes: [UInt8], name: String = "instance") throws(InputError) {
    do {
      self = try JSONDecoder().decode(SceneInstance.self, from: Data(bytes))
    } catch {
      throw InputError(
        at: SourceLocation(file: name), "This is not a scene instance.",
        remedy: "Was the file cut short or changed by hand?")
    }
  }
}
