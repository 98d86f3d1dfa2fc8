import Glibc

extension DatasetFolder {
  /// Gives a file of another dataset a second name here: both then share its bytes, which nobody may change in place.
  /// Where the file system has no such names, it is copied.
  package func link(_ relative: String, from source: DatasetFolder) throws(DatasetError) {
    let path = try place(relative)
    if linkat(AT_FDCWD, source(relative), AT_FDCWD, path, AT_SYMLINK_FOLLOW) == 0 { return }
    guard [EXDEV, EPERM, ENOTSUP, EOPNOTSUPP, EMLINK, ENOSYS].contains(errno) else {
      throw DatasetFolder.failure(source(relative), "cannot be taken over")
    }
    try copy(relative, from: source)
  }

  /// A file of another dataset, copied in pieces.
  package func copy(_ relative: String, from source: DatasetFolder) throws(DatasetError) {
    let path = try place(relative)
    guard let input = fopen(source(relative), "re") else {
      throw DatasetFolder.unreadable(source(relative))
    }
    defer { fclose(input) }
    guard let output = fopen(path + ".part", "we") else { throw DatasetFolder.failure(path, "cannot be created") }
    var buffer = [UInt8](repeating: 0, count: 1 << 20)
    var ok = true
    while ok {
      let count = fread(&buffer, 1, buffer.count, input)
      if count == 0 { break }
      ok = fwrite(buffer, 1, count, output) == count
    }
    ok = ok && ferror(input) == 0 && fflush(output) == 0 && (!isSynchronized || fsync(fileno(output)) == 0)
    let problem = DatasetFolder.failure(path, "cannot be copied")
    guard fclose(output) == 0, ok, rename(path + ".part", path) == 0 else {
      unlink(path + ".part")
      throw problem
    }
  }

  /// Are both the same folder, under whatever names?
  package func isSame(as other: DatasetFolder) -> Bool {
    var a = stat(), b = stat()
    return stat(path, &a) == 0 && stat(other.path, &b) == 0 && a.st_dev == b.st_dev && a.st_ino == b.st_ino
  }

  /// Brings the names in this folder and in all below it to the disk.
  package func synchronize(_ relative: String = "") throws(DatasetError) {
    for name in entries(relative) {
      let inner = relative.isEmpty ? name : relative + "/" + name
      var status = stat()
      if lstat(self(inner), &status) == 0, status.st_mode & S_IFMT == S_IFDIR { try synchronize(inner) }
    }
    let folder = open(self(relative), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard folder >= 0 else { throw DatasetFolder.failure(self(relative), "cannot be opened") }
    let ok = fsync(folder) == 0
    let problem = DatasetFolder.failure(self(relative), "cannot be written to disk")
    close(folder)
    if !ok { throw problem }
  }
}
