import CAV

/// Reads single pixels of a frame in any planar or packed format, by libav's own description of it. (libswscale would
/// convert whole pictures; statistics want a sixteenth of them.)
struct PixelSampler {
  private struct Component {
    var base: UnsafePointer<UInt8>
    var stride: Int
    var step: Int
    var shift: Int
    var scale: Double
    var isWide: Bool, isBigEndian: Bool
    var shiftX: Int, shiftY: Int

    /// The value, 0...1.
    @inline(__always)
    func value(_ x: Int, _ y: Int) -> Double {
      let place = base + (y >> shiftY) * stride + (x >> shiftX) * step
      if !isWide { return Double(Int(place[0]) >> shift) * scale }
      let word = isBigEndian ? Int(place[0]) << 8 | Int(place[1]) : Int(place[1]) << 8 | Int(place[0])
      return Double(word >> shift) * scale
    }
  }

  private enum Model { case grey, rgb, yuv }

  private let first: Component, second: Component, third: Component
  private let model: Model
  /// What turns stored chroma and luma into colours: offsets, gains and the weights of red, green and blue.
  private let black: Double, gain: Double, chroma: Double
  private let red: Double, blue: Double

  init?(_ frame: UnsafeMutablePointer<AVFrame>) {
    guard let descriptor = av_pix_fmt_desc_get(AVPixelFormat(frame.pointee.format)) else { return nil }
    let format = descriptor.pointee
    let unusable = AV_PIX_FMT_FLAG_PAL | AV_PIX_FMT_FLAG_BITSTREAM | AV_PIX_FMT_FLAG_HWACCEL | AV_PIX_FMT_FLAG_FLOAT
    let count = Int(format.nb_components)
    guard format.flags & UInt64(unusable) == 0, count > 0 else { return nil }
    model = count < 3 ? .grey : format.flags & UInt64(AV_PIX_FMT_FLAG_RGB) != 0 ? .rgb : .yuv
    let data = frame.pointee.data, lines = frame.pointee.linesize
    let planes = [data.0, data.1, data.2, data.3], strides = [lines.0, lines.1, lines.2, lines.3]
    var components: [Component] = []
    for (i, component) in [format.comp.0, format.comp.1, format.comp.2].prefix(count < 3 ? 1 : 3).enumerated() {
      let plane = Int(component.plane)
      guard plane < 4, let base = planes[plane], (1...16).contains(component.depth) else { return nil }
      let isChroma = model == .yuv && i > 0
      components.append(
        Component(
          base: UnsafePointer(base) + Int(component.offset), stride: Int(strides[plane]), step: Int(component.step),
          shift: Int(component.shift), scale: 1 / Double(1 << component.depth - 1), isWide: component.depth > 8,
          isBigEndian: format.flags & UInt64(AV_PIX_FMT_FLAG_BE) != 0,
          shiftX: isChroma ? Int(format.log2_chroma_w) : 0, shiftY: isChroma ? Int(format.log2_chroma_h) : 0))
    }
    guard let first = components.first, let last = components.last else { return nil }
    (self.first, second, third) = (first, components.count > 1 ? components[1] : first, last)
    let isFull = frame.pointee.color_range == AVCOL_RANGE_JPEG || String(cString: format.name).hasPrefix("yuvj")
    black = isFull ? 0 : 16.0 / 255
    gain = isFull ? 1 : 255.0 / 219
    chroma = isFull ? 1 : 255.0 / 224
    (red, blue) = frame.pointee.colorspace == AVCOL_SPC_BT709 ? (0.2126, 0.0722) : (0.299, 0.114)
  }

  /// What tells bright from dark: luma, or green.
  func brightness(x: Int, y: Int) -> Double { model == .rgb ? second.value(x, y) : first.value(x, y) }

  /// Red, green and blue, 0...1; grey pictures have three equal ones.
  @inline(__always)
  func colour(x: Int, y: Int) -> SIMD3<Double> {
    switch model {
    case .grey: return SIMD3(repeating: first.value(x, y))
    case .rgb: return SIMD3(first.value(x, y), second.value(x, y), third.value(x, y))
    case .yuv:
      let l = (first.value(x, y) - black) * gain
      let u = (second.value(x, y) - 128.0 / 255) * chroma, v = (third.value(x, y) - 128.0 / 255) * chroma
      let r = l + 2 * (1 - red) * v, b = l + 2 * (1 - blue) * u
      let g = (l - red * r - blue * b) / (1 - red - blue)
      return SIMD3(min(max(r, 0), 1), min(max(g, 0), 1), min(max(b, 0), 1))
    }
  }
}
