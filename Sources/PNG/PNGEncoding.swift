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

private func encode<Sample>(
  _ width: Int, _ height: Int, _ samples: [Sample], channels: Int, _ format: png_uint_32
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

  // Deflate never grows data by this much; chunk headers and the fixed chunks fit into the rest.
  let raw = samples.count * MemoryLayout<Sample>.stride + height
  var capacity = raw + raw / 8 + 4096
  var succeeded = false
  let bytes = [UInt8](unsafeUninitializedCapacity: capacity) { buffer, count in
    succeeded = samples.withUnsafeBytes {
      png_image_write_to_memory(&image.value, buffer.baseAddress, &capacity, 0, $0.baseAddress, 0, nil) != 0
    }
    count = succeeded ? capacity : 0
  }
  guard succeeded else { throw PNGError("libpng cannot encode it: \(image.message)") }
  return bytes
}
