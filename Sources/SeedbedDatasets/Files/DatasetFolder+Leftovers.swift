import Glibc

extension DatasetFolder {
  /// Removes what a writer that was interrupted left behind; refuses where anything else stands in its way.
  func clearLeftovers() throws(DatasetError) {
    if exists("meta/info.json") {
      throw DatasetError(.invalid, path: path, "it holds a dataset already. Name an empty folder.")
    }
    try clearChunks("data", ending: ".parquet")
    try clearChunks("meta/episodes", ending: ".parquet")
    for camera in entries("videos") { try clearChunks("videos/" + camera, ending: ".mp4") }
  }

  /// Removes instances that an interrupted writer left behind.
  func clearInstances() throws(DatasetError) { try clearChunks("meta/seedbed/instances", ending: ".jsonl") }

  private func clearChunks(_ relative: String, ending: String) throws(DatasetError) {
    for chunk in entries(relative) {
      let inner = relative + "/" + chunk
      guard DatasetFolder.isNumbered(chunk, "chunk-") else { throw inTheWay(inner) }
      for file in entries(inner) {
        let bare = file.hasSuffix(".part") ? String(file.dropLast(5)) : file
        guard bare.hasSuffix(ending), DatasetFolder.isNumbered(String(bare.dropLast(ending.count)), "file-"),
          unlink(self(inner + "/" + file)) == 0
        else { throw inTheWay(inner + "/" + file) }
      }
    }
  }

  private static func isNumbered(_ name: String, _ prefix: String) -> Bool {
    let digits = name.dropFirst(prefix.count)
    return name.hasPrefix(prefix) && digits.count >= 3 && digits.utf8.allSatisfy { (0x30...0x39).contains($0) }
  }

  private func inTheWay(_ relative: String) -> DatasetError {
    DatasetError(.invalid, path: self(relative), "is in the dataset's way. Name an empty folder.")
  }
}
