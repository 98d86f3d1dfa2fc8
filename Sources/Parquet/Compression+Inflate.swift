import CZlib

extension Codec {
  /// gzip (RFC 1952, one member or several) or zlib streams; false where they do not give exactly what `output` holds.
  static func inflate(_ input: UnsafeRawBufferPointer, into output: UnsafeMutableBufferPointer<UInt8>) -> Bool {
    guard var next = input.baseAddress?.assumingMemoryBound(to: Bytef.self), var place = output.baseAddress,
      input.count <= Int(UInt32.max), output.count <= Int(UInt32.max)
    else { return false }
    var inLeft = UInt32(input.count), outLeft = UInt32(output.count)
    while inLeft > 0 {
      var stream = z_stream()
      // 15 bits of window, and 32: the header tells gzip from zlib.
      guard inflateInit2_(&stream, 15 + 32, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
        return false
      }
      defer { inflateEnd(&stream) }
      stream.next_in = UnsafeMutablePointer(mutating: next)
      stream.avail_in = inLeft
      stream.next_out = place
      stream.avail_out = outLeft
      guard CZlib.inflate(&stream, Z_FINISH) == Z_STREAM_END else { return false }
      next += Int(inLeft - stream.avail_in)
      place += Int(outLeft - stream.avail_out)
      (inLeft, outLeft) = (stream.avail_in, stream.avail_out)
    }
    return outLeft == 0
  }

  /// One gzip member of the bytes; nil where zlib refuses (it has no reason to).
  static func deflate(_ bytes: [UInt8]) -> [UInt8]? {
    var stream = z_stream()
    guard
      deflateInit2_(
        &stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
        Int32(MemoryLayout<z_stream>.size)) == Z_OK
    else { return nil }
    defer { deflateEnd(&stream) }
    var done = false
    let result = [UInt8](unsafeUninitializedCapacity: Int(deflateBound(&stream, UInt(bytes.count)))) { output, count in
      bytes.withUnsafeBufferPointer { input in
        stream.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
        stream.avail_in = UInt32(input.count)
        stream.next_out = output.baseAddress
        stream.avail_out = UInt32(output.count)
        done = CZlib.deflate(&stream, Z_FINISH) == Z_STREAM_END
      }
      count = Int(stream.total_out)
    }
    return done ? result : nil
  }

  /// A block of LZ4 (the format's LZ4_RAW): literals and copies of what came before. Thirty lines; liblz4 would be one more
  /// library for a codec that datasets hardly use.
  static func decodeLZ4(_ input: UnsafeRawBufferPointer, into output: UnsafeMutableBufferPointer<UInt8>) -> Bool {
    var at = 0, filled = 0
    func length(_ start: Int) -> Int? {
      var sum = start
      if start < 15 { return sum }
      while at < input.count {
        let byte = input[at]
        at += 1
        sum += Int(byte)
        if byte < 255 { return sum }
      }
      return nil
    }
    while at < input.count {
      let token = input[at]
      at += 1
      guard let literals = length(Int(token >> 4)), literals <= input.count - at, literals <= output.count - filled
      else { return false }
      for i in 0..<literals { output[filled + i] = input[at + i] }
      at += literals
      filled += literals
      if at == input.count { break }
      guard input.count - at >= 2 else { return false }
      let distance = Int(input[at]) | Int(input[at + 1]) << 8
      at += 2
      guard let copied = length(Int(token & 15)), distance > 0, distance <= filled, copied + 4 <= output.count - filled
      else { return false }
      // Byte by byte: a copy may overlap what it writes.
      for i in filled..<filled + copied + 4 { output[i] = output[i - distance] }
      filled += copied + 4
    }
    return filled == output.count
  }
}
