import CRaster
import SeedbedGeometry
import SeedbedScene
import URDF

extension CameraInstance {
  /// The index of the camera's link, after all its values have been found usable.
  func checkedLink(robot: RobotDescription) throws(RenderError) -> Int? {
    let largest = Int(RASTER_MAX_SIZE)
    guard 1...largest ~= width, 1...largest ~= height else {
      throw RenderError("camera \(name)", "size \(width) x \(height) is beyond 1...\(largest) pixels")
    }
    guard fovy.isFinite, fovy > 0.01, fovy < 3.1 else {
      throw RenderError("camera \(name)", "fovy \(fovy) is not between 0.01 and 3.1 rad")
    }
    guard near.isFinite, far.isFinite, near >= 1e-4, far > near, far <= 1e6 else {
      throw RenderError("camera \(name)", "near \(near) and far \(far): 0.0001 <= near < far <= 1000000 m is needed")
    }
    guard pose.isFinite, pose.position.length < 1e5 else {
      throw RenderError("camera \(name)", "its pose is not finite")
    }
    guard let link else { return nil }
    guard let index = robot.linkIndex(link) else {
      throw RenderError("camera \(name)", "the robot \(robot.name) has no link \(link)")
    }
    return index
  }
}

extension LightingInstance {
  /// Index of the light that throws the shadow, and its direction; nil without one.
  var keyLight: (index: Int, direction: Vector3)? {
    for (index, light) in lights.prefix(Int(RASTER_MAX_LIGHTS)).enumerated() where light.castsShadow {
      if case .directional(let direction) = light.kind, let unit = direction.normalized { return (index, unit) }
    }
    return nil
  }

  var raster: RasterLighting {
    var result = RasterLighting()
    result.ambient = ambient.floats
    result.background = background.floats
    let used = lights.prefix(Int(RASTER_MAX_LIGHTS))
    result.light_count = Int32(used.count)
    result.shadow_light = Int32(keyLight?.index ?? -1)
    withUnsafeMutableBytes(of: &result.lights) { bytes in
      let slots = bytes.bindMemory(to: RasterLight.self)
      for (index, light) in used.enumerated() { slots[index] = light.raster }
    }
    return result
  }
}

extension LightInstance {
  var raster: RasterLight {
    let strength = color * intensity
    switch kind {
    case .directional(let direction):
      return RasterLight(is_point: false, vector: (direction.normalized ?? -.unitZ).floats, color: strength.floats)
    case .point(let position):
      return RasterLight(is_point: true, vector: position.floats, color: strength.floats)
    }
  }
}

extension Vector3 {
  var floats: (Float, Float, Float) { (Float(x), Float(y), Float(z)) }
}
