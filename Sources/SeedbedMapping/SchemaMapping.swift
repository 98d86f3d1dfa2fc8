/// What feeds every number and picture of a real dataset's form: a mapping file, decoded against both sides.
public struct SchemaMapping: Sendable, Equatable {
  enum Source: Sendable, Equatable {
    /// scale x value + offset, then cut off at the bounds.
    case signal(Signal, name: String, scale: Double, offset: Double, bounds: ClosedRange<Double>?)
    /// The same in every frame.
    case fill(Double)
    /// Of a feature of texts: the same in every frame; nil for the episode's instruction.
    case text(String?)
  }

  enum CameraSource: Sendable, Equatable {
    /// A camera of the scene.
    case camera(String)
    case black
  }

  /// One list a feature of the real schema, one entry a dimension.
  var features: [[Source]]
  /// The unit of each, as the mapping file says it.
  var units: [[String]]
  /// One a camera of the real schema.
  var cameras: [CameraSource]
  /// Largest opening of the simulated gripper, m.
  var maxOpening = 0.0

  /// The scene's camera that feeds each camera of the real schema; nil where it stays black.
  public var cameraNames: [String?] {
    cameras.map { if case .camera(let name) = $0 { name } else { nil } }
  }

  /// Whether the pose of the tool centre point is needed.
  var needsPoses: Bool {
    features.joined().contains {
      guard case .signal(let signal, _, _, _, _) = $0 else { return false }
      return signal.isOfPose
    }
  }
}
