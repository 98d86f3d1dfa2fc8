package import Files

/// A file open for reading at any place, shared by the readers of its columns.
final class InputFile: Sendable {
  private let file: ReadableFile

  init(path: String) throws(ParquetError) {
    file = try ParquetError.telling { () throws(FileFailure) in try ReadableFile(path: path) }
  }

  var path: String { file.path }
  var size: Int { file.size }

  func read(_ range: Range<Int>) throws(ParquetError) -> [UInt8] {
    guard range.lowerBound >= 0, range.upperBound <= size else {
      throw ParquetError(.damaged, file: path, "it has \(size) bytes; \(range.upperBound) are needed")
    }
    return try ParquetError.telling { () throws(FileFailure) in try file.read(range) }
  }
}

extension ParquetError: FileError {
  package init(_ failure: FileFailure) {
    self.init(failure.isOfTheFile ? .damaged : .io, file: failure.path, failure.reason)
  }
}
