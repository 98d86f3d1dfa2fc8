import CRaster

/// Owns a mesh of the rasteriser. Unchecked: the C object never changes after creation, so threads may share it.
final class MeshHandle: @unchecked Sendable {
  let pointer: OpaquePointer
  let bounds: BoundingSphere

  init(_ mesh: DrawMesh, subject: String) throws(RenderError) {
    let made = mesh.vertices.withUnsafeBufferPointer { vertices in
      mesh.indices.withUnsafeBufferPointer { indices in
        raster_mesh_create(vertices.baseAddress, vertices.count, indices.baseAddress, indices.count / 3)
      }
    }
    guard let made else {
      throw RenderError(subject, "the mesh has a coordinate that is not finite or is too large to draw")
    }
    pointer = made
    bounds = mesh.bounds
  }

  deinit { raster_mesh_destroy(pointer) }
}

/// Owns a texture of the rasteriser. Unchecked: it never changes after creation.
final class TextureHandle: @unchecked Sendable {
  let pointer: OpaquePointer
  /// Height of a copy in units of its width.
  let aspect: Double

  /// - Parameter aspect: of the picture before it was resampled.
  init(_ image: RasterImage, aspect: Double, subject: String) throws(RenderError) {
    let made = image.pixels.withUnsafeBufferPointer { pixels -> OpaquePointer? in
      guard let base = pixels.baseAddress, pixels.count == 4 * image.edge * image.edge else { return nil }
      return raster_texture_create(base, Int32(image.edge))
    }
    guard let made else { throw RenderError(subject, "the texture cannot be used") }
    pointer = made
    self.aspect = aspect
  }

  deinit { raster_texture_destroy(pointer) }
}
