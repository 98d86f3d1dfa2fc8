/// In what a real dataset gives numbers of the tool centre point, guessed from its numbers: places and angles apart.
struct PoseUnit {
  enum Kind { case place, step, rate }

  private enum Unit: Equatable {
    case named(String)
    /// The controller's largest step becomes 1.
    case normalised
  }

  private let place: Unit, angle: Unit
  private let placeWhy: String, angleWhy: String
  private let kind: Kind

  /// What is faster is no hand's speed in these units: m/s, rad/s.
  private static let fastest = (place: 3.0, angle: 6.3)

  /// - Parameters:
  ///   - parts: What each dimension of the feature is, nil where it is no number of a pose.
  ///   - names: The feature's name and those of its dimensions: they may name units.
  ///   - rate: Frames a second.
  init(_ parts: [PosePart?], _ ranges: [RealEvidence.Range]?, kind: Kind, names: [String], rate: Int) {
    self.kind = kind
    let words = Set(names.flatMap(DimensionName.words))
    func greatest(_ ofPlace: Bool) -> Double? {
      ranges.flatMap { ranges in
        zip(parts, ranges).compactMap { part, range in
          part.map { $0.unit != "1" && $0.isOfPlace == ofPlace } == true ? range.greatest : nil
        }.max()
      }
    }
    let places = greatest(true), angles = greatest(false), perSecond = kind == .rate ? "/s" : ""
    let saturated =
      ranges.map { zip(parts, $0).count { $0 != nil && abs($1.greatest - 1) < 1e-3 } } ?? 0
    func extent(_ value: Double) -> String {
      "its numbers reach \(short(value))"
        + (kind == .rate && saturated >= 2
          ? ", \(saturated) of them just 1 as normalised ones do (then give `scale`)" : "")
    }
    // Of all at once: a controller takes both normalised, or none.
    let isNormalised =
      kind == .step && max(places ?? 0, angles ?? 0) <= 1.001
      && (saturated >= 2
        || (places.map { $0 * Double(rate) > Self.fastest.place }
          ?? angles.map { $0 * Double(rate) > 2 * Self.fastest.angle } ?? false))
    let normalised =
      "normalised to -1...1: \(extent(max(places ?? 0, angles ?? 0))), in m and rad too fast at \(rate) frames a second"

    if let unit = ["mm", "cm"].first(where: words.contains) {
      (place, placeWhy) = (.named(unit + perSecond), "\(unit)\(perSecond) by its name")
    } else if isNormalised {
      (place, placeWhy) = (.normalised, normalised)
    } else if let reach = places {
      let unit =
        switch kind {
        case .place: reach <= 3 ? "m" : reach <= 100 ? "cm" : "mm"
        case .step: reach * Double(rate) <= Self.fastest.place || reach <= 0.25 ? "m" : "mm"
        case .rate: reach <= 3 ? "m" : "mm"
        }
      (place, placeWhy) = (.named(unit + perSecond), "\(unit)\(perSecond): \(extent(reach))")
    } else {
      (place, placeWhy) = (.named("m" + perSecond), "taken for m\(perSecond): no data to judge by")
    }

    if !words.isDisjoint(with: ["deg", "degrees"]) {
      (angle, angleWhy) = (.named("deg" + perSecond), "degrees\(perSecond) by its name")
    } else if isNormalised {
      (angle, angleWhy) = (.normalised, normalised)
    } else if let reach = angles {
      let limit = kind == .place ? 6.3 : kind == .step ? max(0.35, Self.fastest.angle / Double(rate)) : 12.6
      let unit = words.contains("rad") || reach <= limit ? "rad" : "deg"
      let called = (unit == "deg" ? "degrees" : "rad") + perSecond
      (angle, angleWhy) = (
        .named(unit + perSecond),
        words.contains("rad") ? "\(called) by its name" : "\(called): its angles' numbers reach \(short(reach))"
      )
    } else {
      (angle, angleWhy) = (.named("rad" + perSecond), "taken for rad\(perSecond): no data to judge by")
    }
  }

  /// What stands behind the signal.
  func text(_ part: PosePart) -> String {
    guard part.unit != "1" else { return "" }
    switch part.isOfPlace ? place : angle {
    case .normalised:
      let step = PoseUnit.step(part)
      return ", range: {ours: [-\(step), \(step)], real: [-1, 1]}, clip: [-1, 1]"
    case .named(let unit): return unit == part.unit + (kind == .rate ? "/s" : "") ? "" : ", unit: \(unit)"
    }
  }

  func note(_ part: PosePart) -> String {
    guard part.unit != "1" else { return "a unit quaternion" }
    let why = part.isOfPlace ? placeWhy : angleWhy
    guard (part.isOfPlace ? place : angle) == .normalised else { return why }
    return why + "; 1 is taken for \(PoseUnit.step(part)) \(part.unit), the default of robosuite's OSC_POSE controller "
      + "(output_max): give the real controller's"
  }

  /// The greatest step of robosuite's operational space controller by default, as LIBERO has it.
  private static func step(_ part: PosePart) -> String { part.isOfPlace ? "0.05" : "0.5" }
}
