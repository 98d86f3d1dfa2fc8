import Diagnostics

extension MixRequest {
  /// What is wrong with the request by itself: names, shares, places.
  func check(_ problems: inout MixProblems) {
    var names: Set<String> = []
    if sources.isEmpty {
      problems.add("mix", "there is no source.", "Give at least one, for example real=data/real.")
    }
    for source in sources {
      if !names.insert(source.name).inserted {
        problems.add("mix", "two sources are called '\(source.name)'.", "Give each a name of its own.")
      }
      checkPlace(source, &problems)
    }
    let all = sources.map(\.name)
    func known(_ flag: String, _ name: String) {
      if all.contains(name) { return }
      let near = closestMatch(to: name, among: all).map { " Did you mean '\($0)'?" } ?? ""
      problems.add(flag, "there is no source '\(name)'.", "The sources are \(all.joined(separator: ", ")).\(near)")
    }
    for (name, _) in ratio { known("--ratio", name) }
    for setting in conditions { if let name = setting.source { known("--where", name) } }
    for setting in origins { if let name = setting.source { known("--origin", name) } }
    for rename in renames { if let name = rename.source { known("--rename", name) } }
    if let model { known("--like", model) }
    checkRatio(&problems)
  }

  private func checkRatio(_ problems: inout MixProblems) {
    if let size {
      if size.unit != unit, size.unit != .episodes {
        problems.add(
          "--\(size.unit.rawValue)", "the size is given in \(size.unit.rawValue) and the ratio is by \(unit.rawValue).",
          "Give the size by " + (unit == .episodes ? "" : "--\(unit.rawValue) or ")
            + "--episodes, or the ratio --by \(size.unit.rawValue).")
      }
      if !(size.amount > 0 && size.amount < 1e15) {
        problems.add("--\(size.unit.rawValue)", "it is \(size.amount).", "Give a number above 0.")
      }
    }
    if ratio.isEmpty { return }
    for name in sources.map(\.name) where !ratio.contains(where: { $0.name == name }) {
      problems.add("--ratio", "it says nothing about '\(name)'.", "Give each source its share.")
    }
    for (i, entry) in ratio.enumerated() where ratio[..<i].contains(where: { $0.name == entry.name }) {
      problems.add("--ratio", "it names '\(entry.name)' twice.", "Give each source one share.")
    }
    for entry in ratio where !(entry.share > 0 && entry.share <= 1) {
      problems.add(
        "--ratio", "the share of '\(entry.name)' is \(entry.share).",
        "Give a number above 0 and at most 1; leave out a source of 0.")
    }
    let sum = ratio.reduce(0) { $0 + $1.share }
    if !((sum - 1).magnitude <= 1e-6) {
      let scaled = ratio.map { "\($0.name)=\(($0.share / sum * 1000).rounded() / 1000)" }.joined(separator: ",")
      problems.add(
        "--ratio", "the shares add up to \((sum * 1e6).rounded() / 1e6), not to 1.",
        sum > 0 && sum.isFinite ? "In the same proportion they would be \(scaled)." : "Give shares that add up to 1.")
    }
  }

  /// The mix must not lie in a source, nor a source in it, under whatever names.
  private func checkPlace(_ source: Source, _ problems: inout MixProblems) {
    guard let from = canonicalPath(source.directory) else { return }
    var place = out
    while place.count > 1, place.hasSuffix("/") { place.removeLast() }
    var rest = ""
    // The place itself need not exist yet: the nearest folder above it does.
    while canonicalPath(place) == nil {
      guard let slash = place.lastIndex(of: "/") else {
        rest = "/" + place + rest
        place = "."
        break
      }
      rest = place[slash...] + rest
      place = slash == place.startIndex ? "/" : String(place[..<slash])
    }
    guard let base = canonicalPath(place) else { return }
    let to = (base == "/" ? "" : base) + rest
    if isInside(to, from) {
      problems.add("--out", "\(out) lies in the source \(source.directory).", "Choose a place outside of all sources.")
    } else if isInside(from, to) {
      problems.add("--out", "the source \(source.directory) lies in \(out).", "Choose a place outside of all sources.")
    }
  }
}
