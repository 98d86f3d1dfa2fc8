/// A question that is asked about every grown episode; its answer is a number, its bound is in the scene's `gates:`.
public enum Gate: String, Sendable, Codable, Hashable, CaseIterable {
  /// The task is done: 1, else 0.
  case success
  /// Numbers that are not finite.
  case nonFinite
  /// Features and cameras whose number of entries is not that of the frames.
  case missingFrames
  /// Farthest that a frame's simulated time lies off its place at the frame rate, s.
  case timeGap
  /// How far a joint's command goes while its recorded position does not change in a single bit, rad or m.
  case frozenJoint
  /// Share of a picture's pixels that are nearly black, in the blackest picture of any camera.
  case black
  /// Longest time that a camera's picture stays the same to the bit while the robot that is in it moves, s.
  case frozenPicture
  /// Share of the frames in which some camera sees the task's object.
  case visible
  /// Largest third difference of a joint's position, rad/s³ or m/s³.
  case jerk
  /// Longest standstill of the arm in a phase of motion, s.
  case pause
  /// How often a joint turns round.
  case reversals
  /// Largest effort of a joint as a share of its limit.
  case effort
  /// Largest speed of a joint as a share of its limit.
  case velocity
  /// Deepest overlap of two things that touch, m.
  case penetration
}

extension Gate {
  /// Which side of the bound is good.
  public enum Side: String, Sendable, Codable {
    case max, min
  }

  public var side: Side {
    switch self {
    case .success, .visible: .min
    default: .max
    }
  }

  /// The bound where nothing else is said; nil: off. Chosen above what the stock scenes' good episodes reach.
  public var defaultBound: Double? { self == .success ? nil : boundWhenOn }

  /// The bound of a gate that is switched on without a number.
  public var boundWhenOn: Double {
    switch self {
    case .success: 1
    case .nonFinite, .missingFrames, .timeGap, .frozenPicture: 0
    case .frozenJoint: 0.01
    case .black: 0.98
    case .visible: 0.5
    case .jerk: 500
    case .pause: 0.5
    case .reversals: 20
    case .effort: 1
    case .velocity: 1
    case .penetration: 0.005
    }
  }

  /// Of an episode that no dataset can hold; such a gate cannot be changed.
  public var isIndispensable: Bool {
    switch self {
    case .nonFinite, .missingFrames, .timeGap: true
    default: false
    }
  }

  /// Says nothing about an episode that was recorded without cameras.
  public var isAboutPictures: Bool {
    switch self {
    case .black, .frozenPicture, .visible: true
    default: false
    }
  }

  /// Of the bound, for arms with turning joints; empty for shares and counts.
  public var unit: String {
    switch self {
    case .timeGap, .frozenPicture, .pause: "s"
    case .frozenJoint: "rad"
    case .jerk: "rad/s³"
    case .penetration: "m"
    default: ""
    }
  }

  /// Bounds that make sense.
  public var range: ClosedRange<Double> {
    switch self {
    case .success, .black, .visible: 0...1
    case .pause, .frozenPicture: 0...3600
    case .frozenJoint, .penetration: 0...100
    case .effort, .velocity: 0...1000
    default: 0...1e9
    }
  }
}
