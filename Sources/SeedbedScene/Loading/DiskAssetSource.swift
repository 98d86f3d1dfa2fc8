import Glibc

/// Files below (or beside) a folder of the disk.
public struct DiskAssetSource: AssetSource {
  /// Where logical paths start, without a trailing slash; `.` for the working directory.
  public let folder: String
  /// No file may be larger, bytes.
  public let largestFile: Int

  /// - Parameter folder: the folder of the scene file.
  public init(folder: String, largestFile: Int = 256 << 20) {
    self.folder = folder.isEmpty ? "." : folder
    self.largestFile = largestFile
  }

  public func read(_ path: String) throws(AssetError) -> [UInt8] {
    guard !path.utf8.contains(0) else { throw AssetError(path: path, reason: "the path contains a zero byte") }
    let place = path.hasPrefix("/") ? path : folder == "." ? path : "\(folder)/\(path)"
    // Non-blocking, so that a pipe with nobody at its other end cannot hold us.
    let file = open(place, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard file >= 0 else {
      let code = errno
      throw AssetError(path: place, reason: reason(code), isMissing: code == ENOENT || code == ENOTDIR)
    }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0 else { throw AssetError(path: place, reason: reason(errno), isMissing: false) }
    guard status.st_mode & S_IFMT == S_IFREG else { throw AssetError(path: place, reason: "not a regular file") }
    guard status.st_size <= largestFile else {
      throw AssetError(
        path: place, reason: "\(status.st_size) bytes are more than the \(largestFile) allowed", isMissing: false)
    }
    var bytes = [UInt8](repeating: 0, count: Int(status.st_size))
    var filled = 0
    while filled < bytes.count {
      let start = filled
      let count = bytes.withUnsafeMutableBytes { buffer in
        Glibc.read(file, buffer.baseAddress.map { $0 + start }, buffer.count - start)
      }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw AssetError(path: place, reason: reason(errno), isMissing: false) }
      if count == 0 { break }
      filled += count
    }
    bytes.removeLast(bytes.count - filled)
    return bytes
  }

  private func reason(_ code: Int32) -> String {
    switch code {
    case ENOENT: "no such file"
    case ENOTDIR: "a part of the path is no folder"
    case EACCES: "permission denied"
    case ELOOP: "too many symbolic links"
    default: String(cString: strerror(code))
    }
  }
}
