/// How large a dataset's files may get before the next one begins.
public struct FileLimits: Sendable, Equatable {
  /// Of Parquet files, in units of 2^20 bytes.
  public var dataMB: Int
  /// Of MP4 files, in units of 2^20 bytes.
  public var videoMB: Int
  /// Files in a folder.
  public var chunksSize: Int

  public init(dataMB: Int = 100, videoMB: Int = 200, chunksSize: Int = 1000) {
    self.dataMB = max(1, dataMB)
    self.videoMB = max(1, videoMB)
    self.chunksSize = max(1, chunksSize)
  }

  var dataBytes: Int { dataMB << 20 }
  var videoBytes: Int { videoMB << 20 }
}

/// The number of a file: its folder ("chunk") and its place in it.
struct FileNumber: Sendable, Hashable {
  var chunk = 0
  var file = 0

  func next(_ limits: FileLimits) -> FileNumber {
    file + 1 < limits.chunksSize ? FileNumber(chunk: chunk, file: file + 1) : FileNumber(chunk: chunk + 1, file: 0)
  }

  /// "chunk-000/file-000".
  var path: String { "chunk-\(FileNumber.digits(chunk))/file-\(FileNumber.digits(file))" }

  static func digits(_ number: Int) -> String {
    let text = String(number)
    return String(repeating: "0", count: max(0, 3 - text.count)) + text
  }
}
