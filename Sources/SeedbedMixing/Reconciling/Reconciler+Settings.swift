import Diagnostics
import SeedbedDatasets

extension Reconciler {
  /// Settings that name what does not exist.
  mutating func checkSettings() {
    let known = Set(sources.flatMap { $0.data.info.features.map(\.name) })
    let all = known.union(request.renames.map(\.new))
    var named = request.fills.map { ("--fill", $0.feature) } + request.dropped.map { ("--drop", $0) }
    named += request.names.map { ("--names", $0.feature) } + request.renames.map { ("--rename", $0.old) }
    for (flag, name) in named where !all.contains(name) {
      let near = closestMatch(to: name, among: known).map { " Did you mean '\($0)'?" } ?? ""
      problem(
        flag, "no source has a feature '\(name)'.", "The features are \(known.sorted().joined(separator: ", ")).\(near)"
      )
    }
    for (flag, name) in named where SourceFeature.standardNames.contains(name) {
      problem(
        flag, "'\(name)' is one of LeRobot's own columns, which every dataset has and the mix writes itself.",
        "Leave this out.")
    }
    checkRenames()
    for (flag, source) in request.names.map({ ("--names", $0.source) })
    where !sources.contains(where: { $0.name == source }) {
      problem(
        flag, "there is no source '\(source)'.", "The sources are \(sources.map(\.name).joined(separator: ", ")).")
    }
  }

  /// Two features of a source must not come to one name: one of them would be lost.
  private mutating func checkRenames() {
    for rename in request.renames {
      if let name = rename.source, let source = sources.first(where: { $0.name == name }),
        !source.data.info.features.contains(where: { $0.name == rename.old }),
        sources.contains(where: { $0.data.info.features.contains { $0.name == rename.old } })
      {
        problem(
          "--rename", "'\(name)' has no feature '\(rename.old)'.",
          "Its features are \(source.data.info.features.map(\.name).sorted().joined(separator: ", ")).")
      }
      if SourceFeature.standardNames.contains(rename.new) {
        problem(
          "--rename", "'\(rename.new)' is one of LeRobot's own columns, which the mix writes itself.",
          "Choose another name for '\(rename.old)'.")
      }
    }
    for source in sources {
      for (name, same) in Dictionary(grouping: features(of: source), by: \.name).sorted(by: { $0.key < $1.key })
      where same.count > 1 {
        let olds = same.map(\.feature.name)
        let standing = olds.contains(name)
        problem(
          "--rename",
          "'\(source.name)' would have \(olds.count) features '\(name)': \(olds.map { $0 == name ? "its own" : "'\($0)'" }.joined(separator: " and ")).",
          standing
            ? "Choose another name, or give its own another one too: --rename \(source.name):\(name)=\(name)_before."
            : "Choose different names.")
      }
    }
  }
}
