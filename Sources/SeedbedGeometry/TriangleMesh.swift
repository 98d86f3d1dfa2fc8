/// A triangle surface: what is drawn, and what convex hulls are made from.
public struct TriangleMesh: Sendable, Equatable {
  /// Three vertex numbers, counter-clockwise seen from outside.
  public struct Triangle: Sendable, Hashable {
    public var a: Int32, b: Int32, c: Int32
    @inlinable public init(_ a: Int32, _ b: Int32, _ c: Int32) {
      self.a = a
      self.b = b
      self.c = c
    }
  }

  public struct TextureCoordinate: Sendable, Hashable {
    /// 0...1 over the picture, u to the right, v up; values beyond repeat.
    public var u: Float, v: Float
    @inlinable public init(_ u: Float, _ v: Float) {
      self.u = u
      self.v = v
    }
  }

  /// Vertices, metres, in the mesh's own frame.
  public var positions: [Vector3]
  /// Unit normals, one a vertex.
  public var normals: [Vector3]
  /// One a vertex, or empty.
  public var textureCoordinates: [TextureCoordinate]
  public var triangles: [Triangle]

  public init(
    positions: [Vector3] = [], normals: [Vector3] = [], textureCoordinates: [TextureCoordinate] = [],
    triangles: [Triangle] = []
  ) {
    self.positions = positions
    self.normals = normals
    self.textureCoordinates = textureCoordinates
    self.triangles = triangles
  }
}

/// A mesh file's content: one part per material.
public struct MeshAsset: Sendable, Equatable {
  public struct Part: Sendable, Equatable {
    public var mesh: TriangleMesh
    /// sRGB and alpha, 0...1; nil where the file names no colour.
    public var color: [Double]?
    /// The texture's file as the mesh file names it; nil without one.
    public var texture: String?

    public init(mesh: TriangleMesh, color: [Double]? = nil, texture: String? = nil) {
      self.mesh = mesh
      self.color = color
      self.texture = texture
    }
  }

  public var parts: [Part]
  public init(parts: [Part]) { self.parts = parts }
}
