public import Diagnostics
import SeedbedGeometry
import XML

/// Reads a robot from the bytes of a URDF file.
///
/// What is merely odd in the many real robots there are (bodies without mass, inertias that no body can have, a parent
/// `world` that is not declared, revolute joints without limits) is read and reported as a warning. What the file
/// says for simulators only (`gazebo`, `transmission`, `safety_controller`, …) is passed over.
///
/// Of an object, which is handled and must be right in itself, what is left out or ignored of a robot (shapes without a
/// size or of an unknown kind, a mimic joint that follows nothing) is an error; whether its masses can be used depends on
/// what moves, and is not asked here.
///
/// - Parameters:
///   - bytes: the file.
///   - path: its logical path: in messages, and what mesh names are relative to.
///   - isObject: whether it is an object of a scene rather than a robot.
///   - exists: whether there is a file of a logical path. Used to find `package://` folders (looked for from the
///     URDF's folder upwards) and to report files that are missing; without it mesh names are resolved but not checked.
/// - Returns: the robot, and what is odd in the file, in its order.
/// - Throws: `InputError` with everything that is wrong with the file.
public func parseURDF(
  _ bytes: [UInt8], path: String, isObject: Bool = false, exists: ((String) -> Bool)? = nil
) throws(InputError) -> (robot: RobotDescription, warnings: [Diagnostic]) {
  if isLFSPointer(bytes) { throw InputError.lfsPointer(path) }
  let root = try parseXML(bytes, path: path)
  var reader = URDFReader(
    path: path, isObject: isObject, assets: AssetURI(folder: LogicalPath.folder(of: path), exists: exists))
  let robot = reader.readRobot(root)
  let errors = reader.sorted(.error)
  guard errors.isEmpty, let robot else { throw InputError(errors) }
  return (robot, reader.sorted(.warning))
}

/// Collects what it finds wrong while it builds the robot.
struct URDFReader {
  let path: String
  let isObject: Bool
  let assets: AssetURI
  var diagnostics: [Diagnostic] = []
  var materials: [String: Material] = [:]
  var suggestions = 0

  /// Links and joints, each. The largest real robot has 214 links.
  private static let mostParts = 10_000
  /// Problems of each kind that are told.
  static let mostProblems = 100

  init(path: String, isObject: Bool, assets: AssetURI) {
    self.path = path
    self.isObject = isObject
    self.assets = assets
  }

  /// nil where the file is no robot at all; otherwise the robot may be wrong wherever an error was noted.
  mutating func readRobot(_ root: XMLElement) -> RobotDescription? {
    guard isRobot(root) else { return nil }
    warnOfTypos(in: root, known: ["link", "joint", "material", "transmission", "gazebo", "sensor"])
    readMaterials(root)
    var (links, linkNumbers) = readLinks(root)
    if links.isEmpty, !hasErrors, Self.firstMacro(root) == nil {
      error(root.location, "The robot has no link.", "A URDF needs at least one <link name=\"…\">.")
    }
    addWorld(root, &links, &linkNumbers)
    var (joints, jointNumbers) = readJoints(root, links: linkNumbers)
    checkMimics(&joints, numbers: jointNumbers)
    let rootLink = hasErrors ? 0 : checkTree(links, joints)
    noteMacros(root)
    return RobotDescription(name: readName(root), links: links, joints: joints, rootLink: rootLink ?? 0)
  }

  private mutating func readLinks(_ root: XMLElement) -> ([Link], [String: Int]) {
    var links: [Link] = [], numbers: [String: Int] = [:]
    for element in counted(root.children("link")) {
      guard let link = readLink(element) else { continue }
      if let earlier = numbers[link.name] {
        error(
          element.attribute("name")?.location ?? element.location,
          "The link '\(link.name)' is already defined in line \(links[earlier].location.line).",
          "Give each link a name of its own.")
        continue
      }
      numbers[link.name] = links.count
      links.append(link)
    }
    return (links, numbers)
  }

