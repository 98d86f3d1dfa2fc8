import Glibc

/// What is done with an open file's descriptor, interrupted or in pieces or not.
package enum OpenFile {
  /// Bytes at a place: fewer where the file ends before (`trouble` is 0) or where the system refuses (`trouble` is its errno).
  package static func read(_ descriptor: Int32, _ range: Range<Int>) -> (bytes: [UInt8], trouble: Int32) {
    var trouble: Int32 = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: range.count) { buffer, count in
      while count < range.count {
        let got = pread(
          descriptor, buffer.baseAddress.map { $0 + count }, range.count - count, off_t(range.lowerBound + count))
        if got < 0 && errno == EINTR { continue }
        if got <= 0 {
          trouble = got < 0 ? errno : 0
          return
        }
        count += got
      }
    }
    return (bytes, trouble)
  }

  /// Writes all bytes at a place; 0, or the errno with which the system refuses.
  package static func write(_ descriptor: Int32, _ bytes: [UInt8], at offset: Int) -> Int32 {
    var done = 0
    while done < bytes.count {
      let count = bytes.withUnsafeBytes {
        pwrite(descriptor, $0.baseAddress.map { $0 + done }, $0.count - done, off_t(offset + done))
      }
      if count < 0 && errno == EINTR { continue }
      if count <= 0 { return count < 0 ? errno : EIO }
      done += count
    }
    return 0
  }

  /// Whether an errno from opening for reading says that the path leads to no file. Then what names the file is wrong, or the
  /// file was lost; the system is not to blame.
  package static func isMissing(_ trouble: Int32) -> Bool {
    [ENOENT, ENOTDIR, EISDIR, ELOOP, ENAMETOOLONG, ENXIO].contains(trouble)
  }
}
