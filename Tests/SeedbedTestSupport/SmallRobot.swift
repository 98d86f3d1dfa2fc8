public import SeedbedScene

/// Files in memory.
public struct MemorySource: AssetSource {
  public var files: [String: [UInt8]]

  public init(_ files: [String: [UInt8]]) { self.files = files }

  public init(files: [String: String]) { self.files = files.mapValues { Array($0.utf8) } }

  public func read(_ path: String) throws(AssetError) -> [UInt8] {
    guard let bytes = files[path] else { throw AssetError(path: path, reason: "no such file") }
    return bytes
  }
}

/// A URDF of two revolute joints, a hand and two sliding fingers of boxes.
public enum SmallRobot {
  private static let template = """
    <robot name="small arm">
      <link name="base"><inertial><mass value="2"/><inertia ixx="0.1" iyy="0.1" izz="0.1" ixy="0" ixz="0" iyz="0"/></inertial></link>
      <link name="upper"><inertial><mass value="1"/><inertia ixx="0.1" iyy="0.1" izz="0.1" ixy="0" ixz="0" iyz="0"/></inertial></link>
      <link name="hand"><inertial><mass value="0.5"/><inertia ixx="0.01" iyy="0.01" izz="0.01" ixy="0" ixz="0" iyz="0"/></inertial></link>
      <link name="left"><inertial><mass value="0.05"/><inertia ixx="1e-4" iyy="1e-4" izz="1e-4" ixy="0" ixz="0" iyz="0"/></inertial>
        <collision><origin xyz="0 0.005 0.03"/><geometry><box size="0.02 0.01 0.06"/></geometry></collision></link>
      <link name="right"><inertial><mass value="0.05"/><inertia ixx="1e-4" iyy="1e-4" izz="1e-4" ixy="0" ixz="0" iyz="0"/></inertial>
        <collision><origin xyz="0 -0.005 0.03"/><geometry><box size="0.02 0.01 0.06"/></geometry></collision></link>
      <joint name="shoulder" type="revolute"><parent link="base"/><child link="upper"/><origin xyz="0 0 0.3"/><axis xyz="0 0 1"/>
        <limit lower="-1" upper="3" effort="80" velocity="2"/></joint>
      <joint name="elbow" type="continuous"><parent link="upper"/><child link="hand"/><origin xyz="0.3 0 0"/><axis xyz="0 1 0"/>
        <limit effort="40" velocity="3"/></joint>
      <joint name="slide_left" type="prismatic"><parent link="hand"/><child link="left"/><origin xyz="0 0 0.05"/><axis xyz="0 1 0"/>
        <limit lower="0" upper="0.03" effort="30" velocity="0.1"/></joint>
      <joint name="slide_right" type="prismatic"><parent link="hand"/><child link="right"/><origin xyz="0 0 0.05"/><axis xyz="0 AXIS 0"/>
        <limit lower="LOWER" upper="UPPER" effort="30" velocity="0.1"/><mimic joint="slide_left" multiplier="MULTIPLIER"/></joint>
    </robot>
    """

  /// With a second finger that opens towards positive or towards negative values.
  public static func text(opensNegative: Bool = false) -> String {
    let values =
      opensNegative
      ? ["AXIS": "1", "LOWER": "-0.03", "UPPER": "0", "MULTIPLIER": "-1"]
      : ["AXIS": "-1", "LOWER": "0", "UPPER": "0.03", "MULTIPLIER": "1"]
    return values.reduce(template) { $0.replacing($1.key, with: $1.value) }
  }
}