  private mutating func readJoints(_ root: XMLElement, links: [String: Int]) -> ([Joint], [String: Int]) {
    var joints: [Joint] = [], numbers: [String: Int] = [:]
    for element in counted(root.children("joint")) {
      guard let joint = readJoint(element, links: links) else { continue }
      if let earlier = numbers[joint.name] {
        error(
          element.attribute("name")?.location ?? element.location,
          "The joint '\(joint.name)' is already defined in line \(joints[earlier].location.line).",
          "Give each joint a name of its own.")
        continue
      }
      numbers[joint.name] = joints.count
      joints.append(joint)
    }
    return (joints, numbers)
  }

  private mutating func counted(_ elements: [XMLElement]) -> ArraySlice<XMLElement> {
    if elements.count > Self.mostParts {
      let first = elements[Self.mostParts]
      error(
        first.location,
        "There are \(elements.count) elements <\(first.name)>, more than the \(Self.mostParts) that are read.",
        "Leave out what is not needed.")
    }
    return elements.prefix(Self.mostParts)
  }

  private mutating func isRobot(_ root: XMLElement) -> Bool {
    if root.name == "robot" { return true }
    let remedy =
      switch root.name.lowercased() {
      case "sdf": "This is an SDF file: convert it to URDF, or use the robot's URDF."
      case "mujoco": "This is a MuJoCo model (MJCF): use the robot's URDF."
      case "collada": "This is a mesh: name the URDF that uses it."
      case "html", "!doctype": "This is a web page: download the file itself."
      default: "Name a URDF file; its root element is <robot name=\"…\">."
      }
    error(root.location, "The root element is <\(root.name)>, not <robot>.", remedy)
    return false
  }

  /// What only xacro understands has no effect. Real files hold leftovers; where the robot makes no sense without
  /// them, they are why.
  private mutating func noteMacros(_ root: XMLElement) {
    guard let macro = Self.firstMacro(root) else { return }
    if hasErrors || root.child("link") == nil {
      error(
        macro.location, "<\(macro.name)> must be expanded before this file is a robot.",
        "Run: xacro FILE > ROBOT.urdf, and name ROBOT.urdf.")
    } else {
      warning(
        macro.location, "<\(macro.name)> is not expanded and has no effect.",
        "If the robot lacks parts, run: xacro FILE > ROBOT.urdf.")
    }
  }

  private static func firstMacro(_ element: XMLElement) -> XMLElement? {
    if element.name.hasPrefix("xacro:") { return element }
    for child in element.children {
      if let found = firstMacro(child) { return found }
    }
    return nil
  }

  private mutating func readName(_ root: XMLElement) -> String {
    if let name = root["name"], !name.isEmpty { return name }
    let stem = LogicalPath.stem(path)
    warning(root.location, "The robot has no name; '\(stem)' is used.", "Write <robot name=\"…\">.")
    return stem
  }

  /// A parent `world` that is no link of the file stands for the ground; real files use it so.
  private mutating func addWorld(_ root: XMLElement, _ links: inout [Link], _ numbers: inout [String: Int]) {
    guard numbers["world"] == nil else { return }
    for joint in root.children("joint") {
      guard let parent = joint.child("parent"), parent["link"] == "world" else { continue }
      warning(
        parent.location, "The parent 'world' is not declared; an empty link is added.", "Write <link name=\"world\"/>.")
      numbers["world"] = links.count
      links.append(Link(name: "world", location: parent.location))
      return
    }
  }

  var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }

  mutating func error(_ location: SourceLocation, _ message: String, _ remedy: String) {
    diagnostics.append(Diagnostic(.error, at: location, message, remedy: remedy))
  }

  /// What is passed over in a robot and refused in an object.
  mutating func oddity(_ location: SourceLocation, _ message: String, _ remedy: String) {
    diagnostics.append(Diagnostic(isObject ? .error : .warning, at: location, message, remedy: remedy))
  }

  mutating func warning(_ location: SourceLocation, _ message: String, _ remedy: String) {
    diagnostics.append(Diagnostic(.warning, at: location, message, remedy: remedy))
  }
}
