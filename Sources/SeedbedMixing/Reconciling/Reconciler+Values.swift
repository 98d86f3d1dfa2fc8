import SeedbedDatasets

extension Reconciler {
  /// Numbers, truth values and texts.
  mutating func valuePlan(
    _ name: String, _ all: [(source: MixSource, feature: SourceFeature)]
  ) -> FeaturePlan? {
    guard let first = all.first else { return nil }
    for (source, feature) in all where feature.plainShape != first.feature.plainShape {
      problem(
        name,
        "it has shape \(first.feature.plainShape) in '\(first.source.name)' and \(feature.plainShape) in '\(source.name)'.",
        "These are not the same quantities: leave it out with --drop \(name), or grow the simulated side with "
          + "'seedbed generate --like'.")
      return nil
    }
    guard let type = NumberType.common(all.map(\.feature.dataType)) else {
      problem(
        name, "it is " + all.map { "'\($0.feature.dataType)' in '\($0.source.name)'" }.joined(separator: " and ") + ".",
        "Leave it out with --drop \(name).")
      return nil
    }
    let types = Set(all.map(\.feature.dataType))
    if types != [type] { note("'\(name)' is stored as \(type) (\(types.sorted().joined(separator: ", ")))") }
    let names = dimensionNames(name, all)
    let shape = first.feature.plainShape
    var recipes: [FeaturePlan.Recipe] = []
    for source in sources {
      guard let feature = feature(name, in: source) else {
        guard let fill = fill(name, type: type, width: first.feature.width) else { return nil }
        recipes.append(.fill(fill))
        continue
      }
      recipes.append(.column(feature.name, order: order(of: feature, in: source, names: names, name)))
    }
    return FeaturePlan(feature: .values(name, type, shape: shape, names: names), recipes: recipes)
  }

  /// The names that count; nil where nobody gives any.
  private mutating func dimensionNames(
    _ name: String, _ all: [(source: MixSource, feature: SourceFeature)]
  ) -> [String]? {
    let given = all.compactMap { entry in entry.feature.dimensionNames.map { (entry.source, $0) } }
    if let chosen = request.names.last(where: { $0.feature == name }) {
      return given.first { $0.0.name == chosen.source }?.1
    }
    guard let first = given.first else { return nil }
    for (source, names) in given where names.sorted() != first.1.sorted() {
      let differing = zip(first.1, names).filter { $0.0 != $0.1 }
      let sample = differing.prefix(3).map { "'\($0.0)' against '\($0.1)'" }.joined(separator: ", ")
      problem(
        name,
        "its dimensions have other names in '\(source.name)' than in '\(first.0.name)': \(sample)"
          + (differing.count > 3 ? " and \(differing.count - 3) more." : "."),
        "If they are the same quantities in the same order, take the names of one with --names \(name)=\(first.0.name); "
          + "else leave it out with --drop \(name).")
    }
    return first.1
  }

  /// How a source's dimensions come into the order of the mix.
  private mutating func order(
    of feature: SourceFeature, in source: MixSource, names: [String]?, _ name: String
  ) -> [Int]? {
    guard let names, let own = feature.dimensionNames, own != names,
      !request.names.contains(where: { $0.feature == name }), Set(own).count == own.count
    else { return nil }
    let places = names.compactMap { own.firstIndex(of: $0) }
    guard places.count == own.count else { return nil }
    note("the dimensions of '\(name)' of '\(source.name)' are put into the order of the others, by their names")
    return places
  }

  /// What `--fill` says.
  mutating func fill(_ name: String, type: String, width: Int) -> FeaturePlan.Fill? {
    guard let text = request.fills.last(where: { $0.feature == name })?.value else { return nil }
    if type == "string" { return .text(text) }
    let parts = text.drop { $0 == "[" }.prefix { $0 != "]" }.split(separator: ",")
      .map { $0.drop { $0 == " " } }.map { String($0.reversed().drop { $0 == " " }.reversed()) }
    let numbers = parts.compactMap { part in
      part == "true" ? 1 : part == "false" ? 0 : Double(part).flatMap { $0.isFinite ? $0 : nil }
    }
    guard numbers.count == parts.count, numbers.count == 1 || numbers.count == width else {
      problem(
        "--fill", "\(name)=\(text) is neither one number nor \(width) of them.", "Write for example --fill \(name)=0.")
      return nil
    }
    if type == "int64" || type == "bool", !numbers.allSatisfy({ $0 == $0.rounded() && $0.magnitude <= 0x1p53 }) {
      problem("--fill", "\(name)=\(text): it holds whole numbers.", "Write for example --fill \(name)=0.")
      return nil
    }
    return .numbers(numbers.count == width ? numbers : [Double](repeating: numbers[0], count: width))
  }
}
