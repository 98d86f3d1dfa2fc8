import Files

/// A file open for reading at any place, shared by the readers of its columns.
final class InputFile: Sendable {
  private let file: ReadableFile

  init(path: String) throws(ParquetError) {
    do throws(FileFailure) { file = try ReadableFile(path: path) } catch { throw ParquetError(error) }
  }

  var path: String { file.path }
  var size: Int { file.size }

  func read(_ range: Range<Int>) throws(ParquetError) -> [UInt8] {
    guard range.lowerBound >= 0, range.upperBound <= size else {
      throw ParquetError(.damaged, file: path, "it has \(size) bytes; \(range.upperBound) are needed")
    }
    do throws(FileFailure) { return try file.read(range) } catch { throw ParquetError(error) }
  }
}

extension ParquetError {
  fileprivate init(_ failure: FileFailure) {
    self.init(failure.isOfTheFile ? .damaged : .io, file: failure.path, failure.reason)
  }
}
