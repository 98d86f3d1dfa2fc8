import CPNG

/// Decodes a PNG file of any sort to height x width x 4 bytes RGBA (sRGB, colours not multiplied by alpha).
/// - Parameter maxPixels: A larger picture is refused before anything is allocated for it.
public func decodePNG(
  _ bytes: [UInt8], maxPixels: Int = 1 << 26
) throws(PNGError) -> (width: Int, height: Int, rgba: [UInt8]) {
  let (width, height, samples) = try decode(
    bytes, maxPixels, channels: 4, PNGFormat.rgba, zero: UInt8(0), refusing: { _ in nil })
  return (width, height, samples)
}

/// Decodes a linear gray PNG file with 16 bits, as `encodePNG(width:height:gray16:)` writes it, to its numbers.
/// - Parameter maxPixels: A larger picture is refused before anything is allocated for it.
public func decodePNGGray16(
  _ bytes: [UInt8], maxPixels: Int = 1 << 26
) throws(PNGError) -> (width: Int, height: Int, gray16: [UInt16]) {
  let (width, height, samples) = try decode(bytes, maxPixels, channels: 1, PNGFormat.gray16, zero: UInt16(0)) {
    $0 == PNGFormat.gray16 ? nil : "the picture is not linear gray with 16 bits"
  }
  return (width, height, samples)
}

private func decode<Sample>(
  _ bytes: [UInt8], _ maxPixels: Int, channels: Int, _ format: png_uint_32, zero: Sample,
  refusing problem: (png_uint_32) -> String?
) throws(PNGError) -> (width: Int, height: Int, samples: [Sample]) {
  guard bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) else { throw PNGError("is no PNG file") }
  var image = PNGImage()
  var samples: [Sample] = []
  // libpng keeps a pointer to the bytes from the first call to the last.
  try bytes.withUnsafeBufferPointer { file throws(PNGError) in
    guard png_image_begin_read_from_memory(&image.value, file.baseAddress, file.count) != 0 else {
      throw PNGError("cannot be decoded: \(image.message)")
    }
    if let problem = problem(image.value.format) { throw PNGError(problem) }
    let width = Int(image.value.width), height = Int(image.value.height)
    guard width > 0, height > 0, width <= max(0, maxPixels) / height else {
      throw PNGError("\(width)x\(height) are more than the \(maxPixels) pixels that are taken")
    }
    image.value.format = format
    samples = [Sample](repeating: zero, count: width * height * channels)
    let status = samples.withUnsafeMutableBytes {
      png_image_finish_read(&image.value, nil, $0.baseAddress, 0, nil)
    }
    guard status != 0 else { throw PNGError("cannot be decoded: \(image.message)") }
  }
  return (Int(image.value.width), Int(image.value.height), samples)
}
