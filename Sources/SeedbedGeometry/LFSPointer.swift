public import Diagnostics

/// Whether these are the few lines that Git LFS leaves where a file was not downloaded.
public func isLFSPointer(_ bytes: [UInt8]) -> Bool {
  bytes.starts(with: "version https://git-lfs".utf8)
}

extension InputError {
  /// What to say where a file turns out to be a Git LFS pointer.
  public static func lfsPointer(_ path: String) -> InputError {
    InputError(
      at: SourceLocation(file: path), "This is a Git LFS pointer, not the file itself.", remedy: "Run: git lfs pull.")
  }
}
