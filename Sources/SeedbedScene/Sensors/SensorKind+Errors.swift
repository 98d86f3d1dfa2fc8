extension SensorKind {
  /// The quantities that can have noise and bias, in the order of the channels, each with its channels' names.
  func quantities(_ robot: SensedRobot) -> [(name: String, unit: String, channels: [String])] {
    var list: [(name: String, unit: String, channels: [String])] = []
    for channel in channels(robot) {
      guard let quantity = channel.quantity else { continue }
      if let index = list.firstIndex(where: { $0.name == quantity }) {
        list[index].channels.append(channel.name)
      } else {
        list.append((quantity, channel.unit, [channel.name]))
      }
    }
    return list
  }

  /// Whether a bias is drawn for each channel by itself: hundreds of cells or beams have one in common.
  var hasBiasByChannel: Bool {
    switch self {
    case .taxels, .lidar: false
    default: true
    }
  }
}
