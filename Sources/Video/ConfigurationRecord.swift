import CAV

/// Asks libavformat's MP4 muxer for a codec's configuration record: it knows how to take `hvcC` and `av1C` out of what
/// an encoder says of its stream.
enum ConfigurationRecord {
  /// - Parameter extra: The parameter sets with start codes, or the sequence header.
  /// - Returns: nil where the muxer refuses.
  static func record(_ codec: CodecKind, extra: [UInt8], width: Int, height: Int) -> [UInt8]? {
    guard let movie = emptyMovie(codec, extra: extra, width: width, height: height) else { return nil }
    let boxes = MP4Boxes(bytes: movie)
    do throws(MP4Damage) {
      var box = 0..<movie.count
      for name in [FourCC.moov, FourCC.trak, FourCC.mdia, FourCC.minf, FourCC.stbl] {
        box = try boxes.required(name, of: box, "description of the track")
      }
      let entry = try SampleEntry(boxes, box)
      return entry.configuration
    } catch {
      return nil
    }
  }

  /// The head of a file that would be written in fragments: with the sample description, without a sample.
  private static func emptyMovie(_ codec: CodecKind, extra: [UInt8], width: Int, height: Int) -> [UInt8]? {
    var allocated: UnsafeMutablePointer<AVFormatContext>?
    guard avformat_alloc_output_context2(&allocated, nil, "mp4", nil) >= 0, let context = allocated else { return nil }
    defer { avformat_free_context(context) }
    guard avio_open_dyn_buf(&context.pointee.pb) >= 0 else { return nil }
    let isWritten = writeHead(context, codec, extra: extra, width: width, height: height)
    var bytes: UnsafeMutablePointer<UInt8>?
    let count = avio_close_dyn_buf(context.pointee.pb, &bytes)
    context.pointee.pb = nil
    defer { av_free(bytes) }
    guard isWritten, count > 0, let bytes else { return nil }
    return Array(UnsafeBufferPointer(start: bytes, count: Int(count)))
  }

  private static func writeHead(
    _ context: UnsafeMutablePointer<AVFormatContext>, _ codec: CodecKind, extra: [UInt8], width: Int, height: Int
  ) -> Bool {
    guard let stream = avformat_new_stream(context, nil), let parameters = stream.pointee.codecpar,
      let copy = av_mallocz(extra.count + Int(AV_INPUT_BUFFER_PADDING_SIZE))
    else { return false }
    extra.withUnsafeBytes { if let base = $0.baseAddress { copy.copyMemory(from: base, byteCount: $0.count) } }
    parameters.pointee.extradata = copy.assumingMemoryBound(to: UInt8.self)
    parameters.pointee.extradata_size = Int32(extra.count)
    parameters.pointee.codec_type = AVMEDIA_TYPE_VIDEO
    parameters.pointee.codec_id = codec.identifier
    parameters.pointee.width = Int32(width)
    parameters.pointee.height = Int32(height)
    stream.pointee.time_base = AVRational(num: 1, den: 15360)
    var options: OpaquePointer?
    defer { av_dict_free(&options) }
    av_dict_set(&options, "movflags", "empty_moov", 0)
    return avformat_write_header(context, &options) >= 0
  }
}
