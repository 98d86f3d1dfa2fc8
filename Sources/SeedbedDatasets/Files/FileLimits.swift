/// How large a dataset's files may get before the next one begins.
public struct FileLimits: Sendable, Equatable {
  let dataBytes: Int
  let videoBytes: Int
  /// Files in a folder.
  public let chunksSize: Int

  /// - Parameters:
  ///   - dataMB: Of Parquet files, in units of 2^20 bytes.
  ///   - videoMB: Of MP4 files, in units of 2^20 bytes.
  ///   - chunksSize: Files in a folder.
  public init(dataMB: Int = 100, videoMB: Int = 200, chunksSize: Int = 1000) {
    self.init(
      dataBytes: min(max(1, dataMB), 1 << 24) << 20, videoBytes: min(max(1, videoMB), 1 << 24) << 20,
      chunksSize: chunksSize)
  }

  /// For tests, whose files are small.
  package init(dataBytes: Int, videoBytes: Int, chunksSize: Int) {
    self.dataBytes = dataBytes
    self.videoBytes = videoBytes
    self.chunksSize = max(1, chunksSize)
  }

  /// Of Parquet files, in units of 2^20 bytes; what `meta/info.json` says.
  public var dataMB: Int { max(1, dataBytes >> 20) }
  /// Of MP4 files, in units of 2^20 bytes.
  public var videoMB: Int { max(1, videoBytes >> 20) }
}

/// The number of a file: its folder ("chunk") and its place in it.
package struct FileNumber: Sendable, Hashable {
  package var chunk = 0
  package var file = 0

  package init(chunk: Int = 0, file: Int = 0) {
    self.chunk = chunk
    self.file = file
  }

  package func next(_ limits: FileLimits) -> FileNumber {
    file + 1 < limits.chunksSize ? FileNumber(chunk: chunk, file: file + 1) : FileNumber(chunk: chunk + 1, file: 0)
  }

  /// "chunk-000/file-000".
  package var path: String { "chunk-\(FileNumber.digits(chunk))/file-\(FileNumber.digits(file))" }

  static func digits(_ number: Int) -> String {
    let text = String(number)
    return String(repeating: "0", count: max(0, 3 - text.count)) + text
  }
}
