import Diagnostics

extension YAMLNode {
  /// This value with another laid over it: maps are merged key by key, anything else is replaced.
  func overlaid(with other: YAMLNode) -> YAMLNode {
    guard var merged = entries, let upper = other.entries else { return other }
    for entry in upper {
      if let index = merged.firstIndex(where: { $0.key == entry.key }) {
        let isDistribution = entry.value.onlyEntry.map { distributionKeys.contains($0.key) } ?? false
        let value = isDistribution ? entry.value : merged[index].value.overlaid(with: entry.value)
        merged[index] = Entry(key: entry.key, keyLocation: entry.keyLocation, value: value)
      } else {
        merged.append(entry)
      }
    }
    return YAMLNode(content: .mapping(merged), location: other.location)
  }

  /// Without some keys.
  func removing(_ keys: [String]) -> YAMLNode {
    guard let entries else { return self }
    return YAMLNode(content: .mapping(entries.filter { !keys.contains($0.key) }), location: location)
  }

  /// Puts a value at a path of keys, names of list entries and list positions; keys that are missing are added.
  ///
  /// Throws the reason why there is no such place, and what to do.
  mutating func set(_ path: ArraySlice<String>, to value: YAMLNode) throws(EditProblem) {
    guard let step = path.first else {
      self = value
      return
    }
    let rest = path.dropFirst()
    switch content {
    case .mapping(var entries):
      if let index = entries.firstIndex(where: { $0.key == step }) {
        try entries[index].value.set(rest, to: value)
      } else {
        var inner = YAMLNode(content: .mapping([]), location: value.location)
        try inner.set(rest, to: value)
        entries.append(Entry(key: step, keyLocation: value.location, value: inner))
      }
      content = .mapping(entries)
    case .sequence(var items):
      let names = items.map { $0["name"]?.text }
      guard let index = names.firstIndex(of: step) ?? Int(step).flatMap({ items.indices.contains($0) ? $0 : nil })
      else {
        let known = names.compactMap { $0 }
        let positions = items.isEmpty ? "The list is empty." : "Positions run from 0 to \(items.count - 1)."
        let remedy =
          known.isEmpty
          ? positions
          : closestMatch(to: step, among: known).map { "Did you mean `\($0)`?" }
            ?? "There are: \(known.joined(separator: ", "))."
        throw EditProblem(message: "The list has no entry `\(step)`.", remedy: remedy)
      }
      try items[index].set(rest, to: value)
      content = .sequence(items)
    case .scalar:
      throw EditProblem(
        message: "There is no `\(step)` in \(kind).", remedy: "Shorten the path, or set the whole value.")
    }
  }
}

struct EditProblem: Error {
  var message: String
  var remedy: String
}
