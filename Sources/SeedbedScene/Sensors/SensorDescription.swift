import SeedbedGeometry
public import SeedbedRandomness

/// A sensor before the draws.
public struct SensorDescription: Sendable {
  public struct Error: Sendable {
    public var quantity: String
    public var noise: Variable<Double>
    public var bias: [Variable<Double>]
  }

  public var name: String
  public var kind: SensorKind
  public var pose: PoseDescription
  /// Carried by the tool centre point: `pose` is in its frame.
  public var isAtTool: Bool
  public var rate: Int
  public var errors: [Error]
  public var delay: Variable<Double>
  public var dropout: Variable<Double>

  func draw(_ drawing: inout Drawing, robot: RobotInstance) -> SensorInstance {
    let own = pose.draw(&drawing)
    var errors: [SensorError] = []
    for error in self.errors {
      let noise = error.noise.draw(&drawing)
      var bias: [Double] = []
      for value in error.bias { bias.append(value.draw(&drawing)) }
      errors.append(SensorError(quantity: error.quantity, noise: noise, bias: bias))
    }
    return SensorInstance(
      name: name, kind: kind, pose: isAtTool ? robot.tcp * own : own, rate: rate, errors: errors,
      delay: delay.draw(&drawing), dropout: dropout.draw(&drawing))
  }
}
