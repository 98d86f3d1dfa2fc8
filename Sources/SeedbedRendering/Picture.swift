import CRaster

/// A rendered picture, top row first. Its buffers are the rasteriser's own: valid only while the closure runs that got it.
public struct Picture: ~Copyable {
  public let width: Int, height: Int
  /// Packed RGB, 8 bits a channel.
  public let rgb: UnsafeBufferPointer<UInt8>
  /// Metres along the optical axis at the pixel's centre; 0 where nothing is.
  public let depth: UnsafeBufferPointer<Float>
  /// `InstanceID` of what covers most of the pixel.
  public let ids: UnsafeBufferPointer<UInt16>
  private let path: RenderPath

  init(context: OpaquePointer, width: Int, height: Int, path: RenderPath) {
    self.width = width
    self.height = height
    self.path = path
    let pixels = width * height
    rgb = UnsafeBufferPointer(start: raster_rgb(context), count: 3 * pixels)
    depth = UnsafeBufferPointer(start: raster_depth(context), count: pixels)
    ids = UnsafeBufferPointer(start: raster_ids(context), count: pixels)
  }

  /// Bytes of the picture as I420: the Y plane, then U and V of half width and height (rounded up).
  public var i420Size: Int { raster_i420_size(Int32(width), Int32(height)) }

  /// Writes the picture as I420 (ITU-R BT.601, limited range; chroma is the mean of 2x2 pixels).
  /// - Precondition: the buffer has room for `i420Size` bytes.
  public func writeI420(into buffer: UnsafeMutableBufferPointer<UInt8>) {
    precondition(buffer.count >= i420Size, "the I420 buffer is too small")
    guard let source = rgb.baseAddress, let target = buffer.baseAddress else { return }
    raster_rgb_to_i420(path.raster, source, Int32(width), Int32(height), target)
  }
}
