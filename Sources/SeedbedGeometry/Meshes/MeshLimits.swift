/// What one mesh file may hold, so that no file eats the memory of the process.
public struct MeshLimits: Sendable, Equatable {
  public var bytes: Int
  public var triangles: Int
  public var vertices: Int

  public init(bytes: Int = 512 << 20, triangles: Int = 5_000_000, vertices: Int = 15_000_000) {
    self.bytes = bytes
    self.triangles = triangles
    self.vertices = vertices
  }
}
