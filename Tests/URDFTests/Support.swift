import Diagnostics
import Foundation
import Testing
import URDF

/// The folder of the package's manifest.
let packageFolder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
  .deletingLastPathComponent()

func bytes(of path: String) throws -> [UInt8] { [UInt8](try Data(contentsOf: packageFolder.appending(path: path))) }

func parse(_ text: String, path: String = "robot.urdf") throws(InputError) -> (
  robot: RobotDescription, warnings: [Diagnostic]
) {
  try parseURDF(Array(text.utf8), path: path)
}

/// The diagnostics that a text is refused with.
func refusal(_ text: String, path: String = "robot.urdf") -> [Diagnostic] {
  do {
    _ = try parse(text, path: path)
    return []
  } catch { return error.diagnostics }
}

/// A robot of two links around what is put into the first link, or between them.
func robot(
  link: String = "", joint: String = "<axis xyz='0 0 1'/><limit lower='-1' upper='1'/>", type: String = "revolute"
)
  -> String
{
  """
  <robot name="r">
  <link name="a">\(link)</link>
  <link name="b"/>
  <joint name="j" type="\(type)"><parent link="a"/><child link="b"/>\(joint)</joint>
  </robot>
  """
}
