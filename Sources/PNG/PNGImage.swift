import CPNG

/// libpng's description of a picture, freed with the value. libpng's simplified interface catches its own jumps, so
/// damaged input comes back as an error code.
struct PNGImage: ~Copyable {
  var value = png_image()

  init() { value.version = png_uint_32(PNG_IMAGE_VERSION) }

  /// libpng's own words for what went wrong.
  var message: String {
    withUnsafeBytes(of: value.message) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
  }

  deinit {
    var value = value
    png_image_free(&value)
  }
}

/// Sample layouts, as libpng numbers them.
enum PNGFormat {
  static let rgb = png_uint_32(PNG_FORMAT_FLAG_COLOR)
  static let rgba = png_uint_32(PNG_FORMAT_FLAG_COLOR) | png_uint_32(PNG_FORMAT_FLAG_ALPHA)
  static let indexed = rgb | png_uint_32(PNG_FORMAT_FLAG_COLORMAP)
  static let gray16 = png_uint_32(PNG_FORMAT_FLAG_LINEAR)
}
