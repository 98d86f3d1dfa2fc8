package import URDF

extension RobotDescription {
  /// By link: whether it is this one or hangs on it.
  package func carried(by link: Int) -> [Bool] {
    var isCarried = [Bool](repeating: false, count: links.count)
    var open = [link]
    while let next = open.popLast() {
      guard isCarried.indices.contains(next), !isCarried[next] else { continue }
      isCarried[next] = true
      for joint in joints where joint.parent == next { open.append(joint.child) }
    }
    return isCarried
  }

  /// By link: the number of the finger that it belongs to; nil for all others.
  package func fingers(_ fingerJoints: [String]) -> [Int?] {
    var finger = [Int?](repeating: nil, count: links.count)
    for (number, name) in fingerJoints.enumerated() {
      guard let joint = jointIndex(name) else { continue }
      for (link, isCarried) in carried(by: joints[joint].child).enumerated() where isCarried && finger[link] == nil {
        finger[link] = number
      }
    }
    return finger
  }

  /// Where the tool begins: the first link on the way to the fingers that is fixed to the arm's last moving link, or that
  /// last link itself where the fingers are on it.
  package func toolLink(fingerJoints: [String], arm: [String]) -> Int? {
    guard let finger = fingerJoints.first.flatMap(jointIndex) else { return nil }
    let way = path(to: joints[finger].parent)
    guard let last = way.lastIndex(where: { arm.contains(joints[$0].name) || joints[$0].mimic != nil }) else {
      return joints[finger].parent
    }
    return joints[way[min(last + 1, way.count - 1)]].child
  }
}
