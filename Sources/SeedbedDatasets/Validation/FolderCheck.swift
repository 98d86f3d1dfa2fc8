import Glibc

/// The files that lie in the folder, against those that the metadata speak of: left-overs, empty files, strangers.
struct FolderCheck {
  /// Deeper folders are not looked into: no dataset has them, and links may lead in circles.
  private static let deepest = 16

  let source: DatasetSource

  func run() -> FindingList {
    var findings = FindingList()
    let wanted = wantedFiles()
    walk("", depth: 0) { path, size in
      let name = path.split(separator: "/").last ?? ""
      if !findings.holds(![".tmp", ".part", ".lock"].contains { name.hasSuffix($0) }) {
        findings.error(
          "left-over", path, "it is left over from something that was interrupted.",
          "Look whether its data are elsewhere, then delete it.")
      } else if !findings.holds(size != 0) {
        findings.error("empty-file", path, "it is empty.", "Restore it, or delete it if nothing refers to it.")
      }
      if isStrange(path, wanted), !findings.holds(wanted.contains(path)) {
        findings.error(
          "unreferenced-file", path, "no episode refers to it.",
          "Delete it, or add its episodes to the metadata; loaders read all files of this folder.")
      }
    }
    var singles = 0
    walk("images", depth: 1) { _, _ in singles += 1 }
    if !findings.holds(singles == 0) {
      findings.warning(
        "left-over", "images", "its \(singles) single pictures are left over from an interrupted recording.",
        "Delete it if all videos are there.")
    }
    return findings
  }

  /// Tables and videos belong to episodes; anything else may lie in a dataset.
  private func isStrange(_ path: String, _ wanted: Set<String>) -> Bool {
    (path.hasPrefix("data/") && path.hasSuffix(".parquet")) || (path.hasPrefix("videos/") && path.hasSuffix(".mp4"))
      || (path.hasPrefix("meta/episodes/") && path.hasSuffix(".parquet") && source.info.version == .v30)
  }

  private func wantedFiles() -> Set<String> {
    var files = Set(source.episodes.dataFiles().keys.map { source.path(source.info.dataPath, $0) })
    for camera in source.info.cameras.indices {
      files.formUnion(source.episodes.videoFiles(camera: camera).keys.map { source.videoPath($0, camera: camera) })
    }
    return source.info.version == .v30 ? files.union(EpisodeList.tableFiles(source.folder)) : files
  }

  /// Files with their sizes; names with a leading dot are the business of other programs.
  private func walk(_ relative: String, depth: Int, _ body: (String, Int) -> Void) {
    guard depth < FolderCheck.deepest else { return }
    for name in source.folder.entries(relative) where !name.hasPrefix(".") {
      let path = relative.isEmpty ? name : relative + "/" + name
      var status = stat()
      // A link to nothing has no size; whoever needs the file says that it is missing.
      guard stat(source.folder(path), &status) == 0 else { continue }
      if status.st_mode & S_IFMT == S_IFDIR {
        walk(path, depth: depth + 1, body)
      } else {
        body(path, Int(status.st_size))
      }
    }
  }
}
