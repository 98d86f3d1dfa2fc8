import CRaster
import SeedbedRendering
import SeedbedScene
import Testing

struct I420Tests {
  private static func bytes(_ path: RasterPath, _ rgb: [UInt8], _ width: Int, _ height: Int) -> [UInt8] {
    var out = [UInt8](repeating: 0, count: raster_i420_size(Int32(width), Int32(height)))
    raster_rgb_to_i420(path, rgb, Int32(width), Int32(height), &out)
    return out
  }

  @Test(arguments: [(16, 16), (17, 16), (16, 19), (1, 1), (33, 7)])
  func agreesWithTheStandardsFormula(width: Int, height: Int) {
    var state: UInt32 = 12345
    let rgb = (0..<3 * width * height).map { _ -> UInt8 in
      state = state &* 1_664_525 &+ 1_013_904_223
      return UInt8(state >> 24)
    }
    let out = Self.bytes(RASTER_PATH_BEST, rgb, width, height)
    #expect(out == Self.bytes(RASTER_PATH_PORTABLE, rgb, width, height))
    func channel(_ x: Int, _ y: Int, _ k: Int) -> Double {
      Double(rgb[3 * (min(y, height - 1) * width + min(x, width - 1)) + k])
    }
    for y in 0..<height {
      for x in 0..<width {
        let luma = 0.299 * channel(x, y, 0) + 0.587 * channel(x, y, 1) + 0.114 * channel(x, y, 2)
        #expect(abs(Double(out[y * width + x]) - (16 + luma * 219 / 255)) <= 0.51)
      }
    }
    let halfWidth = (width + 1) / 2, halfHeight = (height + 1) / 2
    for y in 0..<halfHeight {
      for x in 0..<halfWidth {
        let mean = (0..<3).map { k in
          [(0, 0), (1, 0), (0, 1), (1, 1)].map { channel(2 * x + $0.0, 2 * y + $0.1, k) }.reduce(0, +) / 4
        }
        let luma = 0.299 * mean[0] + 0.587 * mean[1] + 0.114 * mean[2]
        let at = width * height + y * halfWidth + x
        #expect(abs(Double(out[at]) - (128 + (mean[2] - luma) / 1.772 * 224 / 255)) <= 0.52)
        #expect(abs(Double(out[at + halfWidth * halfHeight]) - (128 + (mean[0] - luma) / 1.402 * 224 / 255)) <= 0.52)
      }
    }
  }

  @Test func extremesAndGreys() {
    for level in [UInt8(0), 1, 100, 254, 255] {
      let out = Self.bytes(RASTER_PATH_BEST, [UInt8](repeating: level, count: 12), 2, 2)
      #expect(out[4] == 128 && out[5] == 128)
      #expect(level != 0 || out[0] == 16)
      #expect(level != 255 || out[0] == 235)
    }
  }

  @Test func pictureWritesItself() throws {
    let instance = TestScene.table(width: 64, height: 48)
    var renderer = try Renderer(instance, model: RenderModel(assets: TestScene.assets()))
    let (rgb, i420) = renderer.render(camera: 0) { picture in
      var out = [UInt8](repeating: 0, count: picture.i420Size)
      out.withUnsafeMutableBufferPointer { picture.writeI420(into: $0) }
      return (Array(picture.rgb), out)
    }
    #expect(i420 == Self.bytes(RASTER_PATH_PORTABLE, rgb, 64, 48))
  }
}
