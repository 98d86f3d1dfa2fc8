/// The numbers in a picture's `ids`.
public enum InstanceID {
  /// Nothing but the background.
  public static let background: UInt16 = 0

  /// Of `RobotDescription.links[index]`.
  public static func link(_ index: Int) -> UInt16 { UInt16(clamping: 1 + index) }

  /// Of `SceneInstance.objects[index]`; all links of an articulated object have that one.
  public static func object(_ index: Int, linkCount: Int) -> UInt16 { UInt16(clamping: 1 + linkCount + index) }
}
