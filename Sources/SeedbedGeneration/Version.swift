/// The program's version: part of every episode's identity.
public enum Version {
  public static let number = "0.1.0"
  /// As datasets name it: `sim.generator`.
  public static let generator = "seedbed \(number)"
}
