import SeedbedPhysics
import SeedbedQuality
import SeedbedScene
import SeedbedTrials
import URDF

/// What is measured of every frame but not recorded.
struct FrameWatch {
  /// Simulated time of every frame, ns.
  private(set) var clock: [Int64] = []
  private var deepest: (contact: Contact, frame: Int)?

  mutating func add(_ frame: borrowing TrialFrame) {
    clock.append(frame.nanoseconds)
    for contact in frame.contacts where contact.depth > deepest?.contact.depth ?? 0 {
      deepest = (contact, frame.index)
    }
  }

  func penetration(_ instance: SceneInstance, _ robot: RobotDescription) -> Penetration {
    func name(_ participant: Contact.Participant) -> String {
      switch participant {
      case .link(let i): robot.links[i].name
      case .object(let i): instance.objects[i].name
      }
    }
    return deepest.map {
      Penetration(
        depth: $0.contact.depth, frame: $0.frame, first: name($0.contact.first), second: name($0.contact.second))
    } ?? Penetration()
  }
}
