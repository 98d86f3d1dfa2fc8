import Diagnostics

extension URDFReader {
  /// Notes everything that keeps links and joints from being one tree; returns its root.
  mutating func checkTree(_ links: [Link], _ joints: [Joint]) -> Int? {
    var parentJoint = [Int?](repeating: nil, count: links.count)
    for (number, joint) in joints.enumerated() {
      if let other = parentJoint[joint.child] {
        error(
          joint.location,
          "The link '\(links[joint.child].name)' is already the child of the joint '\(joints[other].name)'"
            + " (line \(joints[other].location.line)).", "A link has one parent; URDF cannot describe closed loops.")
      } else {
        parentJoint[joint.child] = number
      }
    }
    var reaches = [Bool?](repeating: nil, count: links.count)
    for start in links.indices where reaches[start] == nil {
      var path: [Int] = [], onPath: Set<Int> = [], link = start
      while reaches[link] == nil, !onPath.contains(link), let joint = parentJoint[link] {
        path.append(link)
        onPath.insert(link)
        link = joints[joint].parent
      }
      if let known = reaches[link] {
        for l in path { reaches[l] = known }
      } else if onPath.contains(link) {
        noteCycle(from: link, parentJoint, links, joints)
        for l in path { reaches[l] = false }
      } else {
        for l in path + [link] { reaches[l] = true }
      }
    }
    let roots = links.indices.filter { parentJoint[$0] == nil }
    if roots.count > 1 {
      let names = roots.prefix(5).map { "'\(links[$0].name)'" }.joined(separator: ", ") + (roots.count > 5 ? ", …" : "")
      for root in roots.dropFirst().prefix(20) {
        error(
          links[root].location,
          "The link '\(links[root].name)' is not joined to the others: the file has"
            + " \(roots.count) roots (\(names)).", "Add a joint to it, for example of type fixed; a robot is one tree.")
      }
    }
    return roots.first
  }

  private mutating func noteCycle(from link: Int, _ parentJoint: [Int?], _ links: [Link], _ joints: [Joint]) {
    var cycle: [Int] = [], current = link
    repeat {
      guard let joint = parentJoint[current] else { return }
      cycle.append(joint)
      current = joints[joint].parent
    } while current != link && cycle.count <= links.count
    cycle.sort()
    let names = cycle.map { "'\(joints[$0].name)'" }
    let text = names.prefix(6).joined(separator: ", ") + (names.count > 6 ? ", …" : "")
    error(
      joints[cycle.last ?? 0].location, "The joints \(text) form a cycle.",
      "Remove one of them; URDF cannot describe closed loops."
    )
  }

  /// Checks that every mimic joint follows a joint that exists, and that following ends.
  mutating func checkMimics(_ joints: inout [Joint], numbers: [String: Int]) {
    for i in joints.indices {
      guard let mimic = joints[i].mimic, numbers[mimic.joint] == nil else { continue }
      let candidates = joints.filter { $0.kind != .fixed && $0.name != joints[i].name }.map(\.name)
      let meant = suggestion(mimic.joint, among: candidates) { "'\($0)'" }
      oddity(
        joints[i].location,
        "The joint '\(joints[i].name)' mimics '\(mimic.joint)', which does not exist; it moves freely.",
        meant ?? "Name a joint of this file.")
      joints[i].mimic = nil
    }
    // 0: not looked at, otherwise the walk that passed here.
    var walk = [Int](repeating: 0, count: joints.count)
    for start in joints.indices where walk[start] == 0 {
      var current = start
      while walk[current] == 0 {
        walk[current] = start + 1
        guard let mimic = joints[current].mimic, let next = numbers[mimic.joint] else { break }
        current = next
        if walk[current] == start + 1 { noteCircle(through: current, joints, numbers) }
      }
    }
  }

  private mutating func noteCircle(through first: Int, _ joints: [Joint], _ numbers: [String: Int]) {
    var circle = [first]
    while let mimic = joints[circle[circle.count - 1]].mimic, let next = numbers[mimic.joint], next != first,
      circle.count < joints.count
    { circle.append(next) }
    let names = circle.sorted().prefix(6).map { "'\(joints[$0].name)'" }.joined(separator: ", ")
    if circle.count == 1 {
      error(
        joints[first].location, "The joint '\(joints[first].name)' mimics itself.",
        "Name the joint that it follows, or remove its <mimic>.")
      return
    }
    error(
      joints[first].location,
      "The mimic joints \(names)\(circle.count > 6 ? ", …" : "") follow each other in a circle.",
      "One of them must move by itself: remove its <mimic>.")
  }
}
