import CRaster
import SeedbedGeometry

/// Owns a context of the rasteriser: its instances, lights and picture buffers.
struct RasterScene: ~Copyable {
  let context: OpaquePointer

  init(
    maxWidth: Int, maxHeight: Int, instances: Int, shadowSize: Int, path: RenderPath
  ) throws(RenderError) {
    var configuration = RasterConfiguration(
      max_width: Int32(maxWidth), max_height: Int32(maxHeight), max_instances: Int32(instances),
      shadow_size: Int32(shadowSize), path: path.raster)
    guard let made = raster_create(&configuration) else { throw RenderError("scene", "out of memory for pictures") }
    context = made
  }

  deinit { raster_destroy(context) }

  /// The mesh and the material's texture must outlive the scene.
  func add(
    _ mesh: MeshHandle, _ material: SurfaceMaterial, id: UInt16, castsShadow: Bool, subject: String
  ) throws(RenderError) {
    var raster = material.raster
    guard raster_add_instance(context, mesh.pointer, &raster, id, castsShadow) >= 0 else {
      throw RenderError(subject, "out of memory for its mesh")
    }
  }

  func setPose(_ pose: Pose, of index: Int) {
    withUnsafePointer(to: pose.rows) { rows in
      rows.withMemoryRebound(to: Double.self, capacity: 12) { raster_set_pose(context, Int32(index), $0) }
    }
  }
}

/// Three rows of (rotation | translation).
typealias PoseRows = (
  Double, Double, Double, Double, Double, Double, Double, Double, Double, Double, Double, Double
)

extension Pose {
  var rows: PoseRows {
    let m = orientation.matrix.rows
    return (
      m.0.x, m.0.y, m.0.z, position.x, m.1.x, m.1.y, m.1.z, position.y, m.2.x, m.2.y, m.2.z, position.z
    )
  }
}
