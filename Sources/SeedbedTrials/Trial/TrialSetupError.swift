/// Why no trial can be made from an instance: mistakes that a scene's check should have found.
public enum TrialSetupError: Error, Sendable, Equatable, CustomStringConvertible {
  case notAPickAndPlace
  case unknownObject(String)
  case sameObject(String)
  case robot(ArmModelError)

  public var description: String {
    switch self {
    case .notAPickAndPlace: "the task is not a pick and place"
    case .unknownObject(let name): "the task names the object \(name), which is not in the scene"
    case .sameObject(let name): "the task puts the object \(name) into itself"
    case .robot(let error): "\(error)"
    }
  }
}
