import CAV

/// Weights of red and blue in the luma of a colour standard, and the range of the coded values.
struct ColorMatrix {
  var red: Double, blue: Double
  var fullRange: Bool

  static let bt601 = ColorMatrix(red: 0.299, blue: 0.114, fullRange: false)

  /// In units of 1/65536: luma gain, then V in red, U in green, V in green, U in blue.
  var decoding: (luma: Int32, vr: Int32, ug: Int32, vg: Int32, ub: Int32) {
    let green = 1 - red - blue
    let lumaGain = fullRange ? 1 : 255.0 / 219, chromaGain = fullRange ? 1 : 255.0 / 224
    func fixed(_ x: Double) -> Int32 { Int32((x * 65536).rounded()) }
    return (
      fixed(lumaGain), fixed(2 * (1 - red) * chromaGain), fixed(2 * (1 - blue) * blue / green * chromaGain),
      fixed(2 * (1 - red) * red / green * chromaGain), fixed(2 * (1 - blue) * chromaGain)
    )
  }
}

/// The planes of a decoded 4:2:0 picture with 8 bits.
struct PlanarPicture {
  private let y: UnsafePointer<UInt8>, u: UnsafePointer<UInt8>, v: UnsafePointer<UInt8>
  private let yStride: Int, uStride: Int, vStride: Int
  private let matrix: ColorMatrix

  init?(_ frame: UnsafeMutablePointer<AVFrame>) {
    let full = frame.pointee.format == AV_PIX_FMT_YUVJ420P.rawValue || frame.pointee.color_range == AVCOL_RANGE_JPEG
    guard frame.pointee.format == AV_PIX_FMT_YUV420P.rawValue || full, let y = frame.pointee.data.0,
      let u = frame.pointee.data.1, let v = frame.pointee.data.2
    else { return nil }
    (self.y, self.u, self.v) = (UnsafePointer(y), UnsafePointer(u), UnsafePointer(v))
    yStride = Int(frame.pointee.linesize.0)
    uStride = Int(frame.pointee.linesize.1)
    vStride = Int(frame.pointee.linesize.2)
    matrix =
      frame.pointee.colorspace == AVCOL_SPC_BT709
      ? ColorMatrix(red: 0.2126, blue: 0.0722, fullRange: full)
      : ColorMatrix(red: 0.299, blue: 0.114, fullRange: full)
  }

  /// To RGB; each chroma value serves its four pixels.
  func convert(width: Int, height: Int, into rgb: inout [UInt8]) {
    let m = matrix.decoding
    let black: Int32 = matrix.fullRange ? 0 : 16
    rgb.withUnsafeMutableBufferPointer { out in
      var o = 0
      for row in 0..<height {
        let luma = y + row * yStride, cb = u + row / 2 * uStride, cr = v + row / 2 * vStride
        for column in 0..<width {
          let l = (Int32(luma[column]) - black) * m.luma + 32768
          let b = Int32(cb[column / 2]) - 128, r = Int32(cr[column / 2]) - 128
          out[o] = Self.clamped((l + r * m.vr) >> 16)
          out[o + 1] = Self.clamped((l - b * m.ug - r * m.vg) >> 16)
          out[o + 2] = Self.clamped((l + b * m.ub) >> 16)
          o += 3
        }
      }
    }
  }

  /// To RGB exactly as libswscale does it on x86 (its 16-bit arithmetic, rounding down twice), which is what PyAV, OpenCV and
  /// torchcodec hand out; false for full range or BT.709, which it does otherwise.
  func convertLikeLibswscale(width: Int, height: Int, into rgb: inout [UInt8]) -> Bool {
    guard !matrix.fullRange, matrix.red == ColorMatrix.bt601.red else { return false }
    rgb.withUnsafeMutableBufferPointer { out in
      var o = 0
      for row in 0..<height {
        let luma = y + row * yStride, cb = u + row / 2 * uStride, cr = v + row / 2 * vStride
        for column in 0..<width {
          let l = ((Int32(luma[column]) << 3 - 128) * 9539) >> 16
          let b = Int32(cb[column / 2]) << 3 - 1024, r = Int32(cr[column / 2]) << 3 - 1024
          out[o] = Self.clamped(l + (r * 13075) >> 16)
          out[o + 1] = Self.clamped(l + (b * -3209) >> 16 + (r * -6660) >> 16)
          out[o + 2] = Self.clamped(l + (b * 16525) >> 16)
          o += 3
        }
      }
    }
    return true
  }

  private static func clamped(_ x: Int32) -> UInt8 { UInt8(truncatingIfNeeded: max(0, min(255, x))) }
}

/// An RGB picture (height x width x 3) as I420: Y, then U, then V, BT.601 in limited range (ITU-R BT.601-7, table 3), the
/// chroma of four pixels averaged. Width and height are even.
public func i420(rgb: [UInt8], width: Int, height: Int) -> [UInt8] {
  precondition(width % 2 == 0 && height % 2 == 0 && rgb.count == width * height * 3, "picture of another size")
  var planes = [UInt8](repeating: 0, count: width * height * 3 / 2)
  let u = width * height, v = u + u / 4
  for row in 0..<height {
    for column in 0..<width {
      let p = (row * width + column) * 3
      let r = Int(rgb[p]), g = Int(rgb[p + 1]), b = Int(rgb[p + 2])
      planes[row * width + column] = UInt8((16829 * r + 33039 * g + 6416 * b + 32768) >> 16 + 16)
    }
  }
  for row in stride(from: 0, to: height, by: 2) {
    for column in stride(from: 0, to: width, by: 2) {
      var r = 0, g = 0, b = 0
      for (dy, dx) in [(0, 0), (0, 1), (1, 0), (1, 1)] {
        let p = ((row + dy) * width + column + dx) * 3
        r += Int(rgb[p])
        g += Int(rgb[p + 1])
        b += Int(rgb[p + 2])
      }
      let at = row / 2 * (width / 2) + column / 2
      planes[u + at] = UInt8((-9714 * r - 19070 * g + 28784 * b + 131072) >> 18 + 128)
      planes[v + at] = UInt8((28784 * r - 24103 * g - 4681 * b + 131072) >> 18 + 128)
    }
  }
  return planes
}
