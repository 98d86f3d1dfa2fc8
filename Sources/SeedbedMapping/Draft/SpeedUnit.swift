/// In what a real dataset gives speeds, guessed by what the places do that change with them: a second, a frame, or
/// in a scale of their own.
struct SpeedUnit {
  /// What stands behind the signal.
  var text: String
  var note: String
  /// A frame, not a second.
  var isPerFrame = false

  /// - Parameters:
  ///   - speeds: Of the dimensions.
  ///   - places: Of those whose speeds they are.
  ///   - unit: Of the places: "rad", "deg", "m", "mm".
  ///   - own: What the simulation gives them in: "rad", "m".
  ///   - rate: Frames a second.
  /// - Returns: nil where the numbers tell nothing.
  init?(_ speeds: [RealEvidence.Range], places: [RealEvidence.Range], unit: String, own: String, rate: Int) {
    let speed = speeds.reduce(0) { $0 + $1.magnitude }, way = places.reduce(0) { $0 + $1.step }
    guard speed > 0, way > 0, speeds.count == places.count else { return nil }
    /// 1 where they are a second, in the unit of the places.
    let ratio = speed / (way * Double(rate)), near = 0.5...2.0
    func text(_ unit: String, _ scale: String? = nil) -> String {
      (unit == own ? "" : ", unit: \(unit)/s") + (scale.map { ", scale: \($0)" } ?? "")
    }
    if near.contains(ratio) {
      (self.text, note) = (text(unit), "\(unit)/s: on average as fast as the places change")
    } else if near.contains(ratio * Double(rate)) {
      (self.text, note) = (
        text(unit, short(1 / Double(rate))), "\(unit) a frame, not a second: on average the places' way in a frame"
      )
      isPerFrame = true
    } else if unit == "rad", near.contains(ratio / 57.29578) {
      (self.text, note) = (text("deg"), "deg/s: on average as fast as the places change")
    } else {
      let scale = short((ratio * 1000).rounded() / 1000)
      (self.text, note) = (
        text(unit, scale == "0" ? short(ratio) : scale),
        "on average \(short(ratio)) times as fast as the places change in \(unit)/s: normalised? Give the real scale"
      )
    }
  }
}

extension FeatureDraft {
  /// How the speeds of some joints are given.
  func speedUnit(ofJoints dimensions: [Int]) -> SpeedUnit? {
    guard let places = measuredJoints(dimensions) else { return nil }
    return speedUnit(dimensions, places, own: "rad", greatest: [(6.3, "rad"), (400, "deg")])
  }

  /// How the speeds of the tool centre point along x, y, z are given.
  func speedUnit(ofPlaces parts: [PosePart?]) -> SpeedUnit? {
    let dimensions = parts.indices.filter { parts[$0]?.isOfPlace == true }
    let places = measured(dimensions.count) { feature, role in
      if feature.names.isEmpty { return role.isPose ? Array(0..<min(3, feature.width)) : [] }
      return feature.names.indices.filter {
        if case .pose(let part, false) = DimensionName(feature.names[$0]).kind { part.isOfPlace } else { false }
      }
    }
    guard let places else { return nil }
    return speedUnit(dimensions, places, own: "m", greatest: [(3, "m"), (.infinity, "mm")])
  }

  /// Whether what is called an action of joints must be speeds: to both sides of 0, where a joint never is.
  func areSpeeds(_ dimensions: [Int]) -> Bool {
    guard let ranges, actionKind == .absolute, let places = measuredJoints(dimensions),
      dimensions.allSatisfy({ ranges[$0].lowest < 0 && ranges[$0].highest > 0 })
    else { return false }
    return zip(dimensions, places).contains { d, place in
      ranges[d].highest < place.lowest - 0.1 || ranges[d].lowest > place.highest + 0.1
    }
  }

  private func speedUnit(
    _ dimensions: [Int], _ places: [RealEvidence.Range], own: String, greatest: [(Double, String)]
  ) -> SpeedUnit? {
    let reach = places.map(\.greatest).max() ?? 0
    guard let ranges, let unit = greatest.first(where: { reach <= $0.0 })?.1 else { return nil }
    return SpeedUnit(dimensions.map { ranges[$0] }, places: places, unit: unit, own: own, rate: framesPerSecond)
  }

  private func measuredJoints(_ dimensions: [Int]) -> [RealEvidence.Range]? {
    measured(dimensions.count) { other, role in
      guard !role.isPose, !role.isGripper else { return [] }
      if other.names == feature.names, other.width == feature.width { return dimensions }
      return other.names.isEmpty
        ? Array(0..<min(other.width, dimensions.count))
        : other.names.indices.filter { DimensionName(other.names[$0]).kind == .joint }
    }
  }

  /// Of the first feature of measured places that has so many of them.
  private func measured(
    _ count: Int, _ places: (RealSchema.Numbers, FeatureRole) -> [Int]
  ) -> [RealEvidence.Range]? {
    guard count > 0 else { return nil }
    for (other, all) in siblings {
      guard let role = FeatureRole(other.name), role.quantity == .position, !role.isTarget else { continue }
      let found = places(other, role)
      if found.count == count { return found.map { all[$0] } }
    }
    return nil
  }
}
