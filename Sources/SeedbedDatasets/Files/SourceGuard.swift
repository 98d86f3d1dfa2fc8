import Glibc

/// Throws (`invalid`) where a result would lie in a dataset that is only read, or be it; links are followed.
package func requireOutside(_ source: String, _ out: String) throws(DatasetError) {
  guard let real = resolved(source) else { return }
  var place = out
  while place.count > 1, place.hasSuffix("/") { place.removeLast() }
  // The first part of the path that is there.
  while resolved(place) == nil {
    guard let slash = place.lastIndex(of: "/") else {
      place = "."
      break
    }
    place = slash == place.startIndex ? "/" : String(place[..<slash])
  }
  guard let base = resolved(place), base == real || base.hasPrefix(real == "/" ? "/" : real + "/") else { return }
  throw DatasetError(
    .invalid, path: out, "lies in the dataset \(source), which is only read. Name a place outside of it")
}

/// Throws (`invalid`) where a new file would take the place of something.
package func requireNothing(_ out: String) throws(DatasetError) {
  var status = stat()
  guard lstat(out, &status) == 0 else { return }
  // Devices such as /dev/stdout take what is written and lose nothing.
  guard status.st_mode & S_IFMT != S_IFCHR else { return }
  throw DatasetError(.invalid, path: out, "is there already. Name a new file, or remove it first")
}

private func resolved(_ path: String) -> String? {
  guard let real = realpath(path, nil) else { return nil }
  defer { free(real) }
  return String(cString: real)
}
