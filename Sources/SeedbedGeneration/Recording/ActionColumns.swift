import SeedbedEpisodes
import SeedbedPhysics
import SeedbedScene
import SeedbedTrials
import URDF

/// Records the commands of an episode in the action spaces that were asked for.
///
/// Whatever the dataset calls `action`, the robot of the episode was driven by joint targets; the other numbers are made
/// from these, each so that its own controller does the same.
public struct ActionColumns: Sendable {
  let choice: ActionChoice
  private let features: [Feature]

  /// nil where the simulation's own features are what was asked for.
  init?(_ choice: ActionChoice, _ contract: ActionFeatures) {
    guard choice != ActionChoice() else { return nil }
    self.choice = choice
    features =
      [contract.feature(choice.space, isBeside: false)] + choice.also.map { contract.feature($0, isBeside: true) }
  }

  /// The dataset's features: `action` is another one, and what stands beside it comes behind it.
  func schema(_ own: FeatureSchema) -> FeatureSchema {
    var schema = own
    schema.features = own.features.flatMap { $0.name == "action" ? features : [$0] }
    return schema
  }

  /// An episode's columns in the order of `schema`.
  func columns(
    own: FeatureSchema, _ columns: [Column], frames: Int, instance: SceneInstance, assets: SceneAssets
  ) throws(GenerationError) -> [Column] {
    guard let action = own.index(of: "action"), let state = own.index(of: "observation.state"),
      let effort = own.index(of: "observation.effort"), case .float32(let targets) = columns[action],
      case .float32(let states) = columns[state], case .float32(let efforts) = columns[effort]
    else { throw GenerationError("the simulation recorded no commands") }
    let width = own.features[action].width
    guard width > 0, [targets, states, efforts].allSatisfy({ $0.count == frames * width }) else {
      // A damaged recording, which no gate lets pass, is passed on as it is.
      return own.features.indices.flatMap { i in
        i == action ? features.map { _ in columns[action] } : [columns[i]]
      }
    }
    let model: ArmModel
    do {
      model = try ArmModel(assets.robot, instance.robot)
    } catch {
      throw GenerationError("the arm of the robot cannot be followed: \(error)", kind: .input)
    }
    // What the gripper is told now acts on where it will be.
    let late = (instance.robot.gripper.delay ?? 0) * Double(instance.rates.control)
    func gripper(_ values: [Float], _ frame: Double) -> Float {
      let k = min(Int(frame), frames - 1), next = min(k + 1, frames - 1)
      let share = Float(frame - Double(Int(frame)))
      let (a, b) = (values[k * width + width - 1], values[next * width + width - 1])
      return a + share * (b - a)
    }
    let recorded = ([choice.space] + choice.also).map { space in
      var controller = ActionController(space, instance, model)
      var numbers: [Float] = []
      for k in 0..<frames {
        let at = k * width, last = at + width - 1
        let command = RobotCommand(arm: Array(targets[at..<last]), opening: targets[last])
        numbers += controller.action(
          command, opening: gripper(states, Double(k) + late),
          force: gripper(efforts, Double(k + 1) + late.rounded()))
      }
      return Column.float32(numbers)
    }
    return columns.indices.flatMap { $0 == action ? recorded : [columns[$0]] }
  }
}
