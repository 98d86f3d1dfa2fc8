public import SeedbedGeometry
public import URDF

/// Where files come from: the disk at first, the dataset's own store when it is regrown.
///
/// A logical path is relative to the scene file's folder, with forward slashes, `.` and inner `..` folded
/// (`../Robots/panda/panda.urdf`). The same path names the same bytes wherever the scene is.
public protocol AssetSource: Sendable {
  /// The file's bytes. Throws `AssetError` where there is no such regular file or it cannot be read.
  func read(_ path: String) throws(AssetError) -> [UInt8]
}

public struct AssetError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The logical path, and the path on disk where there is one.
  public var path: String
  /// For example "no such file".
  public var reason: String
  /// There is nothing at the path, as opposed to something that cannot be read.
  public var isMissing: Bool
  public init(path: String, reason: String, isMissing: Bool = true) {
    self.path = path
    self.reason = reason
    self.isMissing = isMissing
  }
  public var description: String { "\(path): \(reason)" }
}

/// A file that the scene uses.
public struct AssetFile: Sendable, Equatable {
  public var path: String
  public var bytes: [UInt8]
  /// SHA-256 of the bytes, 64 hexadecimal digits.
  public var sha256: String

  public init(path: String, bytes: [UInt8], sha256: String) {
    self.path = path
    self.bytes = bytes
    self.sha256 = sha256
  }
}

/// A picture with 8 bits a channel, RGBA, top row first.
public struct TextureImage: Sendable, Equatable {
  public var width: Int, height: Int
  public var pixels: [UInt8]
  public init(width: Int, height: Int, pixels: [UInt8]) {
    self.width = width
    self.height = height
    self.pixels = pixels
  }
}

/// Everything that a scene takes from files, parsed once and shared by all its episodes.
public struct SceneAssets: Sendable {
  /// Every file that was read, the scene file included, sorted by logical path.
  public var files: [AssetFile]
  public var robot: RobotDescription
  /// Articulated objects by the logical path of their URDF.
  public var mechanisms: [String: RobotDescription]
  /// Meshes of robot and objects by logical path.
  public var meshes: [String: MeshAsset]
  /// Textures by logical path.
  public var textures: [String: TextureImage]

  public init(
    files: [AssetFile], robot: RobotDescription, mechanisms: [String: RobotDescription] = [:],
    meshes: [String: MeshAsset], textures: [String: TextureImage]
  ) {
    self.files = files
    self.robot = robot
    self.mechanisms = mechanisms
    self.meshes = meshes
    self.textures = textures
  }
}
