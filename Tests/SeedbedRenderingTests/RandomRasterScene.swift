import CRaster

/// Triangle soups with everything that is unpleasant: slivers, points, huge triangles through the camera, broken normals.
final class RandomRasterScene {
  private var state: UInt64
  private var meshes: [OpaquePointer] = []
  private var textures: [OpaquePointer] = []
  private var instances: [(mesh: Int, material: RasterMaterial, pose: [Double])] = []
  private var lighting = RasterLighting()
  private var camera = RasterCamera()
  private var size: (width: Int, height: Int) = (0, 0)

  struct Picture {
    var rgb: [UInt8], depth: [Float], ids: [UInt16]
  }

  struct Failure: Error {}

  init(seed: UInt64) throws {
    state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 1
    for _ in 0..<2 {
      let edge = 1 << integer(9)
      let pixels = (0..<4 * edge * edge).map { _ -> UInt8 in UInt8(truncatingIfNeeded: next()) }
      guard let texture = raster_texture_create(pixels, Int32(edge)) else { throw Failure() }
      textures.append(texture)
    }
    for _ in 0..<4 { meshes.append(try soup()) }
    for k in 0..<12 {
      var material = RasterMaterial()
      material.color = (color(), color(), color())
      material.roughness = float(0, 1)
      material.metallic = k % 3 == 0 ? 0.8 : 0
      material.texture = k % 4 < 2 ? textures[k % 2] : nil
      material.uv_scale = (float(-3, 30), float(-3, 30))
      instances.append((k % meshes.count, material, rotation()))
      for i in 0..<3 { instances[k].pose.append(double(-0.6, 0.6) + (i == 2 ? 0.8 : 0)) }
    }
    lighting.ambient = (0.3, 0.3, 0.35)
    lighting.background = (0.2, 0.5, 0.9)
    lighting.light_count = Int32(1 + integer(4))
    withUnsafeMutableBytes(of: &lighting.lights) { bytes in
      for (i, k) in bytes.bindMemory(to: RasterLight.self).indices.enumerated() {
        bytes.bindMemory(to: RasterLight.self)[k] = RasterLight(
          is_point: i % 2 == 1, vector: (0.6, Float(i) * 0.1, -0.8), color: (color(), color(), color()))
      }
    }
    size = (17 + integer(150), 16 + integer(120))
    camera = RasterCamera(
      width: Int32(size.width), height: Int32(size.height), focal: double(40, 250), near: 0.05, far: 4,
      pose: (1, 0, 0, 0.02, 0, 1, 0, -0.01, 0, 0, 1, 0.03))
  }

  deinit {
    meshes.forEach { raster_mesh_destroy($0) }
    textures.forEach { raster_texture_destroy($0) }
  }

  func picture(_ path: RasterPath) throws -> Picture {
    var configuration = RasterConfiguration(
      max_width: Int32(size.width), max_height: Int32(size.height), max_instances: 64, shadow_size: 256, path: path)
    guard let context = raster_create(&configuration) else { throw Failure() }
    defer { raster_destroy(context) }
    for (k, instance) in instances.enumerated() {
      var material = instance.material
      guard raster_add_instance(context, meshes[instance.mesh], &material, UInt16(k + 1), true) == Int32(k) else {
        throw Failure()
      }
      let p = instance.pose  // Rotation by rows, then position.
      var rows: [Double] = []
      for i in 0..<3 { rows += [p[3 * i], p[3 * i + 1], p[3 * i + 2], p[9 + i]] }
      raster_set_pose(context, Int32(k), rows)
    }
    raster_set_lighting(context, &lighting)
    // Light along (0.6, 0, -0.8).
    var box = RasterShadowBox(
      center: (0, 0, 0.8), right: (0.8, 0, 0.6), down: (0, -1, 0), half_width: 0.7, half_height: 0.9)
    raster_set_shadow_box(context, &box)
    raster_render_shadow(context)
    guard raster_render(context, &camera) else { throw Failure() }
    let pixels = size.width * size.height
    return Picture(
      rgb: Array(UnsafeBufferPointer(start: raster_rgb(context), count: 3 * pixels)),
      depth: Array(UnsafeBufferPointer(start: raster_depth(context), count: pixels)),
      ids: Array(UnsafeBufferPointer(start: raster_ids(context), count: pixels)))
  }

  private func soup() throws -> OpaquePointer {
    let count = 3 + integer(60)
    let reach = integer(4) == 0 ? 30.0 : 0.4
    let vertices = (0..<count).map { _ -> RasterVertex in
      var vertex = RasterVertex()
      vertex.position = (float(-reach, reach), float(-reach, reach), float(-0.4, 0.4))
      if integer(9) > 0 { vertex.normal = (float(-1, 1), float(-1, 1), float(-1, 1)) }
      vertex.uv = (float(-2, 2), float(-2, 2))
      return vertex
    }
    // Repeated numbers make degenerate triangles now and then.
    let indices = (0..<3 * (20 + integer(200))).map { _ in UInt32(integer(count)) }
    guard let mesh = raster_mesh_create(vertices, count, indices, indices.count / 3) else { throw Failure() }
    return mesh
  }

  /// A random rotation, from a random quaternion.
  private func rotation() -> [Double] {
    let q = (0..<4).map { _ in double(-1, 1) }
    let l = (q[0] * q[0] + q[1] * q[1] + q[2] * q[2] + q[3] * q[3]).squareRoot() + 1e-9
    let (w, x, y, z) = (q[0] / l, q[1] / l, q[2] / l, q[3] / l)
    let first: [Double] = [1 - 2 * (y * y + z * z), 2 * (x * y - w * z), 2 * (x * z + w * y)]
    let second: [Double] = [2 * (x * y + w * z), 1 - 2 * (x * x + z * z), 2 * (y * z - w * x)]
    let third: [Double] = [2 * (x * z - w * y), 2 * (y * z + w * x), 1 - 2 * (x * x + y * y)]
    return first + second + third
  }

  private func next() -> UInt64 {
    state = state &+ 0x9E37_79B9_7F4A_7C15
    var z = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
  private func integer(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }
  private func double(_ low: Double, _ high: Double) -> Double {
    low + (high - low) * Double(next() >> 11) / 9_007_199_254_740_992
  }
  private func color() -> Float { float(0, 1) }
  private func float(_ low: Double, _ high: Double) -> Float { Float(double(low, high)) }
}
