import CPNG

/// A picture of height x width x 3 bytes RGB (sRGB), rows from the top without gaps, as a PNG file. Equal pictures give
/// equal bytes with one version of libpng and zlib.
public func encodePNG(width: Int, height: Int, rgb: [UInt8]) throws(PNGError) -> [UInt8] {
  try encode(width, height, rgb, channels: 3, PNGFormat.rgb)
}

/// A picture of height x width x 4 bytes RGBA (sRGB, colours not multiplied by alpha) as a PNG file.
public func encodePNG(width: Int, height: Int, rgba: [UInt8]) throws(PNGError) -> [UInt8] {
  try encode(width, height, rgba, channels: 4, PNGFormat.rgba)
}

/// A picture of height x width numbers (depth in some unit, instance ids) as a PNG file with 16 bits of gray. The
/// numbers are stored unchanged; the file is marked as linear (gamma 1).
public func encodePNG(width: Int, height: Int, gray16: [UInt16]) throws(PNGError) -> [UInt8] {
  try encode(width, height, gray16, channels: 1, PNGFormat.gray16)
}

/// A drawing of height x width numbers of colours as a PNG file with a palette: a fraction of the work and of the bytes
/// of RGB.
///
/// - Parameters:
///   - indices: Below the number of colours.
///   - palette: 3 bytes RGB (sRGB) a colour, at most 256 colours.
public func encodePNG(width: Int, height: Int, indices: [UInt8], palette: [UInt8]) throws(PNGError) -> [UInt8] {
  guard (3...768).contains(palette.count), palette.count % 3 == 0 else {
    throw PNGError("a palette of \(palette.count) bytes does not have 1 to 256 colours of 3 bytes")
  }
  let last = palette.count / 3 - 1
  if let index = indices.first(where: { $0 > last }) { throw PNGError("colour \(index) is not in 0...\(last)") }
  return try encode(width, height, indices, channels: 1, PNGFormat.indexed, palette: palette)
}

private func encode<Sample>(
  _ width: Int, _ height: Int, _ samples: [Sample], channels: Int, _ format: png_uint_32, palette: [UInt8] = []
) throws(PNGError) -> [UInt8] {
  guard (1...65535).contains(width), (1...65535).contains(height) else {
    throw PNGError("\(width)x\(height) is no size of 1...65535 pixels a side")
  }
  guard samples.count == width * height * channels else {
    throw PNGError("\(samples.count) samples where \(width)x\(height)x\(channels) makes \(width * height * channels)")
  }
  var image = PNGImage()
  image.value.width = png_uint_32(width)
  image.value.height = png_uint_32(height)
  image.value.format = format
  image.value.colormap_entries = png_uint_32(palette.count / 3)

  // Deflate never grows data by this much; chunk headers and the fixed chunks fit into the rest.
  let raw = samples.count * MemoryLayout<Sample>.stride + height
  var capacity = raw + raw / 8 + 4096
  var succeeded = false
  let bytes = [UInt8](unsafeUninitializedCapacity: capacity) { buffer, count in
    succeeded = samples.withUnsafeBytes { samples in
      palette.withUnsafeBytes { palette in
        png_image_write_to_memory(
          &image.value, buffer.baseAddress, &capacity, 0, samples.baseAddress, 0, palette.baseAddress) != 0
      }
    }
    count = succeeded ? capacity : 0
  }
  guard succeeded else { throw PNGError("libpng cannot encode it: \(image.message)") }
  return bytes
}
