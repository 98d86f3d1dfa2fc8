public import Diagnostics
import SeedbedGeometry
import XML

/// Reads a robot from the bytes of a URDF file.
///
/// What is merely odd in the many real robots there are (bodies without mass, inertias that no body can have, a parent
/// `world` that is not declared, revolute joints without limits) is read and reported as a warning. What the file
/// says for simulators only (`gazebo`, `transmission`, `safety_controller`, …) is passed over.
///
/// - Parameters:
///   - bytes: the file.
///   - path: its logical path: in messages, and what mesh names are relative to.
///   - exists: whether there is a file of a logical path. Used to find `package://` folders (looked for from the
///     URDF's folder upwards) and to report files that are missing; without it mesh names are resolved but not checked.
/// - Returns: the robot, and what is odd in the file, in its order.
/// - Throws: `InputError` with everything that is wrong with the file.
public func parseURDF(
  _ bytes: [UInt8], path: String, exists: ((String) -> Bool)? = nil
) throws(InputError) -> (robot: RobotDescription, warnings: [Diagnostic]) {
  if isLFSPointer(bytes) { throw InputError.lfsPointer(path) }
  let root = try parseXML(bytes, path: path)
  var reader = URDFReader(path: path, assets: AssetURI(folder: LogicalPath.folder(of: path), exists: exists))
  let robot = reader.readRobot(root)
  let problems = reader.diagnostics.sorted {
    ($0.location.line, $0.location.column) < ($1.location.line, $1.location.column)
  }
  let errors = problems.filter { $0.severity == .error }
  guard errors.isEmpty, let robot else { throw InputError(errors) }
  return (robot, problems)
}

/// Collects what it finds wrong while it builds the robot.
struct URDFReader {
  let path: String
  let assets: AssetURI
  var diagnostics: [Diagnostic] = []
  var materials: [String: Material] = [:]

  init(path: String, assets: AssetURI) {
    self.path = path
    self.assets = assets
  }

  /// nil where the file is no robot at all; otherwise the robot may be wrong wherever an error was noted.
  mutating func readRobot(_ root: XMLElement) -> RobotDescription? {
    guard isRobot(root) else { return nil }
    warnOfTypos(in: root, known: ["link", "joint", "material", "transmission", "gazebo", "sensor"])
    readMaterials(root)
    var links: [Link] = [], linkNumbers: [String: Int] = [:]
    for element in root.children("link") {
      guard let link = readLink(element) else { continue }
      if let earlier = linkNumbers[link.name] {
        error(
          element.attribute("name")?.location ?? element.location,
          "The link '\(link.name)' is already defined in line \(links[earlier].location.line).",
          "Give each link a name of its own.")
        continue
      }
      linkNumbers[link.name] = links.count
      links.append(link)
    }
    if links.isEmpty, !hasErrors {
      error(root.location, "The robot has no link.", "A URDF needs at least one <link name=\"…\">.")
      return nil
    }
    addWorld(root, &links, &linkNumbers)
    var joints: [Joint] = [], jointNumbers: [String: Int] = [:]
    for element in root.children("joint") {
      guard let joint = readJoint(element, links: linkNumbers) else { continue }
      if let earlier = jointNumbers[joint.name] {
        error(
          element.attribute("name")?.location ?? element.location,
          "The joint '\(joint.name)' is already defined in line \(joints[earlier].location.line).",
          "Give each joint a name of its own.")
        continue
      }
      jointNumbers[joint.name] = joints.count
      joints.append(joint)
    }
    checkMimics(&joints, numbers: jointNumbers)
    let rootLink = hasErrors ? 0 : checkTree(links, joints)
    return RobotDescription(name: readName(root), links: links, joints: joints, rootLink: rootLink ?? 0)
  }

  private mutating func isRobot(_ root: XMLElement) -> Bool {
    if let macro = Self.firstMacro(root) {
      error(
        macro.location, "<\(macro.name)> must be expanded before this file is a robot.",
        "Run: xacro FILE > ROBOT.urdf, and name ROBOT.urdf.")
      return false
    }
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

  /// The first element that only xacro understands.
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

  mutating func warning(_ location: SourceLocation, _ message: String, _ remedy: String) {
    diagnostics.append(Diagnostic(.warning, at: location, message, remedy: remedy))
  }

  /// Elements and attributes that we do not know are passed over, unless they look like a slip of the pen.
  mutating func warnOfTypos(in element: XMLElement, known: [String]) {
    for child in element.children where !known.contains(child.name) {
      guard let meant = closestMatch(to: child.name, among: known) else { continue }
      warning(
        child.location, "<\(child.name)> in <\(element.name)> is not known and has no effect.",
        "Did you mean <\(meant)>?")
    }
  }

  mutating func warnOfTypos(inAttributesOf element: XMLElement, known: [String]) {
    for attribute in element.attributes where !known.contains(attribute.name) {
      guard let meant = closestMatch(to: attribute.name, among: known) else { continue }
      warning(
        attribute.location, "'\(attribute.name)' in <\(element.name)> is not known and has no effect.",
        "Did you mean '\(meant)'?")
    }
  }
}
